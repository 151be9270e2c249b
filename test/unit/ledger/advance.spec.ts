import { describe, expect, test } from '@jest/globals';
import type { Occurrence } from '#ledger/decision';
import { fundDecider } from '#ledger/fund/fund-decider';
import type { FundEvent } from '#ledger/fund/fund-events';
import {
  allocated,
  arrived,
  closed,
  paid,
  requested,
  reversal,
  reversed,
  statementPayment,
  yuan,
} from './fund-examples.ts';
import { after, given } from './given.ts';

const allocationId = 'greenhouse';
const on = <Event extends FundEvent>(occurredOn: string, event: Event): Occurrence<Event> => ({
  ...event,
  occurredOn,
});
const lent = (amount: number, paymentId = 'payment-1') =>
  paid(amount, { from: 'advance', paymentId });
const lend = (amount: number) => ({
  type: 'DisburseFunds' as const,
  data: { ...statementPayment(amount), from: 'advance' as const },
});
const receive = (amount: number) => ({
  type: 'ReceiveFunds' as const,
  data: { allocationId, amountFen: yuan(amount) },
});
const repaid = (amount: number, occurredOn: string): Occurrence<FundEvent> => ({
  type: 'AdvanceRepaid',
  data: { allocationId, amountFen: yuan(amount) },
  occurredOn,
});
const back = (amount: number, to: 'advance' | 'treasury'): FundEvent => ({
  type: 'DisbursementReversed',
  data: { ...reversal(amount), to },
});

describe('a payment in advance, from a statement', () => {
  test('given nothing has arrived, then it is recorded, and waits for its money', () => {
    given(fundDecider, allocated).when(lend(300)).then(lent(300));
    const { accounts } = after(fundDecider, [allocated, lent(300)]);
    expect([accounts.advance, accounts.paid]).toEqual([yuan(-300), yuan(300)]);
  });

  test('the arrival repays it first, on its own day', () => {
    given(fundDecider, allocated, lent(300))
      .when(receive(1_000), { occurredOn: '2024-05-02' })
      .then(arrived(1_000), repaid(300, '2024-05-02'));
  });

  test('an arrival that is less repays what it can', () => {
    given(fundDecider, allocated, lent(300))
      .when(receive(100), { occurredOn: '2024-05-02' })
      .then(arrived(100), repaid(100, '2024-05-02'));
  });

  test('dated before an arrival that is recorded already, it is repaid on the day of that arrival', () => {
    given(fundDecider, allocated, on('2024-05-02', arrived(1_000)))
      .when(lend(300), { occurredOn: '2024-05-01' })
      .then(lent(300), repaid(300, '2024-05-02'));
  });

  test('dated after an arrival that is recorded later, it is repaid on its own day', () => {
    given(fundDecider, allocated, on('2024-05-02', lent(300)))
      .when(receive(1_000), { occurredOn: '2024-05-01' })
      .then(arrived(1_000), repaid(300, '2024-05-02'));
  });

  test('two arrivals repay it in two parts, each on its day', () => {
    given(fundDecider, allocated, on('2024-05-02', arrived(100)), on('2024-05-03', arrived(500)))
      .when(lend(300), { occurredOn: '2024-05-01' })
      .then(lent(300), repaid(100, '2024-05-02'), repaid(200, '2024-05-03'));
  });

  test('what requests reserve does not repay it', () => {
    given(fundDecider, allocated, arrived(100), requested(80))
      .when(lend(50))
      .then(lent(50), repaid(20, '2024-06-03'));
  });

  test('beyond what was allocated and is unspent it is refused', () => {
    given(fundDecider, allocated, lent(1_500_000))
      .when({ type: 'DisburseFunds', data: { ...lend(100_001).data, paymentId: 'p-2' } })
      .thenRefused({
        code: 'amount-exceeds-allocated-funds',
        amountFen: yuan(100_001),
        availableFen: yuan(100_000),
      });
  });
});

describe('while an advance is not repaid', () => {
  test('its quota cannot be taken back', () => {
    given(fundDecider, allocated, lent(300))
      .when({
        type: 'RecallAllocation',
        data: { allocationId, amountFen: yuan(1_599_701), approval: '〔2024〕9号' },
      })
      .thenRefused({
        code: 'amount-exceeds-allocated-funds',
        amountFen: yuan(1_599_701),
        availableFen: yuan(1_599_700),
      });
  });

  test('the allocation cannot be closed', () => {
    const close = { type: 'CloseAllocation' as const, data: { allocationId } };
    given(fundDecider, allocated, lent(300))
      .when(close)
      .thenRefused({ code: 'advance-not-repaid', advanceFen: yuan(300) });
    given(fundDecider, allocated, lent(300), arrived(300), repaid(300, '2024-01-01'))
      .when(close)
      .then(closed);
  });
});

describe('a payment in advance that is reversed', () => {
  const reverse = { type: 'ReverseDisbursement' as const, data: reversal(300) };

  test('given it was not repaid, then it is no advance any more', () => {
    given(fundDecider, allocated, lent(300)).when(reverse).then(back(300, 'advance'));
  });

  test('given it was repaid, then the money comes back to the treasury', () => {
    given(fundDecider, allocated, lent(300), arrived(300), repaid(300, '2024-01-01'))
      .when(reverse)
      .then(back(300, 'treasury'));
  });

  test('given part was repaid, then each part goes where it came from', () => {
    given(fundDecider, allocated, lent(300), arrived(100), repaid(100, '2024-01-01'))
      .when(reverse)
      .then(back(200, 'advance'), back(100, 'treasury'));
  });

  test('a payment from the treasury still comes back to the treasury', () => {
    given(fundDecider, allocated, arrived(300), paid(300)).when(reverse).then(reversed(300));
  });
});
