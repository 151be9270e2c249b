import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eventLine } from '#event-codec/event-line';
import type { RecordedEvent } from '#event-store/port';
import { openSqliteStore } from '#event-store-sqlite/open';
import { readLogIdentity } from '#transparency-log/checkpoints/checkpoint-files';
import { publishCheckpoint } from '#transparency-log/sign/publish-checkpoint';
import { verifyLog } from '#transparency-log/verify/verify-log';
import { systemClock } from '#application/commands/clock';
import { HOT_COLUMNS } from '#wiring/ledger-log';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { bundleOf, uuid } from '../support/verifier/bundle-fixture.ts';
import { verifyHere } from '../support/verifier/verifier.ts';
import { signedLedger } from '../support/signed-ledger.ts';
import { fc, times } from '../support/property.ts';

/**
 * Histories that were rewritten by somebody who has the file, and mostly the key as well: every hash
 * fits, and one checkpoint that an auditor kept tells.
 */
const HISTORIES = times(120, 120, 2_000);

const { directory, remove } = temporaryDirectory();
const original = join(directory, 'original');
let events: readonly RecordedEvent[];
/** The size at which the auditor kept a checkpoint, and what was kept. */
let keptSize: number;
let kept: { readonly ofStore: string; readonly ofBundle: string };
/** The bundle before anybody touched it, its lines. */
let bundle: readonly string[];

beforeAll(async () => {
  const size = { villages: 5, years: 1, seed: 3 };
  const signed = await signedLedger(original, size, [0.6, 1]);
  const [first, second] = signed.checkpoints;
  if (first === undefined || second === undefined) throw new Error('It was signed twice.');
  ({ events } = signed);
  keptSize = first.size;
  const { text, notes } = bundleOf(events.map(eventLine), { sizes: [first.size, second.size] });
  kept = { ofStore: first.note, ofBundle: notes[0] ?? '' };
  bundle = text.split('\n');
});
afterAll(remove);

type Said = Pick<RecordedEvent, 'stream' | 'type' | 'id' | 'data' | 'meta'>;
interface Place {
  readonly at: number;
  readonly other: number;
  readonly regrows: boolean;
}

/** Something that might have happened, and did not. */
const invented = (n: number): Said => ({
  stream: `place-${uuid(`invented ${n}`)}`,
  type: 'PlaceRegistered',
  id: uuid(`id ${n}`),
  data: { level: 'village', name: `新${n}村`, placeId: uuid(`invented ${n}`) },
  meta: events[0]?.meta ?? {},
});

const edited = (event: Said): Said => {
  const { amountFen } = event.data;
  const data =
    typeof amountFen === 'number'
      ? { ...event.data, amountFen: amountFen + 100 }
      : { ...event.data, remark: '补记' };
  return { ...event, data };
};

/** Each changes the beginning that the auditor kept a checkpoint of. */
const REWRITINGS: Readonly<
  Record<string, (said: readonly Said[], place: Place) => readonly Said[]>
> = {
  edit: (said, { at }) => said.map((event, n) => (n === at ? edited(event) : event)),
  insert: (said, { at }) => said.toSpliced(at, 0, invented(at)),
  delete: (said, { at }) => said.toSpliced(at, 1),
  swap: (said, { at, other }) =>
    said.map((event, n) => (n === at ? said[other] : n === other ? said[at] : event) ?? event),
  truncate: (said, { at, regrows }) => [
    ...said.slice(0, at),
    ...(regrows ? said.slice(at).map((_, n) => invented(n)) : []),
  ],
};

/** In their new order, each with the revision and the position that this gives it. */
const recorded = (said: readonly Said[]): readonly RecordedEvent[] => {
  const next = new Map<string, bigint>();
  return said.map((event, index) => {
    const revision = next.get(event.stream) ?? 0n;
    next.set(event.stream, revision + 1n);
    return { ...event, revision, position: BigInt(index + 1) };
  });
};

