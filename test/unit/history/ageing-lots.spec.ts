import { expect, test } from '@jest/globals';
import { lotsOf } from '#history/questions/ageing';
import { transferCode } from '#ledger/fund/transfer';
import { fc } from '../../support/property.ts';

const ARRIVAL = transferCode({ from: 'quota', to: 'treasury' });
const PAYMENT = transferCode({ from: 'treasury', to: 'paid' });
const REVERSAL = transferCode({ from: 'paid', to: 'treasury' });

const steps = fc.array(
  fc.record({ verb: fc.nat(2), fen: fc.integer({ min: 1, max: 6 }), which: fc.nat(9) }),
  { maxLength: 25 },
);

test('given arrivals, payments and reversals of any of them, each fen returns to the arrival it came from', () =>
  fc.assert(
    fc.property(steps, (asked) => {
      const postings: Parameters<typeof lotsOf>[0][number][] = [];
      const reversals = new Map<number, number>();
      // Single fen, each by the position of its arrival: on hand, and in each payment.
      let purse: number[] = [];
      const payments = new Map<number, number[]>();
      for (const [position, { verb, fen, which }] of asked.entries()) {
        const [payment, inPayment] = [...payments][which % Math.max(1, payments.size)] ?? [];
        const amountFen =
          verb === 0 ? fen : Math.min(fen, verb === 1 ? purse.length : (inPayment?.length ?? 0));
        if (amountFen === 0) continue;
        if (verb === 0) purse.push(...Array.from({ length: fen }, () => position));
        if (verb === 1) payments.set(position, purse.splice(0, amountFen));
        if (verb === 2 && payment !== undefined) {
          purse = [...purse, ...(inPayment?.splice(-amountFen) ?? [])].sort((a, b) => a - b);
          reversals.set(position, payment);
        }
        const transferKind = [ARRIVAL, PAYMENT, REVERSAL][verb] ?? 0;
        postings.push({
          position,
          day: position,
          place: 0,
          allocation: 0,
          transferKind,
          amountFen,
        });
      }
      const left = lotsOf(postings, reversals).flatMap(({ position, remainingFen }) =>
        Array.from({ length: remainingFen }, () => position),
      );
      expect(left).toEqual(purse);
    }),
  ));

test('given money that was returned and the return taken back, then it is as old as its arrival', () => {
  const posting = (position: number, way: Parameters<typeof transferCode>[0], fen: number) => ({
    ...{ position, day: position, place: 0, allocation: 0 },
    transferKind: transferCode(way),
    amountFen: fen,
  });
  const lots = lotsOf(
    [
      posting(1, { from: 'quota', to: 'treasury' }, 50),
      posting(2, { from: 'treasury', to: 'returned' }, 30),
      posting(3, { from: 'returned', to: 'treasury' }, 30),
      posting(4, { from: 'source', to: 'treasury' }, 7),
    ],
    new Map([[3, 2]]),
  );
  expect(lots).toEqual([
    { position: 1, day: 1, remainingFen: 50 },
    // Given by an adjustment: as old as its decision.
    { position: 4, day: 4, remainingFen: 7 },
  ]);
});
