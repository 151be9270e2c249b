import { canonicalJson } from './canonical-json.ts';
import type { RecordedEvent } from './port.ts';

/**
 * An event as one line of text: canonical JSON of all that was written, and nothing that a store
 * adds. The same event gives the same line on every store.
 */
export const eventLine = ({ id, stream, revision, type, data, meta }: RecordedEvent): string =>
  canonicalJson({ data, id, meta, revision: Number(revision), stream, type });