/** Whether a store that was filled with these events is found out: by its keepers, by the auditor. */
const heldToStore = async (rewritten: readonly RecordedEvent[], resigned: boolean) => {
  const forged = join(directory, 'forged');
  mkdirSync(forged);
  cpSync(join(original, 'integrity'), join(forged, 'integrity'), { recursive: true });
  const store = openSqliteStore({ directory: forged, hotColumns: HOT_COLUMNS });
  const ledger = { directory: forged, keyFiles: {} };
  try {
    await store.appendReplicated(rewritten);
    if (resigned) {
      rmSync(join(forged, 'integrity', 'checkpoints'), { recursive: true });
      rmSync(join(forged, 'integrity', 'signer-memory.json'));
      await publishCheckpoint({ ...ledger, log: store, tree: store.tree }, systemClock);
    }
    const identity = readLogIdentity(forged);
    const kinds = async (since?: string) =>
      (await verifyLog({ ...ledger, inspect: store.inspect }, identity, since)).faults.map(
        ({ kind }) => kind,
      );
    return { alone: await kinds(), withKept: await kinds(kept.ofStore) };
  } finally {
    await store.close();
    rmSync(forged, { recursive: true });
  }
};

const isCheckpoint = (line: string) => line.startsWith('{"kind":"checkpoint"');

const heldToBundle = async (rewritten: readonly RecordedEvent[], resigned: boolean) => {
  const { text } = bundleOf(rewritten.map(eventLine), { sizes: [rewritten.length] });
  const lines = text.split('\n');
  const at = lines.findIndex(isCheckpoint);
  const forged = resigned ? lines : lines.toSpliced(at, 1, ...bundle.filter(isCheckpoint));
  const report = async (asked: object) => verifyHere(forged.join('\n'), asked);
  return { alone: await report({}), withKept: await report({ since: [kept.ofBundle] }) };
};

const tried = new Map<string, number>();

test('a history that was rewritten is found out by whoever kept one older checkpoint', async () => {
  expect((await heldToStore(events, false)).withKept).toEqual([]);
  expect((await heldToBundle(events, false)).withKept.exit).toBe(0);
  const history = fc.record({
    how: fc.constantFrom(...Object.keys(REWRITINGS)),
    at: fc.nat(keptSize - 1),
    other: fc.nat(keptSize - 1),
    regrows: fc.boolean(),
    resigned: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(history, async ({ how, resigned, ...place }) => {
      const rewritten = recorded(REWRITINGS[how]?.(events, place) ?? []);
      fc.pre(rewritten.length > 0 && (how !== 'swap' || place.at !== place.other));
      const name = `${how}${resigned ? ', signed anew' : ''}`;
      tried.set(name, (tried.get(name) ?? 0) + 1);
      const store = await heldToStore(rewritten, resigned);
      const { alone, withKept } = await heldToBundle(rewritten, resigned);
      if (resigned) {
        // All fits: nobody who kept nothing could tell.
        expect(store.alone).toEqual([]);
        expect([0, 15]).toContain(alone.exit);
        expect(store.withKept.map((kind) => ['forked', 'cut-short'].includes(kind))).toEqual([
          true,
        ]);
        expect(withKept.exit).toBe(12);
      } else {
        for (const kind of [...store.alone, ...store.withKept]) {
          expect(['root-differs', 'cut-short', 'forked']).toContain(kind);
        }
        expect(store.alone).not.toEqual([]);
        expect([11, 12]).toContain(alone.exit);
        expect([11, 12]).toContain(withKept.exit);
      }
    }),
    { numRuns: HISTORIES, seed: 5 },
  );
  const counts = [...tried].sort().map(([name, count]) => `${name} ${count}`);
  console.log(
    `${HISTORIES} histories of ${events.length} events: ${counts.join('; ')}; all found.`,
  );
}, 3_600_000);
