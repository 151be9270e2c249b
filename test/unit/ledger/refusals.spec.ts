import { describe, expect, test } from '@jest/globals';
import { adjustmentDecider } from '#ledger/adjustment/adjustment-decider';
import type { AdjustmentDocument, AdjustmentEvent } from '#ledger/adjustment/adjustment-events';
import { announcementDecider } from '#ledger/announcement/announcement-decider';
import type { AnnouncementEvent } from '#ledger/announcement/announcement-events';
import type { Decision, Occurrence } from '#ledger/decision';
import type { FundCommand } from '#ledger/fund/fund-commands';
import { fundDecider } from '#ledger/fund/fund-decider';
import type { Parameter } from '#ledger/parameter/parameter-events';
import type { FundEvent } from '#ledger/fund/fund-events';
import { noticeDecider } from '#ledger/notice/notice-decider';
import { parameterDecider } from '#ledger/parameter/parameter-decider';
import { payeeDecider } from '#ledger/payee/payee-decider';
import { placeDecider } from '#ledger/place/place-decider';
import type { PlaceEvent, PlaceRegistration } from '#ledger/place/place-events';
import { voucherDecider } from '#ledger/voucher/voucher-decider';
import { refusalSentence } from '#presentation/refusal-sentence';
import type { RefusalCode } from '#ledger/refusals';
import { but, COMMANDS } from './command-examples.ts';
import {
  announcement,
  answer,
  answered,
  ended,
  enterprise,
  notice,
  noticeIssued,
  noticeWithdrawal,
  noticeWithdrawn,
  objection,
  parameter,
  payeeRegistered,
  posted,
  raised,
  takenDown,
  village,
  villageMerged,
  villageRegistered,
} from './examples.ts';
import {
  adjustmentApproved,
  adjustmentDocument,
  adjustmentId,
  leg,
  reservation,
  reserved,
} from './adjustment-examples.ts';
import {
  allocated,
  allocation,
  allocationId,
  approved,
  arrived,
  arrivalReversed,
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
  takingBack,
  voided,
  yuan,
} from './fund-examples.ts';
import { clerk, finance, given } from './given.ts';
import { PAYEES, payeeMerged, payeeMergedInto, payeesAfter } from './payees.ts';
import { mergedInto, NEIGHBOURS, placesAfter } from './places.ts';

const { announcementId } = announcement;
const { placeId } = village;
type When = Parameters<ReturnType<typeof given>['when']>[1];

const whenFund = (
  history: readonly Occurrence<FundEvent>[],
  command: FundCommand,
  by?: When,
): Decision<unknown> => given(fundDecider, ...history).when(command, by).decision;

const whenSet = (changes: Partial<Parameter>): Decision<unknown> =>
  given(parameterDecider).when({ type: 'SetParameter', data: { ...parameter, ...changes } })
    .decision;

const whenAdjustment = (
  history: readonly AdjustmentEvent[],
  changes: Partial<AdjustmentDocument>,
): Decision<unknown> =>
  given(adjustmentDecider, ...history).when({
    type: 'ApproveAdjustment',
    data: { ...adjustmentDocument, ...changes },
  }).decision;

const whenRegistered = (
  changes: Partial<PlaceRegistration>,
  ...events: readonly PlaceEvent[]
): Decision<unknown> =>
  given(placeDecider).when(
    { type: 'RegisterPlace', data: { ...village, ...changes } },
    { places: placesAfter(...NEIGHBOURS, ...events) },
  ).decision;

const amongVillages = { places: placesAfter(...NEIGHBOURS, villageRegistered) };

const whenMerged = (intoPlaceId: string, ...events: readonly PlaceEvent[]): Decision<unknown> =>
  given(placeDecider, villageRegistered).when(
    { type: 'MergePlace', data: { placeId, intoPlaceId } },
    { places: placesAfter(...NEIGHBOURS, villageRegistered, ...events) },
  ).decision;

