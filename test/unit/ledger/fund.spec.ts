import { describe, expect, test } from '@jest/globals';
import { fundDecider } from '#ledger/fund/fund-decider';
import type { FundEvent } from '#ledger/fund/fund-events';
import { ACCOUNTS } from '#ledger/fund/transfer';
import { GREATEST_AMOUNT } from '#ledger/money';
import { leg, reservation, reserved } from './adjustment-examples.ts';
import {
  allocated,
  allocation,
  approved,
  arrived,
  asset,
  closed,
  milestone,
  paid,
  rejected,
  released,
  request,
  requested,
  reversal,
  reversed,
  statementPayment,
  yuan,
} from './fund-examples.ts';
import { after, finance, given } from './given.ts';

const allocationId = 'greenhouse';
const givenFund = (...history: readonly FundEvent[]) => given(fundDecider, ...history);
const accountsAfter = (...history: readonly FundEvent[]) => after(fundDecider, history).accounts;

describe('from allocation to payment', () => {
  test('given nothing, when funds are allocated, then they are', () => {
    givenFund().when({ type: 'AllocateFunds', data: allocation }).then(allocated);
  });

  test('given an allocation, when all of it arrives, then it has arrived', () => {
    givenFund(allocated)
      .when({ type: 'ReceiveFunds', data: { allocationId, amountFen: yuan(1_600_000) } })
      .then(arrived(1_600_000));
  });

  test('given arrived funds, when part is released to the unit, then it is', () => {
    const data = { allocationId, amountFen: yuan(400_000), unit: '北旺庄街道办' };
    givenFund(allocated, arrived(800_000))
      .when({ type: 'ReleaseFunds', data })
      .then(released(400_000));
  });

  test('a request remembers who asked, and needs nobody else', () => {
    givenFund(allocated, arrived(800_000))
      .when({ type: 'RequestDisbursement', data: request(400_000) })
      .then(requested(400_000));
  });

  test('a second person approves', () => {
    givenFund(allocated, arrived(800_000), requested(400_000))
      .when(
        { type: 'ApproveDisbursement', data: { allocationId, requestId: 'request-1' } },
        { actor: finance },
      )
      .then(approved());
  });

  test('an approved request is paid as it was approved', () => {
    const data = {
      ground: 'request' as const,
      allocationId,
      paymentId: 'payment-1',
      requestId: 'request-1',
      voucher: 'zf-0001',
    };
    givenFund(allocated, arrived(800_000), requested(400_000), approved())
      .when({ type: 'DisburseFunds', data })
      .then(paid(400_000, { ground: { kind: 'request', requestId: 'request-1' } }));
  });

  test('a payment on a statement needs no request', () => {
    givenFund(allocated, arrived(800_000))
      .when({ type: 'DisburseFunds', data: statementPayment(800_000) })
      .then(paid(800_000));
  });

  test('a rejected request sets its amount free', () => {
    givenFund(allocated, arrived(800_000), requested(800_000), rejected())
      .when({ type: 'DisburseFunds', data: statementPayment(800_000) })
      .then(paid(800_000));
  });

  test('an approved request that nobody will pay can still be rejected', () => {
    const data = { allocationId, requestId: 'request-1', reason: '缺验收单' };
    givenFund(allocated, arrived(800_000), requested(800_000), approved())
      .when({ type: 'RejectDisbursement', data }, { actor: finance })
      .then(rejected());
  });
});

