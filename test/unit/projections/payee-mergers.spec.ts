import { expect, test } from '@jest/globals';
import type { EventStore } from '#event-store/port';
import { openPastViews } from '#history/as-of/past-views';
import { noPayees } from '#ledger/payee/known-payee';
import { payeeSuccessorsOn } from '#ledger/payee/known-payees';
import { learnPayee } from '#ledger/payee/learn-payee';
import type { PayeeEvent } from '#ledger/payee/payee-events';
import { viewEventsOf } from '#projections/engine/event-source';
import { openViews } from '#projections/open-views';
import { payeeMergersInCircles, payees } from '#projections/place-directory/payees';
import { placeDirectoryView } from '#projections/place-directory/view';
import { eventIdAt, logOf, type DatedEvent } from '../../support/place-log.ts';
import { fc, times } from '../../support/property.ts';
import { pointOf } from '../history/given.ts';
import { openCircles, takeMerger, type NaiveMerger } from '../history/naive.ts';

const PAYEES = ['a', 'b', 'c', 'd', 'e'];

type DatedPayeeEvent = PayeeEvent & { readonly on: string };

const BEGINNING = PAYEES.map((payeeId): DatedPayeeEvent => ({
  type: 'PayeeRegistered',
  data: { payeeId, kind: 'enterprise', name: payeeId },
  on: '2024-01-01',
}));
const merged = (payeeId: string, intoPayeeId: string, on: string): DatedPayeeEvent => ({
  ...{ type: 'PayeeMerged', data: { payeeId, intoPayeeId, reason: '重复登记' }, on },
});

const payee = fc.constantFrom(...PAYEES);
const day = fc.integer({ min: 1, max: 28 }).map((n) => `2024-03-${`${n}`.padStart(2, '0')}`);
/** What nodes that write at once may leave: mergers into whatever payee, and one of the list taken back. */
const logs = fc
  .array(fc.record({ from: payee, into: payee, on: day, isRevoked: fc.boolean(), of: fc.nat(9) }), {
    maxLength: 14,
  })
  .map((rows) => {
    const events = [...BEGINNING];
    for (const { from, into, on, isRevoked, of } of rows) {
      const index = events.findLastIndex(
        ({ type }, at) => at <= BEGINNING.length + of && type === 'PayeeMerged',
      );
      const payeeId = events[index]?.data.payeeId;
      if (!isRevoked) events.push(merged(from, into, on));
      else if (payeeId !== undefined) {
        const data = { payeeId, reversedEventId: eventIdAt(index), reason: '误' };
        events.push({ type: 'PayeeMergerRevoked', data, on });
      }
    }
    return events;
  });

const ids = (index: number) => ({ id: eventIdAt(index), position: index + 1 });

/** The slow and obvious way. */
const naiveEnds = (events: readonly DatedPayeeEvent[], asOf: string) => {
  const mergers = new Map<string, NaiveMerger>();
  events.forEach((event, index) => {
    const { id, position } = ids(index);
    if (event.on <= asOf) takeMerger(mergers, { ...event, id, position: BigInt(position) });
  });
  openCircles(mergers);
  return PAYEES.map((start) => {
    let end = start;
    while (mergers.has(end)) end = mergers.get(end)?.into ?? '';
    return [start, end];
  });
};

const viewedEnds = async (store: EventStore, asOf: string) => {
  const { asOf: point } = await pointOf(store, { asOf });
  const past = await openPastViews(store, viewEventsOf(store), [placeDirectoryView], point);
  const ends = payees(past.db).map(({ payeeId, mergedInto = payeeId }) => [payeeId, mergedInto]);
  await past.close();
  return ends;
};

const ruledEnds = (events: readonly DatedPayeeEvent[], asOf: string) => {
  const known = noPayees();
  events.forEach(({ on: occurredOn, ...event }, index) =>
    learnPayee(known, { ...event, ...ids(index), occurredOn }),
  );
  const successorOf = payeeSuccessorsOn(known, asOf);
  return PAYEES.map((payeeId) => [payeeId, successorOf(payeeId)]);
};

test('Given any mergers and revocations, when asked as of any day, then view and rules end where a naive reading ends', () =>
  fc.assert(
    fc.asyncProperty(logs, day, async (events, asOf) => {
      const naive = naiveEnds(events, asOf);
      const datedEvents: readonly DatedEvent[] = events;
      expect(await viewedEnds(await logOf(datedEvents), asOf)).toEqual(naive);
      // A revocation before its merger is refused; the rules need not read one.
      if (isInOrder(events)) expect(ruledEnds(events, asOf)).toEqual(naive);
    }),
    { numRuns: times(150, 2_000) },
  ));

/** Whether a payee has one merger at most at any time, and each revocation is the first of its merger. */
const isInOrder = (events: readonly DatedPayeeEvent[]): boolean => {
  const open = new Map<string, { readonly eventId: string; readonly on: string }>();
  return events.every((event, index) => {
    const { payeeId } = event.data;
    const before = open.get(payeeId);
    if (event.type === 'PayeeMerged') {
      open.set(payeeId, { eventId: eventIdAt(index), on: event.on });
      return before === undefined;
    }
    if (event.type !== 'PayeeMergerRevoked') return true;
    open.delete(payeeId);
    return before?.eventId === event.data.reversedEventId && before.on <= event.on;
  });
};

test('Given two payees merged into each other, then the first merger holds, and the other is named', async () => {
  const events = [...BEGINNING, merged('a', 'b', '2024-03-01'), merged('b', 'a', '2024-03-02')];
  const views = openViews({ file: ':memory:', store: await logOf(events) });
  await views.catchUp();
  expect(views.status().filter(({ halted }) => halted !== undefined)).toEqual([]);
  expect(payees(views.db).slice(0, 2)).toMatchObject([
    { payeeId: 'a', mergedInto: 'b', mergedOn: '2024-03-01' },
    { payeeId: 'b' },
  ]);
  expect(payeeMergersInCircles(views.db)).toEqual([
    { payeeId: 'b', circleInto: 'a', mergerEventId: eventIdAt(events.length - 1) },
  ]);
  await views.close();
});