const onHand = [allocated, arrived(800_000)];
const payment = {
  ground: 'request' as const,
  allocationId,
  paymentId: 'payment-9',
  requestId: 'request-1',
  voucher: 'zf-9',
};

const objectionWithdrawn: AnnouncementEvent = {
  type: 'ObjectionWithdrawn',
  data: { ...COMMANDS.WithdrawObjection.data, statusBefore: 'raised' },
};
const claim = {
  voucherId: 'slip',
  kind: 'payment',
  voucher: 'zf-9',
  payeeId: 'qinghonglv',
  amountFen: 1n,
  allocationId,
  paymentId: 'payment-1',
} as const;

/** Refusals that need more than one stream; the tests of `libs/application` have their rows. */
type OfSeveralStreams =
  | 'text-unsound'
  | 'unknown-place'
  | 'unknown-payee'
  | 'unknown-notice'
  | 'unknown-allocation'
  | 'voucher-already-paid'
  | 'unknown-adjustment';

/** One row for each refusal: the type makes a forgotten one a compile error. */
const ROWS: Record<Exclude<RefusalCode, OfSeveralStreams>, () => Decision<unknown>> = {
  'business-date-in-future': () =>
    whenFund([], { type: 'AllocateFunds', data: allocation }, { occurredOn: '2024-06-04' }),
  'dated-before-its-fact': () =>
    whenFund(
      [allocated],
      { type: 'ReceiveFunds', data: { allocationId, amountFen: 1n } },
      { occurredOn: '2023-12-31' },
    ),
  'amount-not-positive': () =>
    whenFund([allocated], { type: 'ReceiveFunds', data: { allocationId, amountFen: 0n } }),
  'amount-too-large': () =>
    whenFund([allocated], {
      type: 'ReceiveFunds',
      data: { allocationId, amountFen: 1_000_000_000_001n },
    }),

  'place-already-registered': () =>
    given(placeDecider, villageRegistered).when({ type: 'RegisterPlace', data: village }).decision,
  'place-not-registered': () =>
    given(placeDecider).when({ type: 'RenamePlace', data: { placeId, name: '新村' } }).decision,
  'place-already-merged': () =>
    given(placeDecider, villageRegistered, villageMerged).when({
      type: 'RenamePlace',
      data: { placeId, name: '新村' },
    }).decision,
  'place-merged-into-itself': () =>
    given(placeDecider, villageRegistered).when({
      type: 'MergePlace',
      data: { placeId, intoPlaceId: placeId },
    }).decision,
  'division-code-of-other-level': () =>
    given(placeDecider, villageRegistered).when({
      type: 'AssignPlaceCode',
      data: { placeId, divisionCode: '140602100000' },
    }).decision,
  'parent-missing': () => {
    const { parentId: _parent, ...orphan } = village;
    return given(placeDecider).when({ type: 'RegisterPlace', data: orphan }).decision;
  },
  'parent-of-wrong-level': () => whenRegistered({ parentId: 'beicao' }),
  'parent-is-merged': () => whenRegistered({}, mergedInto('jiazhuang', 'shentou')),
  'place-not-merged': () =>
    given(placeDecider, villageRegistered).when(COMMANDS.RevokePlaceMerger, amongVillages).decision,
  'revoked-before-merger': () =>
    given(placeDecider, villageRegistered, villageMerged).when(COMMANDS.RevokePlaceMerger, {
      places: placesAfter(...NEIGHBOURS, villageRegistered, villageMerged),
      occurredOn: '2024-02-07',
    }).decision,
  'parent-unchanged': () =>
    given(placeDecider, villageRegistered).when(
      but('ChangePlaceParent', { parentId: 'jiazhuang' }),
      amongVillages,
    ).decision,
  'place-name-blank': () => whenRegistered({ name: ' ' }),
  'place-name-taken': () => whenRegistered({ name: '北曹村' }),
  'merger-across-levels': () => whenMerged('jiazhuang'),
  'merger-in-circle': () => whenMerged('beicao', mergedInto('beicao', placeId)),
  'merger-into-merged-place': () => whenMerged('beicao', mergedInto('beicao', 'nancao')),

  'payee-already-registered': () =>
    given(payeeDecider, payeeRegistered).when({ type: 'RegisterPayee', data: enterprise }).decision,
  'payee-already-merged': () =>
    given(payeeDecider, payeeRegistered, payeeMerged).when(COMMANDS.MergePayee).decision,
  'payee-merged-into-itself': () =>
    given(payeeDecider, payeeRegistered).when(
      but('MergePayee', { intoPayeeId: enterprise.payeeId }),
    ).decision,
  'payees-of-different-kinds': () =>
    given(payeeDecider, payeeRegistered).when(but('MergePayee', { intoPayeeId: 'p-1' })).decision,
  'payee-merger-in-circle': () =>
    given(payeeDecider, payeeRegistered).when(COMMANDS.MergePayee, {
      payees: payeesAfter(...PAYEES, payeeMergedInto('xingzhang', enterprise.payeeId)),
    }).decision,
  'merger-into-merged-payee': () =>
    given(payeeDecider, payeeRegistered).when(COMMANDS.MergePayee, {
      payees: payeesAfter(...PAYEES, payeeMergedInto('xingzhang', 'beixin')),
    }).decision,
  'payee-not-merged': () =>
    given(payeeDecider, payeeRegistered).when(COMMANDS.RevokePayeeMerger).decision,
  'payee-is-merged': () =>
    whenFund(onHand, but('RequestDisbursement', { payeeId: enterprise.payeeId }), {
      payees: payeesAfter(...PAYEES, payeeMerged),
    }),
  'payee-not-registered': () =>
    given(payeeDecider).when({ type: 'ChangePayee', data: enterprise }).decision,
  'person-in-clear': () =>
    given(payeeDecider).when({
      type: 'RegisterPayee',
      data: { payeeId: 'p-1', kind: 'person', name: '张三' },
    }).decision,
  'organisation-without-name': () =>
    given(payeeDecider).when({
      type: 'RegisterPayee',
      data: { payeeId: 'p-1', kind: 'enterprise' },
    }).decision,
  'credit-code-wrong': () =>
    given(payeeDecider).when({
      type: 'RegisterPayee',
      data: { ...enterprise, creditCode: '91350100M000100Y44' },
    }).decision,

  'notice-already-issued': () =>
    given(noticeDecider, noticeIssued).when({ type: 'IssueNotice', data: notice }).decision,
  'notice-not-issued': () =>
    given(noticeDecider).when({ type: 'WithdrawNotice', data: noticeWithdrawal }).decision,
  'notice-already-withdrawn': () =>
    given(noticeDecider, noticeIssued, noticeWithdrawn).when({
      type: 'WithdrawNotice',
      data: noticeWithdrawal,
    }).decision,
  'notice-withdrawn': () =>
    whenFund(
      [allocated],
      { type: 'ReceiveFunds', data: { allocationId, amountFen: 1n } },
      { notice: { status: 'withdrawn', withdrawnOn: '2024-06-01' } },
    ),
  'notice-without-lines': () =>
    given(noticeDecider).when({ type: 'IssueNotice', data: { ...notice, annexes: [] } }).decision,
  'stated-total-differs': () => {
    const [annex] = notice.annexes;
    const annexes = annex === undefined ? [] : [{ ...annex, statedTotalFen: yuan(60_000) }];
    return given(noticeDecider).when({ type: 'IssueNotice', data: { ...notice, annexes } })
      .decision;
  },

  'allocation-already-exists': () =>
    whenFund([allocated], { type: 'AllocateFunds', data: allocation }),
  'allocation-not-found': () =>
    whenFund([], { type: 'ReceiveFunds', data: { allocationId, amountFen: 1n } }),
  'allocation-is-closed': () =>
    whenFund([allocated, closed], { type: 'ReceiveFunds', data: { allocationId, amountFen: 1n } }),
  'amount-exceeds-allocated-funds': () =>
    whenFund([allocated, arrived(1_600_000)], {
      type: 'ReceiveFunds',
      data: { allocationId, amountFen: 1n },
    }),
  'amount-exceeds-arrived-funds': () =>
    whenFund(onHand, { type: 'DisburseFunds', data: statementPayment(800_001) }),
  'amount-exceeds-released-funds': () =>
    whenFund([...onHand, released(100_000)], {
      type: 'DisburseFunds',
      data: { ...statementPayment(100_001), from: 'unit' },
    }),
  'amount-is-reserved-by-requests': () =>
    whenFund([...onHand, requested(700_000)], {
      type: 'DisburseFunds',
      data: statementPayment(100_001),
    }),
  'amount-exceeds-funds-of-day': () =>
    whenFund(
      [allocated, { ...arrived(800_000), occurredOn: '2024-05-02' }],
      { type: 'DisburseFunds', data: statementPayment(1) },
      { occurredOn: '2024-05-01' },
    ),
  'amount-is-reserved-by-adjustments': () =>
    whenFund([allocated, reserved({ amountFen: yuan(1_600_000) })], {
      type: 'ReceiveFunds',
      data: { allocationId, amountFen: 1n },
    }),
  'leg-already-reserved': () =>
    whenFund([allocated, reserved()], { type: 'ReserveAdjustment', data: reservation }),
  'leg-not-reserved': () => whenFund([allocated], { type: 'AdjustAllocation', data: leg }),
  'adjustments-in-flight': () =>
    whenFund([allocated, reserved({ direction: 'increase' })], {
      type: 'CloseAllocation',
      data: { allocationId },
    }),
  'adjustment-already-approved': () => whenAdjustment([adjustmentApproved], {}),
  'adjustment-not-found': () =>
    given(adjustmentDecider).when({ type: 'CompleteAdjustment', data: { adjustmentId } }).decision,
  'adjustment-not-waiting': () =>
    given(adjustmentDecider, adjustmentApproved).when({
      type: 'WithdrawAdjustment',
      data: { adjustmentId, reason: '有误' },
    }).decision,
  'adjustment-without-legs': () => whenAdjustment([], { legs: [] }),
  'adjustment-of-too-many-legs': () =>
    whenAdjustment([], { legs: Array.from({ length: 1_001 }, () => reservation) }),
  'leg-ordinal-repeated': () => whenAdjustment([], { legs: [reservation, reservation] }),
  'adjustment-not-at-this-step': () =>
    given(adjustmentDecider, adjustmentApproved).when({
      type: 'CompleteAdjustment',
      data: { adjustmentId },
    }).decision,
  'counterpart-is-same-allocation': () =>
    whenAdjustment([], {
      legs: [reservation, { ...reservation, ordinal: 2, direction: 'increase' }],
    }),
  'request-already-exists': () =>
    whenFund([...onHand, requested(1)], { type: 'RequestDisbursement', data: request(1) }),
  'request-not-found': () =>
    whenFund(onHand, {
      type: 'ApproveDisbursement',
      data: { allocationId, requestId: 'request-1' },
    }),
  'request-already-decided': () =>
    whenFund(
      [...onHand, requested(1), rejected()],
      { type: 'ApproveDisbursement', data: { allocationId, requestId: 'request-1' } },
      { actor: finance },
    ),
  'request-not-approved': () =>
    whenFund([...onHand, requested(1)], { type: 'DisburseFunds', data: payment }),
  'request-already-paid': () =>
    whenFund(
      [
        ...onHand,
        requested(1),
        approved(),
        paid(1, { ground: { kind: 'request', requestId: 'request-1' } }),
      ],
      { type: 'DisburseFunds', data: payment },
    ),
  'approver-is-requester': () =>
    whenFund(
      [...onHand, requested(1)],
      { type: 'ApproveDisbursement', data: { allocationId, requestId: 'request-1' } },
      { actor: { ...clerk, role: 'finance' } },
    ),
  'requests-in-flight': () =>
    whenFund([...onHand, requested(1)], { type: 'CloseAllocation', data: { allocationId } }),
  'advance-not-repaid': () =>
    whenFund([allocated, paid(1, { from: 'advance' })], {
      type: 'CloseAllocation',
      data: { allocationId },
    }),
  'voucher-claimed': () =>
    given(voucherDecider, { type: 'VoucherClaimed', data: claim }).when({
      type: 'ClaimVoucher',
      data: { ...claim, paymentId: 'payment-2', takenBack: [] },
    }).decision,
  'voucher-already-recorded': () =>
    whenFund(
      [allocated, { type: 'FundsArrived', data: { allocationId, amountFen: 1n, voucher: 'gk-1' } }],
      { type: 'ReceiveFunds', data: { allocationId, amountFen: 1n, voucher: 'gk-1' } },
    ),
  'payment-already-recorded': () =>
    whenFund([...onHand, paid(1)], { type: 'DisburseFunds', data: statementPayment(1) }),
  'payment-not-found': () => whenFund(onHand, { type: 'ReverseDisbursement', data: reversal(1) }),
  'payment-already-reversed': () =>
    whenFund([...onHand, paid(1), reversed(1)], { type: 'ReverseDisbursement', data: reversal(1) }),
  'reversal-exceeds-payment': () =>
    whenFund([...onHand, paid(2)], { type: 'ReverseDisbursement', data: reversal(3) }),
  'allocation-is-void': () =>
    whenFund([allocated, voided], { type: 'ReceiveFunds', data: { allocationId, amountFen: 1n } }),
  'allocation-not-as-entered': () =>
    whenFund([allocated, arrived(1)], {
      type: 'VoidAllocation',
      data: { allocationId, reason: '录入有误' },
    }),
  'entry-not-found': () => whenFund(onHand, { type: 'ReverseRelease', data: takingBack(1) }),
  'entry-already-reversed': () =>
    whenFund([...onHand, arrivalReversed(800_000)], {
      type: 'ReverseArrival',
      data: takingBack(1),
    }),
  'reversal-exceeds-entry': () =>
    whenFund([...onHand, arrivalReversed(300_000)], {
      type: 'ReverseArrival',
      data: { ...takingBack(1), amountFen: yuan(500_001) },
    }),
  'later-milestone-first': () =>
    whenFund([allocated, milestone('ProjectStarted'), milestone('ProjectCompleted')], {
      type: 'ReverseMilestone',
      data: takingBack(1),
    }),
  'project-already-started': () =>
    whenFund([allocated, milestone('ProjectStarted')], {
      type: 'StartProject',
      data: { allocationId },
    }),
  'project-not-started': () =>
    whenFund([allocated], { type: 'CompleteProject', data: { allocationId } }),
  'project-already-completed': () =>
    whenFund([allocated, milestone('ProjectStarted'), milestone('ProjectCompleted')], {
      type: 'CompleteProject',
      data: { allocationId },
    }),
  'project-not-completed': () =>
    whenFund([allocated, milestone('ProjectStarted')], {
      type: 'AcceptProject',
      data: { allocationId },
    }),
  'project-already-accepted': () =>
    whenFund([allocated, milestone('ProjectAccepted')], {
      type: 'AcceptProject',
      data: { allocationId },
    }),
  'asset-already-registered': () =>
    whenFund([allocated, { type: 'AssetRegistered', data: asset }], {
      type: 'RegisterAsset',
      data: asset,
    }),

  'announcement-already-posted': () =>
    given(announcementDecider, posted).when({ type: 'PostAnnouncement', data: announcement })
      .decision,
  'announcement-not-posted': () =>
    given(announcementDecider).when({ type: 'EndAnnouncement', data: { announcementId } }).decision,
  'announcement-already-ended': () =>
    given(announcementDecider, posted, ended).when({
      type: 'EndAnnouncement',
      data: { announcementId },
    }).decision,
  'announcement-already-withdrawn': () =>
    given(announcementDecider, posted, takenDown).when({
      type: 'EndAnnouncement',
      data: { announcementId },
    }).decision,
  'announcement-covers-nothing': () =>
    given(announcementDecider).when({
      type: 'PostAnnouncement',
      data: { ...announcement, allocationIds: [] },
    }).decision,
  'period-ends-before-it-begins': () =>
    given(announcementDecider).when({
      type: 'PostAnnouncement',
      data: { ...announcement, plannedUntil: '2024-05-05' },
    }).decision,
  'period-too-long': () =>
    given(announcementDecider).when({
      type: 'PostAnnouncement',
      data: { ...announcement, plannedUntil: '9999-12-31' },
    }).decision,
  'objection-already-raised': () =>
    given(announcementDecider, posted, raised).when({ type: 'RaiseObjection', data: objection })
      .decision,
  'objection-not-found': () =>
    given(announcementDecider, posted).when({ type: 'AnswerObjection', data: answer }).decision,
  'objection-already-answered': () =>
    given(announcementDecider, posted, raised, answered).when({
      type: 'AnswerObjection',
      data: answer,
    }).decision,
  'objection-not-answered': () =>
    given(announcementDecider, posted, raised).when(COMMANDS.RevokeObjectionAnswer).decision,
  'objection-already-withdrawn': () =>
    given(announcementDecider, posted, raised, objectionWithdrawn).when(COMMANDS.WithdrawObjection)
      .decision,
  'announcement-not-ended': () =>
    given(announcementDecider, posted).when(COMMANDS.RevokeAnnouncementEnd).decision,

  'parameter-without-source': () =>
    given(parameterDecider).when({
      type: 'SetParameter',
      data: { ...parameter, source: ' ' },
    }).decision,
  'parameter-unknown': () => whenSet({ parameterId: 'announcement-days' }),
  'parameter-of-another-kind': () => whenSet({ value: { kind: 'text', text: '十' } }),
  'parameter-out-of-range': () => whenSet({ value: { kind: 'integer', integer: 0 } }),
  'calendar-days-unfit': () =>
    whenSet({
      parameterId: 'working-calendar-2025',
      value: { kind: 'workingCalendar', holidays: [], workedWeekendDays: ['2025-01-27'] },
    }),
};