describe('corrections', () => {
  test('a reversal brings the money back to the account it left', () => {
    givenFund(allocated, arrived(800_000), paid(400_000))
      .when({ type: 'ReverseDisbursement', data: reversal(400_000) })
      .then(reversed(400_000));
  });

  test('a payment may be reversed in parts', () => {
    givenFund(allocated, arrived(800_000), paid(400_000), reversed(150_000))
      .when({ type: 'ReverseDisbursement', data: { ...reversal(250_000), reversalId: 'r-2' } })
      .then({
        type: 'DisbursementReversed',
        data: { ...reversal(250_000), reversalId: 'r-2', to: 'treasury' },
      });
  });

  test('what was reversed can be paid again', () => {
    givenFund(allocated, arrived(400_000), paid(400_000), reversed(400_000))
      .when({ type: 'DisburseFunds', data: statementPayment(400_000, 'payment-2') })
      .then(paid(400_000, { paymentId: 'payment-2' }));
  });

  test('a payment of a closed allocation can still be reversed', () => {
    givenFund(allocated, arrived(400_000), paid(400_000), closed)
      .when({ type: 'ReverseDisbursement', data: reversal(400_000) })
      .then(reversed(400_000));
  });

  test('quota that an adjustment will take cannot arrive, and quota that it gave may', () => {
    givenFund(allocated, reserved())
      .when({ type: 'ReceiveFunds', data: { allocationId, amountFen: yuan(1_000_001) } })
      .thenRefused({
        code: 'amount-is-reserved-by-adjustments',
        amountFen: yuan(1_000_001),
        availableFen: yuan(1_000_000),
        reservedFen: yuan(600_000),
      });
    givenFund(allocated, reserved())
      .when({ type: 'AdjustAllocation', data: leg })
      .then({ type: 'AllocationAdjusted', data: leg });
    const increase = { ...leg, direction: 'increase' as const };
    givenFund(allocated, reserved({ direction: 'increase' }), {
      type: 'AllocationAdjusted',
      data: increase,
    })
      .when({ type: 'ReceiveFunds', data: { allocationId, amountFen: yuan(2_200_000) } })
      .then(arrived(2_200_000));
  });

  test.each(['treasury', 'unit'] as const)(
    'money on the account %s that an adjustment will take cannot be spent, before the day either',
    (account) => {
      const there = [allocated, arrived(1_000_000), released(400_000)];
      const amountFen = account === 'treasury' ? yuan(600_000) : yuan(400_000);
      const gives = { allocationId, from: account, reason: '余' };
      givenFund(...there, reserved({ account, amountFen }))
        .when({ type: 'ReturnFunds', data: { ...gives, amountFen: 1n } })
        .thenRefused({
          code: 'amount-is-reserved-by-adjustments',
          amountFen: 1n,
          availableFen: 0n,
          reservedFen: amountFen,
        });
      givenFund(...there, reserved({ account, amountFen }), {
        type: 'AdjustmentReservationReleased',
        data: reservation,
      })
        .when({
          type: 'ReturnFunds',
          data: { ...gives, amountFen },
        })
        .then({
          type: 'FundsReturned',
          data: { ...gives, amountFen },
        });
    },
  );

  test('what is reserved from a later day on counts on that day', () => {
    given(fundDecider, allocated, arrived(500_000), {
      ...reserved({ account: 'treasury', amountFen: yuan(400_000) }),
      occurredOn: '2024-06-02',
    })
      .when(
        {
          type: 'ReturnFunds',
          data: { allocationId, amountFen: yuan(100_001), from: 'treasury', reason: '余' },
        },
        { occurredOn: '2024-06-01' },
      )
      .thenRefused({
        code: 'amount-is-reserved-by-adjustments',
        amountFen: yuan(100_001),
        availableFen: yuan(100_000),
        reservedFen: yuan(400_000),
      });
  });
});

