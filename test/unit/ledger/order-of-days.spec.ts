import { describe, expect, test } from '@jest/globals';
import { announcementDecider } from '#ledger/announcement/announcement-decider';
import type { Occurrence } from '#ledger/decision';
import { fundDecider } from '#ledger/fund/fund-decider';
import type { FundCommand } from '#ledger/fund/fund-commands';
import type { FundEvent } from '#ledger/fund/fund-events';
import { noticeDecider } from '#ledger/notice/notice-decider';
import type { EarlierFact } from '#ledger/refusals';
import {
  allocated,
  allocation,
  approved,
  arrived,
  milestone,
  paid,
  released,
  request,
  requested,
  reversal,
  statementPayment,
  yuan,
} from './fund-examples.ts';
import {
  announcement,
  answer,
  answered,
  noticeIssued,
  noticeWithdrawal,
  posted,
  raised,
} from './examples.ts';
import { finance, given } from './given.ts';

const allocationId = 'greenhouse';
const on = <Event extends FundEvent>(occurredOn: string, event: Event): Occurrence<Event> => ({
  ...event,
  occurredOn,
});
const ofRequest = {
  ground: 'request' as const,
  allocationId,
  paymentId: 'payment-1',
  requestId: 'request-1',
  voucher: 'zf-1',
};

describe('what comes after a fact is not dated before it', () => {
  const requestOn = on('2024-03-04', requested(1));
  const rows: readonly (readonly [
    sentence: string,
    history: readonly Occurrence<FundEvent>[],
    command: FundCommand,
    fact: EarlierFact,
  ])[] = [
    [
      'an arrival before the allocation',
      [on('2024-03-04', allocated)],
      { type: 'ReceiveFunds', data: { allocationId, amountFen: 1n } },
      'allocation',
    ],
    [
      'a start of the project before the allocation',
      [on('2024-03-04', allocated)],
      { type: 'StartProject', data: { allocationId } },
      'allocation',
    ],
    [
      'an approval before the request',
      [allocated, arrived(800_000), requestOn],
      { type: 'ApproveDisbursement', data: { allocationId, requestId: 'request-1' } },
      'request',
    ],
    [
      'a rejection before the request',
      [allocated, arrived(800_000), requestOn],
      { type: 'RejectDisbursement', data: { allocationId, requestId: 'request-1', reason: '退' } },
      'request',
    ],
    [
      'a rejection of what was approved, before the approval',
      [allocated, arrived(800_000), requested(1), on('2024-03-04', approved())],
      { type: 'RejectDisbursement', data: { allocationId, requestId: 'request-1', reason: '退' } },
      'approval',
    ],
    [
      'a payment before its approval',
      [allocated, arrived(800_000), requested(1), on('2024-03-04', approved())],
      { type: 'DisburseFunds', data: ofRequest },
      'approval',
    ],
    [
      'a reversal before its payment',
      [allocated, arrived(800_000), on('2024-03-04', paid(2))],
      { type: 'ReverseDisbursement', data: reversal(1) },
      'payment',
    ],
    [
      'a completion before the start',
      [allocated, on('2024-03-04', milestone('ProjectStarted'))],
      { type: 'CompleteProject', data: { allocationId } },
      'start',
    ],
    [
      'an acceptance before the completion',
      [allocated, milestone('ProjectStarted'), on('2024-03-04', milestone('ProjectCompleted'))],
      { type: 'AcceptProject', data: { allocationId } },
      'completion',
    ],
    [
      'a closing before money last moved',
      [allocated, on('2024-03-04', arrived(1))],
      { type: 'CloseAllocation', data: { allocationId } },
      'movement',
    ],
  ];

  test.each(rows)(
    '%s is refused on the day before, and accepted on the day',
    (_, history, command, fact) => {
      const fund = given(fundDecider, ...history);
      fund.when(command, { actor: finance, occurredOn: '2024-03-03' }).thenRefused({
        code: 'dated-before-its-fact',
        occurredOn: '2024-03-03',
        fact,
        on: '2024-03-04',
      });
      const { decision } = fund.when(command, { actor: finance, occurredOn: '2024-03-04' });
      expect(decision.kind).toBe('accepted');
    },
  );

  test('an allocation is not dated before its notice, nor made of one that is withdrawn', () => {
    const allocate = { type: 'AllocateFunds', data: allocation } as const;
    const notice = { status: 'issued', issuedOn: '2024-03-04' } as const;
    given(fundDecider).when(allocate, { notice, occurredOn: '2024-03-03' }).thenRefused({
      code: 'dated-before-its-fact',
      occurredOn: '2024-03-03',
      fact: 'notice',
      on: '2024-03-04',
    });
    given(fundDecider).when(allocate, { notice, occurredOn: '2024-03-04' }).then(allocated);
    given(fundDecider)
      .when(allocate, { notice: { ...notice, status: 'withdrawn' } })
      .thenRefused({ code: 'notice-already-withdrawn', noticeId: allocation.noticeId });
  });

  test('a withdrawal is not dated before its notice', () => {
    given(noticeDecider, { ...noticeIssued, occurredOn: '2024-03-04' })
      .when({ type: 'WithdrawNotice', data: noticeWithdrawal }, { occurredOn: '2024-03-03' })
      .thenRefused({
        code: 'dated-before-its-fact',
        occurredOn: '2024-03-03',
        fact: 'notice',
        on: '2024-03-04',
      });
  });

  test('an end is not dated before the posting, an answer not before the objection', () => {
    const early = (fact: EarlierFact) => ({
      code: 'dated-before-its-fact' as const,
      occurredOn: '2024-05-05',
      fact,
      on: '2024-05-06',
    });
    const { announcementId } = announcement;
    given(announcementDecider, { ...posted, occurredOn: '2024-05-06' })
      .when({ type: 'EndAnnouncement', data: { announcementId } }, { occurredOn: '2024-05-05' })
      .thenRefused(early('posting'));
    given(announcementDecider, posted, { ...raised, occurredOn: '2024-05-06' })
      .when({ type: 'AnswerObjection', data: answer }, { occurredOn: '2024-05-05' })
      .thenRefused(early('objection'));
  });

  test('an objection is not withdrawn before its answer, nor answered anew before that was revoked', () => {
    const { announcementId, objectionId } = answer;
    const early = (fact: EarlierFact) => ({
      code: 'dated-before-its-fact' as const,
      occurredOn: '2024-05-05',
      fact,
      on: '2024-05-06',
    });
    const withdrawal = { announcementId, objectionId, reason: '误' };
    given(announcementDecider, posted, raised, { ...answered, occurredOn: '2024-05-06' })
      .when({ type: 'WithdrawObjection', data: withdrawal }, { occurredOn: '2024-05-05' })
      .thenRefused(early('answer'));
    const revoked = {
      type: 'ObjectionAnswerRevoked' as const,
      data: { ...withdrawal, reversedEventId: 'event-2' },
      occurredOn: '2024-05-06',
    };
    given(announcementDecider, posted, raised, answered, revoked)
      .when({ type: 'AnswerObjection', data: answer }, { occurredOn: '2024-05-05' })
      .thenRefused(early('revocation'));
  });
});

