import { describe, expect, test } from '@jest/globals';
import { openMemoryStore } from '#event-store/memory-store';
import { toLedgerEvent } from '#event-codec/decode';
import type { EventStore } from '#event-store/port';
import { evolve } from '#ledger/fund/evolve';
import { noFund, type FundState } from '#ledger/fund/fund-state';
import { transferOf } from '#ledger/event-types';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import { ACCOUNTS, type Account } from '#ledger/fund/transfer';
import type { FundEvent } from '#ledger/fund/fund-events';
import { allocations } from '#projections/allocation-register/query';
import { spendingProgress } from '#projections/spending-progress/query';
import { hotColumnsOf } from '#event-codec/hot-columns';
import { toLazyViewEvent, toViewEvent, type ViewEvent } from '#projections/engine/view-event';
import { villageBalances } from '#projections/village-balance/query';
import { openViews } from '#projections/open-views';
import type { RunningViews } from '#projections/engine/running-views';
import type { Execute } from '#application/commands/envelope';
import { createExecutor } from '#application/commands/execute';
import { crossingDates, histories, live, type Step } from '../../support/histories.ts';
import { fc, times } from '../../support/property.ts';

const RUNS = times(30, 1_000, 4_000);
const assertAll = (
  property: (steps: readonly Step[]) => Promise<void>,
  runs = RUNS,
): Promise<void> => fc.assert(fc.asyncProperty(histories, property), { numRuns: runs });

const lived = async (steps: readonly Step[]): Promise<EventStore> => {
  const store = openMemoryStore();
  await live(
    store,
    createExecutor(store, () => '2024-12-31T08:00:00.000Z'),
    steps,
  );
  return store;
};

const viewsOf = async (store: EventStore): Promise<RunningViews> => {
  const views = openViews({ file: ':memory:', store });
  await views.catchUp();
  return views;
};

const fundsOf = async (store: EventStore): Promise<ReadonlyMap<string, FundState>> => {
  const funds = new Map<string, FundState>();
  for await (const recorded of store.readAll()) {
    if (!recorded.stream.startsWith('fund-')) continue;
    const event = toLedgerEvent(recorded);
    const fund = funds.get(recorded.stream) ?? noFund();
    funds.set(recorded.stream, evolve(fund, event as FundEvent, event));
  }
  return funds;
};

/** What the accounts of each allocation hold on a day, out of the events known so far: added up anew. */
const heldOn = (events: readonly RecordedLedgerEvent[], day: string): ReadonlyMap<string, Sums> => {
  const funds = new Map<string, Sums>();
  for (const event of events) {
    const transfer = transferOf(event);
    if (transfer === undefined || event.occurredOn > day) continue;
    const { from, to, amountFen } = transfer;
    const sums = funds.get(event.stream) ?? {};
    sums[from] = (sums[from] ?? 0n) - amountFen;
    sums[to] = (sums[to] ?? 0n) + amountFen;
    funds.set(event.stream, sums);
  }
  return funds;
};
type Sums = Partial<Record<Account, bigint>>;

