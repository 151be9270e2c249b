import type { DatabaseSync } from 'node:sqlite';

const MAX_CACHED_NAMES = 500_000;

/** Names of streams and types never change, so each is read once. */
export const cachedName = (db: DatabaseSync, table: 'stream' | 'type') => {
  const names = new Map<number, string>();
  const select = db.prepare(`SELECT name FROM ${table} WHERE number = ?`);
  return (number: number): string => {
    let name = names.get(number);
    if (name === undefined) {
      name = String(select.get(number)?.['name']);
      if (names.size >= MAX_CACHED_NAMES) names.clear();
      names.set(number, name);
    }
    return name;
  };
};
