import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '#event-store/port';
import { businessDateOf, type Instant } from '#ledger/calendar';
import type { LogIdentity } from '#transparency-log/checkpoints/checkpoint-files';
import { createAuditDatabase } from './audit-database.ts';
import type { CoverContent } from './cover-content.ts';
import { coverPage } from './cover-page.ts';
import { coverText } from './cover-text.ts';
import { openCsvFile } from './csv-file.ts';
import { dictionaryColumns, dictionaryOf } from './dictionary.ts';
import { fileAt, filesIn, sumsText, type PackageFile } from './package-files.ts';
import { countyName, packagedPlaces } from './places.ts';
import type { Scope } from './scope.ts';
import { openTableFiles, type TableFiles, type WrittenTable } from './table-files.ts';
import { ALLOCATIONS, allocationRows } from './tables/allocations.ts';
import { ANNOUNCEMENTS, announcementRows } from './tables/announcements.ts';
import { BALANCES, balanceRows } from './tables/balances.ts';
import { PAYEES, payeeRows, PLACES, placeRows } from './tables/directory.ts';
import { NOTICES, noticeRows } from './tables/notices.ts';
import { PROGRESS, progressRows } from './tables/progress.ts';
import { copyVerifier, ownVerifier, requireVerifier } from './verifier-files.ts';
import { openViewsAt } from './views-at.ts';
import { makeSubdirectory, writeWholeDirectory } from '#files/whole-directory';
import { writeEvents, type BundleHead, type WrittenEvents } from './write-events.ts';

export interface PackageOptions {
  readonly ledger: { readonly log: EventStore };
  readonly identity: LogIdentity;
  /** Made; must not exist, or be empty. */
  readonly directory: string;
  /** Narrows the tables, never the bundle. */
  readonly year?: number;
  /** Stands on the cover and nowhere else. */
  readonly now: Instant;
  /** Holds `verify.mjs` and what belongs to it; our own when absent. */
  readonly verifierDirectory?: string;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface WrittenPackage extends WrittenEvents {
  readonly events: number;
  /** Events under the newest checkpoint; 0 when there is none. */
  readonly signedThrough: number;
  /** Rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly files: readonly PackageFile[];
}

/**
 * Writes the audit package of a ledger, whole or not at all. V8 keeps much garbage meanwhile where it
 * has room: a process with other work has `exportAudit` of libs/operations do it. The same events and checkpoints give
 * the same bytes, but for the covers, which say when they were made. Throws `StoreUnusable` where
 * the directory is taken or the verifier is missing.
 */
export const writeAuditPackage = async (options: PackageOptions): Promise<WrittenPackage> => {
  const verifier = options.verifierDirectory ?? ownVerifier();
  requireVerifier(verifier);
  return writeWholeDirectory(options.directory, async (partial) => {
    const { head, written, tables } = await writeContents(options, partial);
    writeDictionary(join(partial, 'dictionary.csv'), tables);
    writeFileSync(join(partial, 'ledger.vkey'), lines(options.identity.vkeys));
    copyVerifier(verifier, partial);
    const newest = options.identity.checkpoints.at(-1);
    const files = writeSums(partial);
    writeCovers(partial, { ...options, year: options.year, head, written, newest, tables, files });
    return {
      ...written,
      events: head.events,
      signedThrough: newest?.size ?? 0,
      rows: Object.fromEntries(tables.map(({ notes, rows }) => [notes.name, rows])),
      files,
    };
  });
};

/** Bundle, leaves and tables, all of the events that are in the log now. */
const writeContents = async (
  { ledger: { log }, identity, year, onProgress = () => undefined }: PackageOptions,
  partial: string,
) => {
  const events = Number((await log.head()) ?? 0n);
  // The log is read twice: for the views, whose names the second reading needs.
  const progress = (done: number) => onProgress(done, 2 * events);
  const viewsFile = join(partial, '.views.sqlite');
  const views = await openViewsAt(log, events, viewsFile, progress);
  try {
    const [from, to] = [await recordedAt(log, 1), await recordedAt(log, events)];
    const { db } = views;
    const head = { origin: identity.origin, events, place: countyName(db), from, to };
    const on = to === '' ? '' : businessDateOf(to);
    const scope: Scope = { db, places: packagedPlaces(db), on, year };
    return await writeFilled(log, identity, head, scope, partial, (done) =>
      progress(events + done),
    );
  } finally {
    views.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(viewsFile + suffix, { force: true });
  }
};

const writeFilled = async (
  log: EventStore,
  identity: LogIdentity,
  head: BundleHead,
  scope: Scope,
  directory: string,
  onProgress: (done: number) => void,
) => {
  const database = createAuditDatabase(join(directory, 'audit.sqlite'));
  const tables = openTableFiles(makeSubdirectory(directory, 'tables'), database);
  const into = { directory, tables };
  const written = await writeEvents(log, identity, head, scope, into, onProgress);
  writeSummaries(tables, scope);
  const closed = tables.close();
  database.close();
  return { head, written, tables: closed };
};

const writeSummaries = (tables: TableFiles, scope: Scope): void => {
  tables.write(NOTICES, noticeRows(scope));
  tables.write(ALLOCATIONS, allocationRows(scope));
  tables.write(PLACES, placeRows(scope));
  tables.write(PAYEES, payeeRows(scope));
  tables.write(BALANCES, balanceRows(scope));
  tables.write(PROGRESS, progressRows(scope));
  tables.write(ANNOUNCEMENTS, announcementRows(scope));
};

const writeDictionary = (path: string, tables: readonly WrittenTable[]): void => {
  const file = openCsvFile(path, dictionaryColumns);
  for (const entry of dictionaryOf(tables.map(({ notes }) => notes))) {
    file.add(dictionaryColumns.map(({ of }) => of(entry)));
  }
  file.close();
};

/** Everything but the covers, which list it, with this list itself. */
const writeSums = (directory: string): readonly PackageFile[] => {
  const files = filesIn(directory);
  writeFileSync(join(directory, 'SHA256SUMS'), sumsText(files));
  return [...files, fileAt(directory, 'SHA256SUMS')];
};

const writeCovers = (directory: string, content: CoverContent): void => {
  writeFileSync(join(directory, 'cover.txt'), coverText(content));
  writeFileSync(join(directory, 'cover.html'), coverPage(content));
};

const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');

const recordedAt = async (log: EventStore, position: number): Promise<string> => {
  for await (const { meta } of log.readAll({ from: BigInt(Math.max(1, position)), limit: 1 })) {
    return meta['recordedAt'] ?? '';
  }
  return '';
};
