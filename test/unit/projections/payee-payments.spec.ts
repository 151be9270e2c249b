import { describe, expect, test } from '@jest/globals';
import { createExecutor } from '#application/commands/execute';
import { toLedgerEvent } from '#event-codec/decode';
import { toNewEvents } from '#event-codec/encode';
import { openMemoryStore } from '#event-store/memory-store';
import type { EventStore } from '#event-store/port';
import { openPastViews } from '#history/as-of/past-views';
import type { AsOfRequest } from '#history/as-of/as-of-request';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import { viewEventsOf } from '#projections/engine/event-source';
import { openViews } from '#projections/open-views';
import { payeeEntries, payeeSums, type PayeeSum } from '#projections/payee-payments/query';
import { payeePaymentsView } from '#projections/payee-payments/view';
import { villageBalances } from '#projections/village-balance/query';
import { villageBalanceView } from '#projections/village-balance/view';
import { days, instants, pointOf } from '../history/given.ts';
import { openCircles, takeMerger, type NaiveMerger } from '../history/naive.ts';
import { context } from '../ledger/given.ts';
import { histories, live, mergingPayees, PAYEES, type Step } from '../../support/histories.ts';
import { fc, times } from '../../support/property.ts';

/** A history with an hour between any two commands, so that instants tell events apart. */
const lived = async (steps: readonly Step[]): Promise<EventStore> => {
  const store = openMemoryStore();
  let hours = 0;
  const execute = createExecutor(store, () =>
    new Date(Date.UTC(2024, 6, 1, hours++)).toISOString(),
  );
  await live(store, execute, steps);
  return store;
};

const asOfViews = async (store: EventStore, request: AsOfRequest) => {
  const views = [payeePaymentsView, villageBalanceView];
  const { asOf } = await pointOf(store, request);
  return openPastViews(store, viewEventsOf(store), views, asOf);
};

/** Days of steps are of one month after the other, from January on. */
const step = (verb: number, fund: number, amount: number, day: number, subject = 0): Step => ({
  verb,
  fund,
  amount,
  day,
  subject,
});
const [RECEIVE, PAY, REVERSE, CLASSIFY, MERGE] = [1, 7, 8, 13, 14];
const aMonthLater = step(CLASSIFY, 2, 1, 1);

const sumsAfter = async (...steps: readonly Step[]): Promise<readonly PayeeSum[]> => {
  const store = await lived(steps);
  const views = openViews({ file: ':memory:', store, views: [payeePaymentsView] });
  await views.catchUp();
  const sums = payeeSums(views.db).map((sum) => ({ ...sum }));
  await views.close();
  return sums;
};

describe('Given payments to a payee', () => {
  const paidInTwoVillages = [
    step(RECEIVE, 0, 60, 1),
    step(RECEIVE, 1, 60, 1),
    step(PAY, 0, 30, 5),
    step(PAY, 1, 12, 9),
    step(PAY, 1, 3, 2, 2),
  ];
  const sum: PayeeSum = {
    payeeId: 'payee',
    paidFen: 45,
    reversedFen: 0,
    payments: 3,
    allocations: 2,
    villages: 2,
    firstPaidOn: '2024-03-05',
    lastPaidOn: '2024-05-02',
  };

  test('when asked by payee, then it shows one payee in many villages', async () => {
    expect(await sumsAfter(...paidInTwoVillages)).toEqual([sum]);
  });

  test('when one is reversed in part, then the sum is net, and the payment counts as made', async () => {
    expect(await sumsAfter(...paidInTwoVillages, step(REVERSE, 0, 10, 3))).toEqual([
      { ...sum, paidFen: 35, reversedFen: 10 },
    ]);
  });

  test('when one village is merged into the other, then they are one village', async () => {
    expect(await sumsAfter(...paidInTwoVillages, step(MERGE, 0, 1, 3, 1))).toEqual([
      { ...sum, villages: 1 },
    ]);
  });

  test('when money of the county is paid too, then it is of an allocation, and of no village', async () => {
    const county = [aMonthLater, step(RECEIVE, 3, 60, 1), step(PAY, 3, 9, 20)];
    expect(await sumsAfter(...paidInTwoVillages, ...county)).toEqual([
      { ...sum, paidFen: 54, payments: 4, allocations: 3, firstPaidOn: '2024-02-20' },
    ]);
  });

  test('when another is paid in fewer villages, then it comes after, whatever its sum', async () => {
    const sums = await sumsAfter(
      ...paidInTwoVillages,
      aMonthLater,
      step(RECEIVE, 2, 60, 1),
      step(PAY, 2, 58, 4),
    );
    expect(sums.map(({ payeeId, villages }) => [payeeId, villages])).toEqual([
      ['payee', 2],
      ['payee1', 1],
    ]);
  });
});

test('Given a log of an earlier release with a reversal dated before its payment, when asked as of a day between, then the reversal counts alone', async () => {
  const store = await lived([step(RECEIVE, 0, 60, 1), step(PAY, 0, 30, 28, 2)]);
  const reversal = {
    type: 'DisbursementReversed',
    data: {
      allocationId: 'fund0',
      paymentId: 'fund0-payment2',
      reversalId: 'r0',
      amountFen: 10n,
      to: 'treasury',
      kind: 'unstated',
      reason: '错',
    },
  } as const;
  const dated = context({ occurredOn: '2024-01-10' });
  await store.append('fund-fund0', 2n, toNewEvents([reversal], dated, 'content', undefined));
  const past = await asOfViews(store, { asOf: '2024-01-31' });
  expect(payeeSums(past.db)).toMatchObject([
    { paidFen: -10, reversedFen: 10, payments: 0, villages: 0, firstPaidOn: null },
  ]);
  expect(payeeEntries(past.db, 'payee')).toMatchObject([{ kind: 'reversal', effectFen: -10 }]);
  await past.close();
});

