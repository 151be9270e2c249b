import { DatabaseSync } from 'node:sqlite';
import type { Inspection } from '#event-store/inspection';
import type { StoredHash } from '#integrity/tree';
import { rowsOf } from './inspect-rows.ts';
import { openForReading } from './open-file.ts';
import { createSchema } from './schema.ts';
import { text, tried } from './spoilt-cells.ts';

/** Throws `StoreUnusable` when the file cannot be opened at all. */
export const inspectFile = (file: string, hotColumnNames: readonly string[]): Inspection => {
  const db = openForReading(file, hotColumnNames);
  db.exec('BEGIN');
  return {
    rows: () => rowsOf(db, hotColumnNames),
    subtrees: () => subtreesOf(db),
    damage: () => [...damageOf(db), ...departures(db, hotColumnNames)],
    close: () => db.close(),
  };
};

const subtreesOf = (db: DatabaseSync): readonly StoredHash[] => {
  const select = db.prepare(
    'SELECT CAST(level AS TEXT), CAST(number AS TEXT), lower(hex(hash)) FROM subtree',
  );
  select.setReturnArrays(true);
  return (tried(select) ?? []).map(([level, index, hash]) => ({
    level: Number(level),
    index: Number(index),
    hash: text(hash),
  }));
};

const damageOf = (db: DatabaseSync): readonly string[] => {
  try {
    const said = db.prepare('PRAGMA integrity_check').all();
    return said.map((row) => text(row['integrity_check'])).filter((words) => words !== 'ok');
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
};

/** Tables, triggers and marks of the file that are not those of a new one. */
const departures = (db: DatabaseSync, hotColumnNames: readonly string[]): readonly string[] => {
  const fresh = new DatabaseSync(':memory:');
  fresh.exec(createSchema(hotColumnNames));
  const [made, found] = [schemaOf(fresh), schemaOf(db)];
  fresh.close();
  return [
    ...[...made].filter(([name, sql]) => found.get(name) !== sql),
    ...[...found].filter(([name]) => !made.has(name)),
  ].map(([name]) => `${name} is not as it was made`);
};

const schemaOf = (db: DatabaseSync): ReadonlyMap<string, string> => {
  const select = db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema');
  const marks = ['application_id', 'user_version'].map(
    (name) => [name, JSON.stringify(db.prepare(`PRAGMA ${name}`).get())] as const,
  );
  const parts = select.all().map((row) => [text(row['name']), JSON.stringify(row)] as const);
  return new Map([...marks, ...parts]);
};
