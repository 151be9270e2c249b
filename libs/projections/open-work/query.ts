import type { ReadDatabase } from '../engine/read-database.ts';

/** The streams of all intents that are not carried out. */
export const openWork = (db: ReadDatabase): readonly string[] =>
  db
    .all<{ readonly stream: string }>(
      'SELECT stream FROM open_work WHERE waits > 0 ORDER BY stream',
    )
    .map(({ stream }) => stream);