test('Given a payment dated before a merger that was recorded before it, when asked as of the day of the payment, then the payees are apart', async () => {
  const [MERGE_PAYEE, IN_MAY, IN_JUNE] = [24, 4, 6];
  const merged = { ...step(MERGE_PAYEE, 0, 1, 1), month: IN_MAY };
  const received = { ...step(RECEIVE, 0, 60, 1), month: 0 };
  const paid = { ...step(PAY, 0, 30, 1), month: IN_MAY - 1 };
  const store = await lived([received, merged, paid]);
  for (const [asOf, payeeId] of [
    ['2024-04-30', 'payee'],
    [`2024-0${IN_JUNE}-01`, 'payee1'],
  ] as const) {
    const past = await asOfViews(store, { asOf });
    expect(payeeSums(past.db)).toMatchObject([{ payeeId, paidFen: 30 }]);
    await past.close();
  }
});

describe('over random histories', () => {
  test('as of any day and instant, figures are those of a naive reading of the log, and events sum to them', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(histories, mergingPayees),
        days,
        instants,
        async (steps, asOf, knownAt) => {
          const store = await lived(steps);
          const past = await asOfViews(store, { asOf, knownAt });
          const naive = await naiveSums(store, asOf, knownAt);
          const sums = payeeSums(past.db);
          expect(new Map(sums.map((sum) => [sum.payeeId, { ...sum }]))).toEqual(naive);
          for (const { payeeId, paidFen } of sums) {
            const entries = payeeEntries(past.db, payeeId);
            expect(entries.reduce((total, { effectFen }) => total + effectFen, 0)).toBe(paidFen);
            for (const { occurredOn } of entries) expect(occurredOn <= asOf).toBe(true);
          }
          const total = sums.reduce((all, { paidFen }) => all + paidFen, 0);
          expect(total).toBe(villageBalances(past.db).totals.paidFen);
          await past.close();
        },
      ),
      { numRuns: times(100, 1_000) },
    ));

  test('as of the newest position, rows are those of now', () =>
    fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        const store = await lived(steps);
        const views = openViews({
          file: ':memory:',
          store,
          views: [payeePaymentsView, villageBalanceView],
        });
        await views.catchUp();
        const past = await asOfViews(store, {});
        expect(past.digest()).toEqual(views.digest());
        await past.close();
        await views.close();
      }),
      { numRuns: times(25, 200) },
    ));
});

/** The slow and obvious way: each payment and reversal of the log that was known and had happened. */
const naiveSums = async (
  store: EventStore,
  asOf: string,
  knownAt: string,
): Promise<ReadonlyMap<string, PayeeSum>> => {
  const known: RecordedLedgerEvent[] = [];
  for await (const recorded of store.readAll()) {
    const event = toLedgerEvent(recorded);
    if (event.recordedAt <= knownAt) known.push(event);
  }
  const home = new Map<string, string>();
  const mergers = new Map<string, NaiveMerger>();
  const payeeOf = new Map<string, string>();
  for (const event of known) {
    const { type, data, occurredOn } = event;
    if (occurredOn <= asOf) takeMerger(mergers, event);
    if (type === 'FundsAllocated') home.set(data.allocationId, data.placeId);
    if (type === 'FundsDisbursed') payeeOf.set(data.paymentId, data.payeeId);
  }
  openCircles(mergers);
  const endOf = (start: string): string => {
    let end = start;
    while (mergers.has(end)) end = mergers.get(end)?.into ?? '';
    return end;
  };
  const happened = known.filter(({ occurredOn }) => occurredOn <= asOf);
  const sumOf = (payeeId: string): PayeeSum | undefined => {
    const payments = happened.flatMap((event) =>
      event.type === 'FundsDisbursed' && endOf(event.data.payeeId) === payeeId ? [event] : [],
    );
    const reversals = happened.flatMap((event) =>
      event.type === 'DisbursementReversed' &&
      endOf(payeeOf.get(event.data.paymentId) ?? '') === payeeId
        ? [event]
        : [],
    );
    if (payments.length + reversals.length === 0) return undefined;
    const total = (events: readonly { readonly data: { readonly amountFen: bigint } }[]) =>
      events.reduce((sum, { data }) => sum + Number(data.amountFen), 0);
    const places = new Set(payments.map(({ data }) => endOf(home.get(data.allocationId) ?? '')));
    const paidOn = payments.map(({ occurredOn }) => occurredOn).sort();
    return {
      payeeId,
      paidFen: total(payments) - total(reversals),
      reversedFen: total(reversals),
      payments: payments.length,
      allocations: new Set(payments.map(({ data }) => data.allocationId)).size,
      villages: [...places].filter((place) => place !== 'county').length,
      firstPaidOn: paidOn[0] ?? null,
      lastPaidOn: paidOn.at(-1) ?? null,
    };
  };
  return new Map(
    PAYEES.flatMap((payeeId) => {
      const sum = sumOf(payeeId);
      return sum === undefined ? [] : [[payeeId, sum] as const];
    }),
  );
};
