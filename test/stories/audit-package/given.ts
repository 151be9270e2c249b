import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { formatCheckpoint } from '#integrity/checkpoint';
import { formatVkey, SIGNATURE } from '#integrity/key';
import { formatNote } from '#integrity/note';
import { newSkey, parseSkey, signNote } from '#integrity/signer';
import { rootAt } from '#integrity/tree';
import { writeAuditPackage, type WrittenPackage } from '#exports/audit-package/write-package';
import type { LogIdentity } from '#transparency-log/checkpoints/checkpoint-files';
import type { Ledger } from '#wiring/ledger';

export const NOW = '2025-01-15T02:00:00.000Z';

const ORIGIN = 'mingzhang/test';
const KEY = parseSkey(newSkey(ORIGIN, SIGNATURE, Buffer.alloc(32, 7)));

/** A log that signed its tree at some sizes. */
export const signedAt = ({ tree }: Ledger, sizes: readonly number[]): LogIdentity => ({
  origin: ORIGIN,
  vkeys: [formatVkey(KEY.verifier)],
  checkpoints: sizes.map((size) => {
    const root = rootAt(size, tree);
    const text = formatCheckpoint({ origin: ORIGIN, size, root, extensions: [] });
    const note = formatNote(signNote(text, [KEY.signerAt(0)]));
    return { size, root, note, published: NOW };
  }),
});

/** A package of all that the ledger holds, signed in the middle and at the end. */
export const pack = async (
  ledger: Ledger,
  directory: string,
  options: {
    readonly year?: number;
    readonly now?: string;
    readonly verifierDirectory?: string;
  } = {},
): Promise<WrittenPackage> => {
  const head = Number(await ledger.log.head());
  const identity = signedAt(ledger, [Math.floor(head / 2), head]);
  return writeAuditPackage({ ledger, identity, directory, now: NOW, ...options });
};

type Row = Readonly<Record<string, string>>;

export const csvRows = (directory: string, table: string): readonly Row[] =>
  parse<Row>(readFileSync(join(directory, 'tables', `${table}.csv`)), { bom: true, columns: true });

export const csvSum = (directory: string, table: string, column: string): number =>
  csvRows(directory, table).reduce((sum, row) => sum + Number(row[column]), 0);

export const inDatabase = <Result>(
  directory: string,
  ask: (first: (sql: string) => Row) => Result,
): Result => {
  const db = new DatabaseSync(join(directory, 'audit.sqlite'), { readOnly: true });
  try {
    return ask((sql) => db.prepare(sql).get() as Row);
  } finally {
    db.close();
  }
};