describe('money is spent only where it is there on the day, and on every day since', () => {
  const exceeds = (
    account: 'quota' | 'treasury' | 'unit',
    day: string,
    available: number,
    amount: number,
  ) => ({
    code: 'amount-exceeds-funds-of-day' as const,
    account,
    on: day,
    amountFen: yuan(amount),
    availableFen: yuan(available),
  });
  const arrivedInMay = [allocated, on('2024-05-02', arrived(800_000))];

  test('a release before the arrival is refused with what was there', () => {
    given(fundDecider, ...arrivedInMay)
      .when(
        { type: 'ReleaseFunds', data: { allocationId, amountFen: yuan(1), unit: '乡' } },
        { occurredOn: '2024-05-01' },
      )
      .thenRefused(exceeds('treasury', '2024-05-01', 0, 1));
  });

  test('a payment dated back is refused where a later day would no longer have the money', () => {
    given(
      fundDecider,
      allocated,
      arrived(100),
      on('2024-05-01', paid(80)),
      on('2024-05-02', arrived(100)),
    )
      .when(
        { type: 'DisburseFunds', data: statementPayment(30, 'p-9') },
        { occurredOn: '2024-04-01' },
      )
      .thenRefused(exceeds('treasury', '2024-05-01', 20, 30));
  });

  test('it is accepted where only a later request reserves the rest', () => {
    given(
      fundDecider,
      allocated,
      arrived(100),
      on('2024-05-02', arrived(100)),
      on('2024-05-03', requested(100)),
    )
      .when(
        { type: 'DisburseFunds', data: statementPayment(100, 'p-9') },
        { occurredOn: '2024-04-01' },
      )
      .then(paid(100, { paymentId: 'p-9' }));
  });

  test('an arrival before the quota grew is refused', () => {
    const increase = {
      type: 'AllocationAdjusted' as const,
      data: {
        allocationId,
        adjustmentId: 'a-1',
        direction: 'increase' as const,
        amountFen: yuan(10),
        approval: '〔2024〕9号',
      },
    };
    given(fundDecider, allocated, arrived(1_600_000), on('2024-05-02', increase))
      .when(
        { type: 'ReceiveFunds', data: { allocationId, amountFen: yuan(10) } },
        { occurredOn: '2024-05-01' },
      )
      .thenRefused(exceeds('quota', '2024-05-01', 0, 10));
  });

  test('an approved request is not paid on a day before the money was with the unit', () => {
    // Written by an earlier release, which took a request dated before the release of its money.
    given(
      fundDecider,
      allocated,
      arrived(100),
      on('2024-05-02', released(100)),
      requested(100, { from: 'unit' }),
      approved(),
    )
      .when({ type: 'DisburseFunds', data: ofRequest }, { occurredOn: '2024-05-01' })
      .thenRefused(exceeds('unit', '2024-05-01', 0, 100));
  });
});

describe('a request that is rejected', () => {
  test('gives its money free on every day', () => {
    const rejection = {
      type: 'DisbursementRejected' as const,
      data: { allocationId, requestId: 'request-1', decidedBy: 'li', reason: '退' },
    };
    given(
      fundDecider,
      allocated,
      arrived(100),
      on('2024-05-01', requested(100)),
      on('2024-05-02', rejection),
    )
      .when(
        { type: 'RequestDisbursement', data: { ...request(100), requestId: 'request-2' } },
        { occurredOn: '2024-05-01' },
      )
      .then({
        type: 'DisbursementRequested',
        data: { ...request(100), requestId: 'request-2', requestedBy: 'wang' },
      });
  });
});
