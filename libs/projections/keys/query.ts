import type { ReadDatabase } from '../engine/read-database.ts';
import type { KeyUseRow } from './view.ts';

/** A command that was asked for with a key, and the stream that it left events in. */
export interface KeyUse {
  readonly stream: string;
  readonly commandId: string;
}

/** What the key with this correlation id was used for; none where it is new. */
export const usesOfKey = (db: ReadDatabase, correlationId: string): readonly KeyUse[] =>
  db
    .all<KeyUseRow>(
      'SELECT keyUse FROM key_use WHERE keyUse >= ? AND keyUse < ?',
      `${correlationId} `,
      `${correlationId}!`,
    )
    .map(({ keyUse }) => {
      const [, commandId = '', stream = ''] = keyUse.split(' ');
      return { commandId, stream };
    });
