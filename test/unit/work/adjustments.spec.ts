import { describe, expect, test } from '@jest/globals';
import type { EventStore } from '#event-store/port';
import type { AdjustmentDocument } from '#ledger/adjustment/adjustment-events';
import { fc, times } from '../../support/property.ts';
import {
  adds,
  adjusted,
  approve,
  asked,
  booksOf,
  county,
  documentAs,
  documentOf,
  dyingAfter,
  lessens,
  node,
  start,
} from './given.ts';

const good = documentOf(
  'a',
  lessens(0, 20),
  lessens(1, 30, 'treasury'),
  lessens(0, 10, 'unit'),
  adds(2, 20),
  adds(3, 25, 'treasury'),
  adds(3, 15, 'unit'),
);
/** Its second decrease is beyond what has arrived. */
const beyond = documentOf('a', lessens(0, 20), lessens(2, 1, 'treasury'), adds(3, 21));

/** How many appends a document takes when nothing ends its process. */
const appendsOf = async (document: AdjustmentDocument): Promise<number> => {
  const store = await county();
  const before = Number(await store.head());
  await approve(store, document);
  return Number(await store.head()) - before;
};

describe('an adjustment document', () => {
  test('of many legs on quota, treasury and unit account moves all its money', async () => {
    const store = await county();
    const before = await booksOf(store);
    await approve(store, good);
    expect(await booksOf(store)).toEqual(adjusted(before, good));
    expect(await documentAs(store, 'a')).toMatchObject({ status: 'completed', isOpen: false });
  });

  test('of which an allocation refuses a leg moves nothing, and is abandoned with the refusal', async () => {
    const store = await county();
    const before = await booksOf(store);
    await approve(store, beyond);
    expect(await booksOf(store)).toEqual(before);
    expect(await documentAs(store, 'a')).toMatchObject({
      status: 'abandoned',
      ground: {
        kind: 'refused',
        ordinal: 2,
        refusal: 'amount-exceeds-arrived-funds',
      },
    });
    // What was reserved for it is free again.
    const { execute } = node(store);
    const all = { allocationId: 'fund0', amountFen: 60n };
    const arrival = await execute({ type: 'ReceiveFunds', data: all }, asked('arrival'));
    expect(arrival.kind).toBe('happened');
  });

  test.each([
    ['with more given than taken', [lessens(0, 10), adds(1, 11)], 'total'],
    [
      'whose sources do not balance',
      [
        { ...lessens(0, 10), fundingSource: '中央' },
        { ...adds(1, 10), fundingSource: '省级' },
      ],
      'source',
    ],
    ['that gives money on hand for quota', [lessens(0, 10), adds(1, 10, 'treasury')], 'on-hand'],
  ] as const)('%s is recorded, and its money waits', async (_how, legs, kind) => {
    const store = await county();
    const before = await booksOf(store);
    await approve(store, documentOf('a', ...legs));
    await start(store);
    expect(await booksOf(store)).toEqual(before);
    expect(await documentAs(store, 'a')).toMatchObject({
      status: 'waiting',
      isOpen: true,
      doubt: { kind },
      legs: [{ state: 'asked' }, { state: 'asked' }],
    });
  });

  test('of which one leg states no source need not balance by source', async () => {
    const store = await county();
    const { execute, carryOut } = node(store);
    const data = documentOf('a', { ...lessens(0, 10), fundingSource: '中央' }, adds(1, 10));
    await execute({ type: 'ApproveAdjustment', data }, asked('a'));
    expect(await carryOut('adjustment-a')).toMatchObject({ kind: 'ended' });
    expect(await documentAs(store, 'a')).toMatchObject({ status: 'completed' });
  });

  test('whose row stands in no notice is abandoned', async () => {
    const store = await county();
    const { execute } = node(store);
    const line = { noticeId: 'notice', annex: '1', row: 9 };
    const opening = { ...adds(0, 10), allocationId: 'nowhere', line };
    await approve(store, documentOf('a', lessens(1, 10), opening));
    expect(await documentAs(store, 'a')).toMatchObject({
      status: 'abandoned',
      ground: { refusal: 'allocation-not-found' },
    });
    expect(
      (await execute({ type: 'CloseAllocation', data: { allocationId: 'fund1' } }, asked('c')))
        .kind,
    ).toBe('happened');
  });
});

