import type { DatabaseSync } from 'node:sqlite';

/** What is left of a subject that was forgotten: when it was, by whom and why. */
export interface Tombstone {
  readonly payeeId: string;
  readonly at: string;
  readonly by: string;
  readonly reason: string;
}

export const tombstoneOf = (db: DatabaseSync, payeeId: string): Tombstone | undefined => {
  const row = db.prepare('SELECT * FROM forgotten WHERE payeeId = ?').get(payeeId);
  if (row === undefined) return undefined;
  return {
    payeeId,
    at: String(row['at']),
    by: `${row['actorId']} (${row['organisation']})`,
    reason: String(row['reason']),
  };
};
