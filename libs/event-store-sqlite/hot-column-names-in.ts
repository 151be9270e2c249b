import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The names of the hot columns of the log in a directory, or undefined where there is none that can be read. */
export const hotColumnNamesIn = (directory: string): readonly string[] | undefined => {
  const file = join(directory, 'events.sqlite');
  if (!existsSync(file)) return undefined;
  try {
    const db = new DatabaseSync(file, { readOnly: true });
    try {
      // A file whose tables were never made is no log yet.
      const isLog = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'event'").get();
      return isLog === undefined ? undefined : namesOf(db);
    } finally {
      db.close();
    }
  } catch {
    // What is wrong with the file is told by whoever opens it.
    return undefined;
  }
};

/** Every column of the events that is not the log's own. */
export const namesOf = (db: DatabaseSync): readonly string[] =>
  db
    .prepare("SELECT name FROM pragma_table_info('event')")
    .all()
    .map((row) => String(row['name']))
    .filter((name) => !OWN_COLUMNS.has(name));

const OWN_COLUMNS = new Set([
  'position',
  'stream',
  'revision',
  'type',
  'id',
  'meta',
  'data',
  'leaf',
]);