describe('at the edge of a rule', () => {
  test('an increase may be larger than the quota there is', () => {
    const data = { ...reservation, direction: 'increase' as const, amountFen: yuan(9_000_000) };
    givenFund(allocated)
      .when({ type: 'ReserveAdjustment', data })
      .then({ type: 'AdjustmentReserved', data });
  });

  test('100 亿元 is an amount, and one fen more is none', () => {
    const data = { ...allocation, amountFen: GREATEST_AMOUNT };
    givenFund().when({ type: 'AllocateFunds', data }).then({ type: 'FundsAllocated', data });
    const amountFen = GREATEST_AMOUNT + 1n;
    givenFund()
      .when({ type: 'AllocateFunds', data: { ...data, amountFen } })
      .thenRefused({ code: 'amount-too-large', amountFen });
  });

  test('what requests reserve on both accounts counts when an allocation is closed', () => {
    givenFund(
      allocated,
      arrived(800_000),
      released(400_000),
      requested(100_000),
      requested(100_000, { requestId: 'request-2', from: 'unit' }),
    )
      .when({ type: 'CloseAllocation', data: { allocationId } })
      .thenRefused({ code: 'requests-in-flight', reservedFen: yuan(200_000) });
  });

  test.each<FundEvent>([approved(), paid(1, { ground: { kind: 'request', requestId: 'r-9' } })])(
    'a log that decides or pays a request never made is not folded further: $type',
    (event) => {
      expect(() => after(fundDecider, [event])).toThrow(/request .*, never made/);
    },
  );

  test('a log that reverses a payment never made is not folded further', () => {
    expect(() => after(fundDecider, [reversed(1)])).toThrow(/payment payment-1, never made/);
  });
});

describe('the money of one allocation', () => {
  const life = [
    allocated,
    arrived(1_000_000),
    released(300_000),
    requested(200_000),
    approved(),
    paid(200_000, { ground: { kind: 'request', requestId: 'request-1' } }),
    paid(100_000, { paymentId: 'payment-2', from: 'unit' }),
    reversed(50_000),
  ];

  test('moves from account to account as the events say', () => {
    expect(accountsAfter(...life)).toEqual({
      source: -yuan(1_600_000),
      advance: 0n,
      quota: yuan(600_000),
      treasury: yuan(550_000),
      unit: yuan(200_000),
      paid: yuan(250_000),
      returned: 0n,
    });
  });

  test('goes up by an increase and down by a decrease, and nothing else moves', () => {
    const adjusted = (direction: 'increase' | 'decrease'): FundEvent => ({
      type: 'AllocationAdjusted',
      data: {
        allocationId,
        adjustmentId: 'adjustment-1',
        direction,
        amountFen: yuan(600_000),
        approval: '朔区脱贫巩固组〔2024〕9号',
      },
    });
    const quotaAfter = (...events: readonly FundEvent[]) => accountsAfter(...events).quota;
    expect(quotaAfter(allocated, adjusted('increase'))).toBe(yuan(2_200_000));
    expect(quotaAfter(allocated, adjusted('decrease'))).toBe(yuan(1_000_000));
  });

  test.each(life.map((_event, index) => index + 1))('sums to zero after %i events', (length) => {
    const accounts = accountsAfter(...life.slice(0, length));
    expect(ACCOUNTS.reduce((sum, account) => sum + accounts[account], 0n)).toBe(0n);
  });
});

describe('the project', () => {
  test('starts, is completed, is accepted', () => {
    const started = milestone('ProjectStarted');
    const completed = milestone('ProjectCompleted');
    givenFund(allocated).when({ type: 'StartProject', data: { allocationId } }).then(started);
    givenFund(allocated, started)
      .when({ type: 'CompleteProject', data: { allocationId } })
      .then(completed);
    givenFund(allocated, started, completed)
      .when({ type: 'AcceptProject', data: { allocationId } })
      .then(milestone('ProjectAccepted'));
  });

  test('leaves an asset and benefits, even after closing', () => {
    const benefit = {
      allocationId,
      amountFen: yuan(12_000),
      households: 24,
      distributedOn: '2024-06-01',
    };
    givenFund(allocated, closed)
      .when({ type: 'RegisterAsset', data: asset })
      .then({ type: 'AssetRegistered', data: asset });
    givenFund(allocated, closed)
      .when({ type: 'DistributeBenefit', data: benefit })
      .then({ type: 'BenefitDistributed', data: benefit });
  });

  test('is classified with a ground, and classified again', () => {
    const data = { allocationId, projectType: '产业发展', ground: '项目库' };
    givenFund(allocated, { type: 'AllocationClassified', data })
      .when({ type: 'ClassifyAllocation', data: { ...data, projectType: '基础设施' } })
      .then({ type: 'AllocationClassified', data: { ...data, projectType: '基础设施' } });
  });
});