describe('a document with a leg of an allocation', () => {
  const takesTwenty = documentOf('a', lessens(0, 20), adds(3, 20));

  test('that is closed is abandoned', async () => {
    const store = await county();
    const { execute } = node(store);
    const closing = { allocationId: 'fund3' };
    await execute({ type: 'CloseAllocation', data: closing }, asked('close'));
    await approve(store, takesTwenty);
    expect(await documentAs(store, 'a')).toMatchObject({
      status: 'abandoned',
      ground: { ordinal: 2, refusal: 'allocation-is-closed' },
      legs: [{ state: 'released' }, { state: 'asked' }],
    });
  });

  test('whose notice is withdrawn is abandoned where the leg adds, and nothing stays reserved', async () => {
    const store = await county();
    const { execute } = node(store);
    const withdrawal = { noticeId: 'notice', reason: '重复', voids: [] };
    await execute({ type: 'WithdrawNotice', data: withdrawal }, asked('withdraw'));
    const before = await booksOf(store);
    await approve(store, takesTwenty);
    expect(await documentAs(store, 'a')).toMatchObject({
      status: 'abandoned',
      ground: { ordinal: 2, refusal: 'notice-withdrawn' },
      legs: [{ state: 'released' }, { state: 'asked' }],
    });
    expect(await booksOf(store)).toEqual(before);
  });

  test('whose notice is withdrawn after the legs were reserved is carried out', async () => {
    const reserved = await county();
    // The document, two reservations, and that all legs are reserved.
    await approve(dyingAfter(reserved, 4), takesTwenty);
    const before = await booksOf(reserved);
    const withdrawal = { noticeId: 'notice', reason: '重复', voids: [] };
    await node(reserved).execute({ type: 'WithdrawNotice', data: withdrawal }, asked('withdraw'));
    await start(reserved);
    expect(await documentAs(reserved, 'a')).toMatchObject({ status: 'completed' });
    expect(await booksOf(reserved)).toEqual(adjusted(before, takesTwenty));
  });

  test('that was allocated later is abandoned', async () => {
    const store = await county();
    const { execute, carryOut } = node(store);
    const data = { ...takesTwenty, decidedOn: '2023-12-31' };
    const early = { ...asked('a'), occurredOn: '2023-12-31' };
    await execute({ type: 'ApproveAdjustment', data }, early);
    await carryOut('adjustment-a');
    expect(await documentAs(store, 'a')).toMatchObject({
      status: 'abandoned',
      ground: { ordinal: 1, refusal: 'dated-before-its-fact' },
    });
  });
});

describe('a process that is killed', () => {
  test.each([
    ['a document that is carried out', good, 'completed'],
    ['a document that is abandoned', beyond, 'abandoned'],
  ] as const)(
    'at any append of %s leaves what the next start ends, in the same way and once',
    async (_which, document, status) => {
      const whole = await appendsOf(document);
      for (let appends = 0; appends <= whole; appends++) {
        const store = await county();
        const before = await booksOf(store);
        const events = Number(await store.head());
        await approve(dyingAfter(store, appends), document);
        await start(store);
        const isRecorded = appends > 0;
        const isApplied = isRecorded && status === 'completed';
        expect(await booksOf(store)).toEqual(isApplied ? adjusted(before, document) : before);
        expect((await documentAs(store, 'a'))?.status).toBe(isRecorded ? status : undefined);
        expect(Number(await store.head()) - events).toBe(isRecorded ? whole : 0);
        expect(await start(store)).toEqual([]);
      }
    },
  );

  test('while two others resume its document at once, leaves each leg applied once', async () => {
    const whole = await appendsOf(good);
    for (let appends = 1; appends <= whole; appends++) {
      const store = await county();
      const before = await booksOf(store);
      await approve(dyingAfter(store, appends), good);
      await Promise.all([start(store), start(store)]);
      expect(await booksOf(store)).toEqual(adjusted(before, good));
      expect(await start(store)).toEqual([]);
    }
  });

  test('leaves money reserved, which nothing else may take before the next start', async () => {
    const store = await county();
    // The document, and the reservations of its three decreases.
    await approve(dyingAfter(store, 4), good);
    const { execute } = node(store);
    const over = { allocationId: 'fund0', amountFen: 41n };
    expect(await execute({ type: 'ReceiveFunds', data: over }, asked('over'))).toMatchObject({
      refusal: { code: 'amount-is-reserved-by-adjustments', availableFen: 40n },
    });
    const closing = { allocationId: 'fund1' };
    expect(await execute({ type: 'CloseAllocation', data: closing }, asked('close'))).toMatchObject(
      { refusal: { code: 'adjustments-in-flight' } },
    );
    await start(store);
    expect(await documentAs(store, 'a')).toMatchObject({ status: 'completed' });
  });

  test('after a leg was refused does not go on once the money has come', async () => {
    const whole = await appendsOf(beyond);
    for (let appends = 2; appends < whole; appends++) {
      const store = await county();
      await approve(dyingAfter(store, appends), beyond);
      const isDecided = (await documentAs(store, 'a'))?.status === 'releasing';
      const { execute } = node(store);
      const money = { allocationId: 'fund2', amountFen: 5n };
      await execute({ type: 'ReceiveFunds', data: money }, asked('money'));
      const before = await booksOf(store);
      await start(store);
      const books = await booksOf(store);
      expect(books).toEqual(isDecided ? before : adjusted(before, beyond));
      expect(await start(store)).toEqual([]);
    }
  });
});