describe('over random histories', () => {
  test('at no past day and position does an account other than source and advance hold less than nothing, nor one of these more', () => {
    const check = async (steps: readonly Step[]) => {
      const events: RecordedLedgerEvent[] = [];
      for await (const recorded of (await lived(steps)).readAll()) {
        const event = toLedgerEvent(recorded);
        events.push(event);
        if (transferOf(event) === undefined) continue;
        const ofStream = events.filter(({ stream }) => stream === event.stream);
        for (const day of new Set(ofStream.map(({ occurredOn }) => occurredOn))) {
          for (const { source = 0n, advance = 0n, ...held } of heldOn(ofStream, day).values()) {
            expect(Object.values(held).filter((fen) => fen < 0n)).toEqual([]);
            expect(source).toBeLessThanOrEqual(0n);
            expect(advance).toBeLessThanOrEqual(0n);
            expect(advance).toBeLessThanOrEqual(0n);
          }
        }
      }
    };
    return fc.assert(fc.asyncProperty(crossingDates, check), { numRuns: RUNS });
  });

  test('no account falls below zero, all of an allocation sum to zero, and what is held is there', () =>
    assertAll(async (steps) => {
      for (const fund of (await fundsOf(await lived(steps))).values()) {
        const { source, advance, ...held } = fund.accounts;
        expect(Object.values(held).every((fen) => fen >= 0n)).toBe(true);
        expect(ACCOUNTS.reduce((sum, account) => sum + fund.accounts[account], 0n)).toBe(0n);
        expect(source).toBeLessThanOrEqual(0n);
        expect(fund.reserved.treasury).toBeLessThanOrEqual(fund.accounts.treasury);
        expect(fund.reserved.unit).toBeLessThanOrEqual(fund.accounts.unit);
      }
    }));

  test('villages and unplaced money sum to the allocations, in every view that holds money', () =>
    assertAll(
      async (steps) => {
        const store = await lived(steps);
        const views = await viewsOf(store);
        const { totals, villages, unplaced } = villageBalances(views.db);
        const lines = allocations(views.db).lines;
        const progress = spendingProgress(views.db, { by: 'type', on: '2024-12-31' });
        const states = [...(await fundsOf(store)).values()];
        for (const sum of ['allocatedFen', 'arrivedFen', 'paidFen', 'onHandFen'] as const) {
          expect(villages[sum] + unplaced[sum]).toBe(totals[sum]);
          expect(lines.reduce((total, line) => total + line[sum], 0)).toBe(totals[sum]);
          expect(progress.lines.reduce((total, line) => total + line[sum], 0)).toBe(totals[sum]);
          expect(progress.total[sum]).toBe(totals[sum]);
        }
        const paid = states.reduce((total, { accounts }) => total + accounts.paid, 0n);
        expect(BigInt(totals.paidFen)).toBe(paid);
        expect(views.status().every(({ halted }) => halted === undefined)).toBe(true);
        await views.close();
      },
      Math.ceil(RUNS / 4),
    ));

  test('views that followed the log equal views rebuilt from it, byte for byte', () =>
    assertAll(
      async (steps) => {
        const store = openMemoryStore();
        const views = openViews({ file: ':memory:', store });
        await views.catchUp();
        views.follow();
        await live(
          store,
          createExecutor(store, () => '2024-12-31T08:00:00.000Z'),
          steps,
        );
        expect(await views.waitFor(Number(await store.head()), 5_000)).toBe(true);
        const followed = views.digest();
        await views.rebuild();
        expect(views.digest()).toEqual(followed);
        const fresh = await viewsOf(store);
        expect(fresh.digest()).toEqual(followed);
        await views.close();
        await fresh.close();
      },
      Math.ceil(RUNS / 4),
    ));

  test('an event read by its hot columns tells what its text tells', () =>
    assertAll(
      async (steps) => {
        for await (const recorded of (await lived(steps)).readAll()) {
          const plain = toViewEvent(recorded);
          const lazy = toLazyViewEvent({
            ...recorded,
            position: Number(recorded.position),
            data: JSON.stringify(recorded.data),
            meta: JSON.stringify(recorded.meta),
            hotColumns: hotColumnsOf(recorded),
          });
          const told = ({ type, id, stream, position, occurredOn, transfer, data }: ViewEvent) => ({
            type,
            id,
            stream,
            position,
            occurredOn,
            transfer,
            data,
          });
          expect(told(lazy)).toEqual(told(plain));
        }
      },
      Math.ceil(RUNS / 4),
    ));

  test('the order of unrelated streams does not matter to what is held where', () =>
    assertAll(
      async (steps) => {
        const dated = steps.map((step, index) => ({ ...step, month: index % 6 }));
        // An adjustment (11, 12) and a merger (14) are about several streams at once.
        const places = dated.filter(({ verb }) => ![11, 12, 14].includes(verb));
        const balances = async (history: readonly Step[]) => {
          const states = await fundsOf(await lived(history));
          return [...states].map(([stream, { accounts }]) => [stream, accounts] as const).sort();
        };
        const byFund = places.toSorted((left, right) => left.fund - right.fund);
        expect(await balances(byFund)).toEqual(await balances(places));
      },
      Math.ceil(RUNS / 4),
    ));
});

describe('16 who spend from one allocation at once', () => {
  test('never overspend it', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 16, maxLength: 16 }),
        async (amounts) => {
          const store = openMemoryStore();
          const executors: readonly Execute[] = [1, 2].map(() =>
            createExecutor(store, () => '2024-12-31T08:00:00.000Z'),
          );
          const [execute, other] = executors;
          if (execute === undefined || other === undefined) throw new Error('There are two.');
          await live(store, execute, [{ verb: 1, fund: 0, amount: 70, day: 1, subject: 0 }]);
          await Promise.all(
            amounts.map((amount, n) =>
              (n % 2 === 0 ? execute : other)(
                {
                  type: 'DisburseFunds',
                  data: {
                    ground: 'statement',
                    allocationId: 'fund0',
                    paymentId: `p${n}`,
                    payeeId: 'payee',
                    amountFen: BigInt(amount),
                    from: 'treasury',
                    stage: 'progress',
                    voucher: 'v',
                  },
                },
                {
                  commandId: crypto.randomUUID(),
                  actor: { id: 'li', organisation: '财政局', role: 'finance' },
                  occurredOn: '2024-06-01',
                },
              ),
            ),
          );
          const fund = (await fundsOf(store)).get('fund-fund0');
          expect(fund?.accounts.treasury).toBeGreaterThanOrEqual(0n);
          expect(fund?.accounts.paid).toBeLessThanOrEqual(100n);
        },
      ),
      { numRuns: Math.ceil(RUNS / 4) },
    ));
});
