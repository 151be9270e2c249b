import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { makeDirectory } from '#event-store-sqlite/make-directory';
import { canonicalJson } from '#event-store/canonical-json';
import { eventLine, leafOfLine } from '#event-store/event-line';
import { StoreUnusable } from '#event-store/store-unusable';
import { placeBalance } from '#projections/village-balance/query';
import type { LogIdentity, PublishedCheckpoint } from '../checkpoints/checkpoints.ts';
import type { LedgerReader } from '../ledger.ts';
import { createAuditDatabase } from './audit-database.ts';
import { openBooks } from './books.ts';
import { coverText } from './cover.ts';
import { openOutFile } from './out-file.ts';
import {
  csvHead,
  csvLine,
  dictionaryCsv,
  EVENT_COLUMNS,
  eventCells,
  POSTING_COLUMNS,
  postingCells,
} from './tables.ts';

export interface PackageOptions {
  readonly ledger: LedgerReader;
  readonly identity: LogIdentity;
  /** Made; must not exist, or be empty. */
  readonly directory: string;
  /** Holds `verify.mjs` and what belongs to it. */
  readonly verifierDirectory: string;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface WrittenPackage {
  readonly events: number;
  readonly newest: PublishedCheckpoint;
  readonly totals: Readonly<Record<string, number>>;
}

/** Writes the audit package of a signed ledger: `docs/bundle-format.md`. It appears whole or not at all. */
export const writeAuditPackage = async (options: PackageOptions): Promise<WrittenPackage> => {
  const { directory, identity, verifierDirectory } = options;
  const newest = identity.checkpoints.at(-1);
  if (newest === undefined) throw new Error('Only a signed ledger is packed.');
  const beside = claim(directory);
  const { events, totals, ...facts } = await writeEvents(options, beside);
  writeFileSync(join(beside, 'ledger.vkey'), identity.vkeys.map((key) => `${key}\n`).join(''));
  writeFileSync(join(beside, 'tables', 'dictionary.csv'), dictionaryCsv());
  for (const name of readdirSync(verifierDirectory)) {
    if (/^(verify\.(mjs|html)|README.*)$/.test(name))
      copyFileSync(join(verifierDirectory, name), join(beside, name));
  }
  const files = filesIn(beside);
  const sums = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
  writeFileSync(join(beside, 'SHA256SUMS'), sums);
  const { origin } = identity;
  const cover = coverText({ origin, events, totals, newest, files, ...facts });
  writeFileSync(join(beside, 'cover.txt'), cover);
  rmSync(directory, { recursive: true, force: true });
  renameSync(beside, directory);
  return { events, newest, totals };
};

/** One reading of the log fills the bundle, the leaves, the tables and the database. */
const writeEvents = async (
  { ledger, identity, onProgress = () => undefined }: PackageOptions,
  beside: string,
) => {
  const { log } = ledger;
  const head = Number((await log.head()) ?? 0n);
  const [bundle, leaves] = [outIn(beside, 'bundle.ndjson'), outIn(beside, 'leaves.bin')];
  const [eventsCsv, postingsCsv] = [
    outIn(beside, 'tables/events.csv'),
    outIn(beside, 'tables/postings.csv'),
  ];
  const database = createAuditDatabase(join(beside, 'audit.sqlite'));
  const books = openBooks();
  const nameOf = placeNames(ledger);
  eventsCsv.write(csvHead(EVENT_COLUMNS));
  postingsCsv.write(csvHead(POSTING_COLUMNS));
  const facts = await boundsOf(log, head);
  const { origin } = identity;
  bundle.write(`${canonicalJson({ kind: 'bundle', format: 1, origin, events: head, ...facts })}\n`);
  let done = 0;
  for await (const event of log.readAll({ limit: head })) {
    const line = eventLine(event);
    const leaf = leafOfLine(line);
    bundle.write(`${line}\n`);
    leaves.write(Buffer.from(leaf, 'hex'));
    const cells = eventCells(event, leaf);
    eventsCsv.write(csvLine(cells));
    database.addEvent(cells);
    const posting = books.take(event);
    if (posting !== undefined) {
      const placeId = books.placeOf(posting.allocationId);
      const moved = postingCells(event, posting, placeId, nameOf(placeId));
      postingsCsv.write(csvLine(moved));
      database.addPosting(moved);
    }
    if (++done % 1_000 === 0) onProgress(done, head);
  }
  for (const { note, published } of identity.checkpoints) {
    bundle.write(`${canonicalJson({ kind: 'checkpoint', note, published })}\n`);
  }
  for (const line of books.statedLines()) bundle.write(`${line}\n`);
  for (const file of [bundle, leaves, eventsCsv, postingsCsv]) file.close();
  database.close();
  return { events: head, totals: books.totals(), ...facts };
};

const outIn = (directory: string, name: string) => openOutFile(join(directory, name));

/** The instants between which the events were recorded, and the county they are of. */
const boundsOf = async (log: LedgerReader['log'], head: number) => {
  const bounds = { from: '', to: '', place: '' };
  for await (const { meta, type, data } of log.readAll({ limit: 1 })) {
    bounds.from = meta['recordedAt'] ?? '';
    const name = type === 'PlaceRegistered' ? data['name'] : undefined;
    if (typeof name === 'string') bounds.place = name;
  }
  for await (const { meta } of log.readAll({ from: BigInt(Math.max(1, head)), limit: 1 })) {
    bounds.to = meta['recordedAt'] ?? '';
  }
  return bounds;
};

/** Names from the county down, as they are now; each looked up once. */
const placeNames = ({ views: { db } }: LedgerReader) => {
  const names = new Map<string, string>();
  return (placeId: string): string => {
    let name = names.get(placeId);
    if (name === undefined) {
      name = placeBalance(db, placeId)?.path.join('/') ?? '';
      names.set(placeId, name);
    }
    return name;
  };
};

/** The directory to write into until all is there. */
const claim = (directory: string): string => {
  if (existsSync(directory) && readdirSync(directory).length > 0) {
    throw new StoreUnusable(
      'directory-unusable',
      `${directory} is not empty; a package needs a directory of its own.`,
      `${directory} 不是空目录;审计包须单独一个目录。`,
    );
  }
  const beside = `${directory}.partial`;
  rmSync(beside, { recursive: true, force: true });
  makeDirectory(beside);
  mkdirSync(join(beside, 'tables'));
  return beside;
};

const filesIn = (directory: string) =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(directory, name)).isFile())
    .sort()
    .map((name) => ({
      name,
      bytes: statSync(join(directory, name)).size,
      sha256: sha256Of(join(directory, name)),
    }));

/** A megabyte at a time: a bundle may be larger than memory. */
const sha256Of = (file: string): string => {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(1024 * 1024);
  const descriptor = openSync(file, 'r');
  for (let read = 1; read > 0;) {
    read = readSync(descriptor, chunk);
    hash.update(chunk.subarray(0, read));
  }
  closeSync(descriptor);
  return hash.digest('hex');
};