describe('every refusal', () => {
  test.each(Object.entries(ROWS))('%s', (code, decide) => {
    const decision = decide();
    expect(decision).toMatchObject({ kind: 'refused', refusal: { code } });
    if (decision.kind === 'refused') {
      const { zh, en } = refusalSentence(decision.refusal);
      expect(zh).toMatch(/。$/);
      expect(en).toMatch(/\.$/);
      expect(zh + en).not.toMatch(/undefined|NaN/);
    }
  });
});

describe('an attempt to overspend', () => {
  const refused = (reason: string, available: number) => ({
    type: 'DisbursementRefused',
    data: expect.objectContaining({ reason, availableFen: yuan(available), attemptedBy: 'wang' }),
  });

  test('is refused and leaves itself in the log', () => {
    expect(ROWS['amount-exceeds-arrived-funds']()).toMatchObject({
      events: [refused('amount-exceeds-arrived-funds', 800_000)],
    });
    expect(ROWS['amount-is-reserved-by-requests']()).toMatchObject({
      events: [refused('amount-is-reserved-by-requests', 100_000)],
    });
  });

  test('is the only refusal that does', () => {
    const leaving = Object.entries(ROWS)
      .filter(([, decide]) => decide().events.length > 0)
      .map(([code]) => code);
    expect(leaving).toEqual([
      'amount-exceeds-arrived-funds',
      'amount-exceeds-released-funds',
      'amount-is-reserved-by-requests',
    ]);
  });
});
