/** 'MZLG' in ASCII: tells a ledger from any other SQLite file. */
export const APPLICATION_ID = 0x4d5a4c47;
export const SCHEMA_VERSION = 2;

/**
 * Names of hot columns become columns of the table, so they are plain identifiers.
 * Each event carries its leaf of the Merkle tree; `subtree` holds the hashes over 256, 65,536 … of them.
 * Events are the log; the triggers keep even a careless hand with a SQLite shell from rewriting it.
 */
export const createSchema = (hotColumns: readonly string[]): string => `
  CREATE TABLE stream (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE type (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES stream (number),
    revision INTEGER NOT NULL,
    type INTEGER NOT NULL REFERENCES type (number),
    ${hotColumns.map((hotColumn) => `${hotColumn} INTEGER,`).join('\n    ')}
    id TEXT NOT NULL,
    meta TEXT NOT NULL,
    data TEXT NOT NULL,
    leaf BLOB NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE TABLE subtree (
    level INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (level, number)
  ) STRICT, WITHOUT ROWID;
  ${['stream', 'type', 'event', 'subtree'].flatMap((table) => [onlyAppend(table, 'UPDATE'), onlyAppend(table, 'DELETE')]).join('\n  ')}
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

const onlyAppend = (table: string, verb: 'UPDATE' | 'DELETE'): string =>
  `CREATE TRIGGER ${table}_refuses_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
    BEGIN SELECT RAISE(ABORT, 'The log is only ever appended to.'); END;`;
