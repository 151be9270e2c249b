import { canonicalJson } from './canonical-json.ts';
import type { JsonObject, NewEvent } from './port.ts';

/** An event as text, ready to be stored. */
export interface EventText {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly meta: string;
}

export const toEventText = ({ id, type, data, meta }: NewEvent): EventText => ({
  id,
  type,
  data: canonicalJson(data satisfies JsonObject),
  meta: canonicalJson(meta),
});