describe('two nodes of which one finds a leg refused and the other does not', () => {
  test('end the document in one way', async () => {
    const store = await county();
    const before = await booksOf(store);
    // The first node has recorded that a leg was refused, and dies before it releases.
    await approve(dyingAfter(store, 3), beyond);
    const late = node(store);
    const { adjustmentId } = beyond;
    const reserve = { adjustmentId, ordinal: 3, ...adds(3, 21) } as const;
    await late.execute({ type: 'ReserveAdjustment', data: reserve }, asked('late'));
    const resolve = { adjustmentId, outcome: 'apply' } as const;
    expect(
      await late.execute({ type: 'ResolveAdjustment', data: resolve }, asked('resolve')),
    ).toMatchObject({ refusal: { code: 'adjustment-not-at-this-step' } });
    await start(store);
    expect(await booksOf(store)).toEqual(before);
    expect(await documentAs(store, 'a')).toMatchObject({
      status: 'abandoned',
      legs: [{ state: 'released' }, { state: 'asked' }, { state: 'released' }],
    });
  });

  test('release what one of them reserves after the document has ended', async () => {
    const store = await county();
    await approve(store, beyond);
    const reserve = { adjustmentId: 'a', ordinal: 3, ...adds(3, 21) } as const;
    const { execute } = node(store);
    await execute({ type: 'ReserveAdjustment', data: reserve }, asked('late'));
    expect(await start(store)).toHaveLength(1);
    expect(await start(store)).toEqual([]);
    const closing = { allocationId: 'fund3' };
    const closed = await execute({ type: 'CloseAllocation', data: closing }, asked('close'));
    expect(closed.kind).toBe('happened');
  });
});

/** What one leg takes at most, so that ten of them together are there. */
const MOST = { quota: 5, treasury: 3, unit: 1 } as const;
const BEYOND = 500;

/** Two to twenty legs that sum to zero, in any order; half of the documents have one that is refused. */
const documents = fc
  .record({
    pairs: fc.array(
      fc.record({
        from: fc.nat(1),
        to: fc.integer({ min: 2, max: 3 }),
        account: fc.constantFrom('quota', 'treasury', 'unit'),
      }),
      { minLength: 1, maxLength: 10 },
    ),
    isRefused: fc.boolean(),
    which: fc.nat(9),
    order: fc.infiniteStream(fc.nat(99)),
    cut: fc.nat(70),
  })
  .map(({ pairs, isRefused, which, order, cut }) => {
    const legs = pairs.flatMap(({ from, to, account }, index) => {
      const fen = isRefused && index === which % pairs.length ? BEYOND : MOST[account];
      return [lessens(from, fen, account), adds(to, fen, account)];
    });
    const shuffled = legs
      .map((leg) => ({ leg, at: order.next().value ?? 0 }))
      .sort((left, right) => left.at - right.at)
      .map(({ leg }) => leg);
    return { document: documentOf('a', ...shuffled), isRefused, cut };
  });

test('a document cut at a random append ends, after the next start, as it was or as approved', () =>
  fc.assert(
    fc.asyncProperty(documents, async ({ document, isRefused, cut }) => {
      const store = await county();
      const before = await booksOf(store);
      await approve(dyingAfter(store, cut), document);
      await start(store);
      const status = isRefused ? 'abandoned' : 'completed';
      expect((await documentAs(store, 'a'))?.status).toBe(cut === 0 ? undefined : status);
      const isApplied = cut > 0 && !isRefused;
      expect(await booksOf(store)).toEqual(isApplied ? adjusted(before, document) : before);
      expect(await start(store)).toEqual([]);
    }),
    { numRuns: times(30, 500) },
  ));

describe('work that fails at a start for a reason of its own', () => {
  test('is said with the reason, and does not keep other work from being ended', async () => {
    const store = await county();
    const other = documentOf('b', lessens(1, 5), adds(3, 5));
    await approve(dyingAfter(store, 1), documentOf('a', lessens(0, 20), adds(2, 20)));
    await approve(dyingAfter(store, 1), other);
    const damaged: EventStore = {
      ...store,
      readStream: (stream, options) => {
        if (stream === 'fund-fund0') throw new Error('The log reverses what it does not have.');
        return store.readStream(stream, options);
      },
    };
    const outcomes = new Map(
      (await start(damaged)).map(({ stream, outcome }) => [stream, outcome]),
    );
    expect(outcomes.get('adjustment-a')).toMatchObject({
      kind: 'failed',
      fault: { message: 'The log reverses what it does not have.' },
    });
    expect(outcomes.get('adjustment-b')).toMatchObject({ kind: 'ended' });
    expect(await documentAs(store, 'b')).toMatchObject({ status: 'completed' });
  });
});
