import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { wan } from '#presentation/figures';
import { presentFault } from '#cli/output/verification-report';
import { StoreUnusable } from '#event-store/store-unusable';
import { generateInto } from '#importers/synthetic/generate-into';
import { readLogIdentity } from '#transparency-log/checkpoints/checkpoint-files';
import { publishCheckpoint } from '#transparency-log/sign/publish-checkpoint';
import { verifyLog } from '#transparency-log/verify/verify-log';
import { systemClock } from '#application/commands/clock';
import { openLedger, openLedgerReader } from '#wiring/ledger';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { flipAnywhere, FLIPS, type Flip } from './flips.ts';
import { fc } from '../support/property.ts';

/**
 * The file of a ledger, one byte of which was changed on the disk. A flip
 * counts when it changes anything that SQL reads of the file, by table or by index, or when the file
 * cannot be read any more. What lies on no page in use, or between rows, changes nothing.
 */

const { directory, remove } = temporaryDirectory();
const file = join(directory, 'events.sqlite');
let bytes: Buffer;

beforeAll(async () => {
  const ledger = await openLedger({ directory });
  await generateInto(ledger.store, { villages: 6, years: 2, seed: 3 });
  await ledger.views.catchUp();
  await publishCheckpoint(ledger, systemClock);
  const { db } = ledger.views;
  for (const { allocationId, name } of db.all<{ allocationId: string; name: string }>(
    'SELECT allocationId, place.name FROM allocation JOIN place USING (placeId)',
  )) {
    villages.set(JSON.stringify(allocationId), name);
  }
  await ledger.close();
  bytes = readFileSync(file);
  whole = contents();
});
afterAll(remove);

const QUERIES = [
  'SELECT type, name, tbl_name, sql FROM sqlite_schema',
  'SELECT number, name FROM stream NOT INDEXED',
  'SELECT number, name FROM type NOT INDEXED',
  'SELECT name, number FROM stream ORDER BY name',
  'SELECT name, number FROM type ORDER BY name',
  'SELECT stream, revision, position FROM event ORDER BY stream, revision',
  'SELECT level, number, hex(hash) FROM subtree',
];
const EVENTS = 'SELECT * FROM event NOT INDEXED';

interface Contents {
  readonly rest: string;
  /** By position. */
  readonly events: ReadonlyMap<number, string>;
}

/** Whatever SQL reads; undefined when it cannot. */
const contents = (): Contents | undefined => {
  try {
    const db = new DatabaseSync(file, { readOnly: true, readBigInts: true });
    try {
      const told = (row: object) =>
        JSON.stringify(row, (_, value: unknown) =>
          typeof value === 'bigint' ? `${value}n` : value,
        );
      const marks = ['application_id', 'user_version'].map((name) => `PRAGMA ${name}`);
      const rest = [...marks, ...QUERIES].map((sql) => db.prepare(sql).all().map(told).join());
      const rows = db.prepare(EVENTS).all();
      return {
        rest: rest.join('\n'),
        events: new Map(rows.map((row) => [Number(row['position']), told(row)])),
      };
    } finally {
      db.close();
    }
  } catch {
    return undefined;
  }
};
let whole: Contents | undefined;
const villages = new Map<string, string>();

/** The one event whose row is not what it was, where that is all that the flip changed. */
const alteredIn = (now: Contents): number | undefined => {
  if (whole === undefined || now.rest !== whole.rest) return undefined;
  const { events } = whole;
  const positions = [...events.keys()].filter((at) => events.get(at) !== now.events.get(at));
  return positions.length === 1 && now.events.size === events.size ? positions[0] : undefined;
};

/** What `mz verify` says; each line once in English. */
const verify = async (): Promise<readonly string[]> => {
  try {
    const reader = openLedgerReader(directory);
    try {
      const { faults } = await verifyLog(reader, readLogIdentity(directory));
      return faults.map((fault) => presentFault(reader.views.db, fault).en);
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (error instanceof StoreUnusable) return [error.message];
    throw error;
  }
};

const put = (at: number, byte: number): void => {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.from([byte]), 0, 1, at);
  closeSync(descriptor);
};

/** Village and amount of an event as it was, which are both told of it; undefined where it has none. */
const villageAndAmount = (position: number): readonly string[] => {
  const row = JSON.parse(whole?.events.get(position) ?? '{}') as { readonly data: string };
  const { allocationId, amountFen } = JSON.parse(row.data) as Readonly<Record<string, unknown>>;
  if (typeof amountFen !== 'number') return [];
  return [villages.get(JSON.stringify(allocationId)) ?? '', `${wan(amountFen)} 万元`];
};

test('every flip that changes anything is found; in an event, with its village and amount', async () => {
  let [counted, inEvents, lost] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(flipAnywhere(bytes.length), async ({ at, by }: Flip) => {
      const before = bytes[at] ?? 0;
      put(at, before ^ by);
      try {
        const now = contents();
        const isTheSame =
          now?.rest === whole?.rest &&
          [...(now?.events ?? [])].join() === [...(whole?.events ?? [])].join();
        if (isTheSame) return;
        counted += 1;
        const found = await verify();
        expect(found).not.toEqual([]);
        const altered = now && alteredIn(now);
        if (altered === undefined) return;
        inEvents += 1;
        const [line] = found.filter((it) => it.includes(`Event ${altered} `));
        const [village, amount] = villageAndAmount(altered);
        expect(line).toContain(village ?? '');
        // A row of which SQL gives no text any more has lost its amount.
        const isLost = !/"data":"[^"]/.test(now?.events.get(altered) ?? '');
        if (isLost) lost += 1;
        else expect(line).toContain(amount ?? '');
      } finally {
        put(at, before);
      }
    }),
    { numRuns: FLIPS, seed: 1, endOnFailure: true },
  );
  console.log(
    `Of ${FLIPS} flips in ${bytes.length} bytes ${counted} changed what can be read, ${inEvents} of these one event alone (${lost} left no text of it); all were found.`,
  );
  expect(await verify()).toEqual([]);
}, 3_600_000);
