import { describe, expect, test } from '@jest/globals';
import { COMMAND_TABLE } from '#ledger/command-table';
import { DECIDERS, type CommandType } from '#ledger/commands';
import type { AdjustmentLeg } from '#ledger/adjustment/adjustment-events';
import type { CommandContext } from '#ledger/context';
import type { Decider } from '#ledger/decision';
import type { FundEvent } from '#ledger/fund/fund-events';
import type { LedgerCommand, LedgerEvent } from '#ledger/ledger-events';
import type { RefusalCode } from '#ledger/refusals';
import {
  adjustmentApproved,
  adjustmentDocument,
  adjustmentWaiting,
  reservation,
  reserved,
  resolvedToApply,
  resolvedToRelease,
} from './adjustment-examples.ts';
import { but, COMMANDS, type CommandOfType } from './command-examples.ts';
import {
  answered,
  ended,
  line,
  noticeIssued,
  noticeWithdrawn,
  payeeRegistered,
  posted,
  raised,
  takenDown,
  villageMerged,
  villageRegistered,
} from './examples.ts';
import {
  allocated,
  allocationId,
  approved,
  arrivalReversed,
  arrived,
  asset,
  closed,
  milestone,
  paid,
  rejected,
  released,
  requested,
  reversed,
  takingBack,
  voided,
  yuan,
} from './fund-examples.ts';
import { clerk, finance, given } from './given.ts';
import { PAYEES, payeeMerged, payeeMergedInto, payeesAfter } from './payees.ts';
import { mergedInto, NEIGHBOURS, placesAfter, registered } from './places.ts';

/** What the ledger answers to a command after these events. */
type Rung<Command> = readonly [
  then: RefusalCode | 'accepted',
  given: readonly LedgerEvent[],
  when: Command,
  by?: Partial<CommandContext>,
];

/**
 * A ladder for each verb. The first command deserves as many refusals as one command can. Each rung
 * mends the cause of the refusal above it and nothing else, so the next refusal was deserved all
 * along and came later in the order; the last rung is accepted.
 */
type Ladders = { readonly [Type in CommandType]: readonly Rung<CommandOfType<Type>>[] };

/** A day after the first event of the history, and before all others. */
const early = { occurredOn: '2024-01-02' };
const laterThanFirst = (history: readonly LedgerEvent[]) =>
  history.map((event, index) => (index === 0 ? event : { ...event, occurredOn: '2024-01-05' }));
const tomorrow = { occurredOn: '2024-06-04' };
const zero = { amountFen: 0n };
const huge = { amountFen: 2n ** 53n };

/** The example's legs with other data. */
const withLegs = (
  ...changes: readonly Partial<AdjustmentLeg>[]
): CommandOfType<'ApproveAdjustment'> =>
  but('ApproveAdjustment', {
    legs: adjustmentDocument.legs.map((leg, index) => ({ ...leg, ...changes[index] })),
  });
const legs = (count: number): readonly AdjustmentLeg[] =>
  Array.from({ length: count }, (_, index) => ({ ...reservation, ...zero, ordinal: index }));
const unsoundDocument = but('ApproveAdjustment', { decidedOn: '2024-06-04', legs: [] });

const { parentId: _parent, ...orphan } = COMMANDS.RegisterPlace.data;
const townCode = '140602100000';
const orphanWithTownCode: CommandOfType<'RegisterPlace'> = {
  type: 'RegisterPlace',
  data: { ...orphan, divisionCode: townCode },
};

const namelessOrphan: CommandOfType<'RegisterPlace'> = {
  type: 'RegisterPlace',
  data: { ...orphanWithTownCode.data, name: ' ' },
};
const townCoded = { divisionCode: townCode };
const misplaced = { parentId: 'nancao', name: '北曹村' };
const namesake = { name: '北曹村' };
const townsMerged = placesAfter(...NEIGHBOURS, mergedInto('jiazhuang', 'shentou'));
const amongVillages = { places: placesAfter(...NEIGHBOURS, villageRegistered) };

/** Another village took the name when the first was merged away. */
const nameTakenSince = placesAfter(
  ...NEIGHBOURS,
  villageRegistered,
  villageMerged,
  registered('xincun-2', 'village', '辛村', 'jiazhuang'),
);
const NAMESAKES = [
  ...NEIGHBOURS,
  villageRegistered,
  registered('xincun-2', 'village', '辛村', 'shentou'),
];

const wrongCode = '91350100M000100Y44';
const person = {
  payeeId: 'qinghonglv',
  kind: 'person',
  name: '张三',
  creditCode: wrongCode,
} as const;
const nameless = { payeeId: 'qinghonglv', kind: 'enterprise', creditCode: wrongCode } as const;
const miscoded = { ...nameless, name: '青红绿农牧' } as const;

const annex = { annex: '1', title: '联系点', statedTotalFen: yuan(60_000) };
const withoutLines = { annexes: [{ ...annex, lines: [] }] };
const withEmptyLine = { annexes: [{ ...annex, lines: [line, { ...line, row: 2, ...zero }] }] };
const withOtherTotal = { annexes: [{ ...annex, lines: [line] }] };

const onHand = [allocated, arrived(800_000)];
const asked = [...onHand, requested(500_000)];
const started = milestone('ProjectStarted');
const completed = milestone('ProjectCompleted');
const accepted = milestone('ProjectAccepted');
const registeredAsset = { type: 'AssetRegistered', data: asset } as const;

const paidOnRequest = paid(500_000, { ground: { kind: 'request', requestId: 'request-1' } });
const payRequest: CommandOfType<'DisburseFunds'> = {
  type: 'DisburseFunds',
  data: {
    ground: 'request',
    allocationId,
    paymentId: 'payment-1',
    requestId: 'request-1',
    voucher: 'zf-9',
  },
};

const beyondQuota = { amountFen: yuan(1_600_001) };
const beyondArrived = { amountFen: yuan(800_001) };
const beyondFree = { amountFen: yuan(300_001) };
const free = { amountFen: yuan(300_000) };

/** Names the event at a place of the history. */
const at = (index: number) => ({ reversedEventId: `event-${index}` });
const onUnit = [...onHand, released(300_000)];
const paidByUnit = paid(1, { from: 'unit' });
const { ReturnFunds, RecallFunds, DistributeBenefit } = COMMANDS;
const fundsReturned = { type: 'FundsReturned', data: ReturnFunds.data } as const;
const fundsRecalled = { type: 'FundsRecalled', data: RecallFunds.data } as const;
const takenBackLater = { ...arrivalReversed(800_000), occurredOn: '2024-06-04' };
const benefit = { type: 'BenefitDistributed', data: DistributeBenefit.data } as const;
const AMOUNTS = {
  ReleaseReversed: yuan(300_000),
  ReturnReversed: ReturnFunds.data.amountFen,
  RecallReversed: RecallFunds.data.amountFen,
  BenefitReversed: DistributeBenefit.data.amountFen,
};
const takenBackAs = (type: keyof typeof AMOUNTS, index: number, to?: string) => {
  const data = { ...takingBack(index), amountFen: AMOUNTS[type], ...(to && { to }) };
  return { type, data } as FundEvent;
};
const reopened: FundEvent = { type: 'AllocationReopened', data: takingBack(1) };
const startReversed: FundEvent = {
  type: 'MilestoneReversed',
  data: { ...takingBack(1), milestone: 'started' },
};
const assetReversed: FundEvent = {
  type: 'AssetRegistrationReversed',
  data: { ...takingBack(1), assetId: asset.assetId },
};
const objectionWithdrawn = {
  type: 'ObjectionWithdrawn',
  data: { ...COMMANDS.WithdrawObjection.data, statusBefore: 'raised' },
} as const;

const answerRevoked = {
  type: 'ObjectionAnswerRevoked',
  data: { ...COMMANDS.RevokeObjectionAnswer.data, ...at(2) },
} as const;
const revokeAnswer = but('RevokeObjectionAnswer', at(2));

const ofWithdrawnNotice = { notice: { status: 'withdrawn', withdrawnOn: '2024-06-01' } } as const;

const backwards = { plannedUntil: '2024-05-05' };
const ofDays = (integer: number) => ({ kind: 'integer', integer }) as const;
const calendarOf = (holiday: string) => ({
  parameterId: 'working-calendar-2025',
  value: { kind: 'workingCalendar', holidays: [holiday], workedWeekendDays: [] } as const,
});

const intoItself = { intoPayeeId: 'qinghonglv' };
const inJanuary = { occurredOn: '2024-01-01' };
const circleOfPayees = payeesAfter(...PAYEES, payeeMergedInto('xingzhang', 'qinghonglv'));
const ofMerged = { payees: payeesAfter(...PAYEES, payeeMerged) };

const LADDERS: Ladders = {
  RegisterPlace: [
    ['business-date-in-future', [villageRegistered], namelessOrphan, tomorrow],
    ['place-already-registered', [villageRegistered], namelessOrphan],
    ['place-name-blank', [], namelessOrphan],
    ['parent-missing', [], orphanWithTownCode],
    ['division-code-of-other-level', [], but('RegisterPlace', { ...misplaced, ...townCoded })],
    ['parent-of-wrong-level', [], but('RegisterPlace', misplaced)],
    ['parent-is-merged', [], but('RegisterPlace', namesake), { places: townsMerged }],
    ['place-name-taken', [], but('RegisterPlace', namesake)],
    ['accepted', [], COMMANDS.RegisterPlace],
  ],
  RenamePlace: [
    ['business-date-in-future', [], but('RenamePlace', { name: ' ' }), tomorrow],
    ['place-not-registered', [], but('RenamePlace', { name: ' ' })],
    ['place-already-merged', [villageRegistered, villageMerged], but('RenamePlace', { name: ' ' })],
    ['place-name-blank', [villageRegistered], but('RenamePlace', { name: ' ' })],
    [
      'place-name-taken',
      [villageRegistered],
      but('RenamePlace', { name: '北曹村' }),
      amongVillages,
    ],
    ['accepted', [villageRegistered], COMMANDS.RenamePlace, amongVillages],
  ],
  MergePlace: [
    ['business-date-in-future', [], but('MergePlace', { intoPlaceId: 'xincun' }), tomorrow],
    ['place-not-registered', [], but('MergePlace', { intoPlaceId: 'xincun' })],
    [
      'place-already-merged',
      [villageRegistered, villageMerged],
      but('MergePlace', { intoPlaceId: 'xincun' }),
    ],
    ['place-merged-into-itself', [villageRegistered], but('MergePlace', { intoPlaceId: 'xincun' })],
    [
      'merger-across-levels',
      [villageRegistered],
      but('MergePlace', { intoPlaceId: 'jiazhuang' }),
      { places: placesAfter(...NEIGHBOURS, mergedInto('jiazhuang', 'xincun')) },
    ],
    [
      'merger-in-circle',
      [villageRegistered],
      COMMANDS.MergePlace,
      { places: placesAfter(...NEIGHBOURS, villageRegistered, mergedInto('beicao', 'xincun')) },
    ],
    [
      'merger-into-merged-place',
      [villageRegistered],
      COMMANDS.MergePlace,
      { places: placesAfter(...NEIGHBOURS, mergedInto('beicao', 'nancao')) },
    ],
    ['accepted', [villageRegistered], COMMANDS.MergePlace],
  ],
  RevokePlaceMerger: [
    ['business-date-in-future', [], COMMANDS.RevokePlaceMerger, tomorrow],
    ['place-not-registered', [], COMMANDS.RevokePlaceMerger],
    ['place-not-merged', [villageRegistered], COMMANDS.RevokePlaceMerger, amongVillages],
    [
      'revoked-before-merger',
      [villageRegistered, villageMerged],
      COMMANDS.RevokePlaceMerger,
      { places: nameTakenSince, occurredOn: '2024-02-07' },
    ],
    [
      'place-name-taken',
      [villageRegistered, villageMerged],
      COMMANDS.RevokePlaceMerger,
      { places: nameTakenSince },
    ],
    [
      'accepted',
      [villageRegistered, villageMerged],
      COMMANDS.RevokePlaceMerger,
      { places: placesAfter(...NEIGHBOURS, villageRegistered, villageMerged) },
    ],
  ],
  ChangePlaceParent: [
    ['business-date-in-future', [], but('ChangePlaceParent', { parentId: 'jiazhuang' }), tomorrow],
    ['place-not-registered', [], but('ChangePlaceParent', { parentId: 'jiazhuang' })],
    [
      'place-already-merged',
      [villageRegistered, villageMerged],
      but('ChangePlaceParent', { parentId: 'jiazhuang' }),
      amongVillages,
    ],
    [
      'parent-unchanged',
      [villageRegistered],
      but('ChangePlaceParent', { parentId: 'beicao' }),
      { places: placesAfter(...NEIGHBOURS, registered('xincun', 'village', '辛村', 'beicao')) },
    ],
    [
      'parent-of-wrong-level',
      [villageRegistered],
      but('ChangePlaceParent', { parentId: 'beicao' }),
      amongVillages,
    ],
    [
      'parent-is-merged',
      [villageRegistered],
      COMMANDS.ChangePlaceParent,
      { places: placesAfter(...NAMESAKES, mergedInto('shentou', 'jiazhuang')) },
    ],
    [
      'place-name-taken',
      [villageRegistered],
      COMMANDS.ChangePlaceParent,
      { places: placesAfter(...NAMESAKES) },
    ],
    ['accepted', [villageRegistered], COMMANDS.ChangePlaceParent, amongVillages],
  ],
  AssignPlaceCode: [
    ['business-date-in-future', [], but('AssignPlaceCode', { divisionCode: townCode }), tomorrow],
    ['place-not-registered', [], but('AssignPlaceCode', { divisionCode: townCode })],
    [
      'place-already-merged',
      [villageRegistered, villageMerged],
      but('AssignPlaceCode', { divisionCode: townCode }),
    ],
    [
      'division-code-of-other-level',
      [villageRegistered],
      but('AssignPlaceCode', { divisionCode: townCode }),
    ],
    ['accepted', [villageRegistered], COMMANDS.AssignPlaceCode],
  ],

  RegisterPayee: [
    [
      'business-date-in-future',
      [payeeRegistered],
      { type: 'RegisterPayee', data: person },
      tomorrow,
    ],
    ['payee-already-registered', [payeeRegistered], { type: 'RegisterPayee', data: person }],
    ['person-in-clear', [], { type: 'RegisterPayee', data: person }],
    ['organisation-without-name', [], { type: 'RegisterPayee', data: nameless }],
    ['credit-code-wrong', [], { type: 'RegisterPayee', data: miscoded }],
    ['accepted', [], COMMANDS.RegisterPayee],
  ],
  ChangePayee: [
    ['business-date-in-future', [], { type: 'ChangePayee', data: person }, tomorrow],
    ['payee-not-registered', [], { type: 'ChangePayee', data: person }],
    ['person-in-clear', [payeeRegistered], { type: 'ChangePayee', data: person }],
    ['organisation-without-name', [payeeRegistered], { type: 'ChangePayee', data: nameless }],
    ['credit-code-wrong', [payeeRegistered], { type: 'ChangePayee', data: miscoded }],
    ['payee-already-merged', [payeeRegistered, payeeMerged], { type: 'ChangePayee', data: person }],
    ['accepted', [payeeRegistered], COMMANDS.ChangePayee],
  ],
  MergePayee: [
    ['business-date-in-future', [], but('MergePayee', intoItself), tomorrow],
    ['payee-not-registered', [], but('MergePayee', intoItself)],
    ['payee-already-merged', [payeeRegistered, payeeMerged], but('MergePayee', intoItself)],
    ['payee-merged-into-itself', [payeeRegistered], but('MergePayee', intoItself), inJanuary],
    ['unknown-payee', [payeeRegistered], but('MergePayee', { intoPayeeId: 'none' }), inJanuary],
    [
      'payees-of-different-kinds',
      [payeeRegistered],
      but('MergePayee', { intoPayeeId: 'p-1' }),
      inJanuary,
    ],
    [
      'dated-before-its-fact',
      [payeeRegistered],
      COMMANDS.MergePayee,
      { payees: circleOfPayees, occurredOn: '2024-02-01' },
    ],
    ['payee-merger-in-circle', [payeeRegistered], COMMANDS.MergePayee, { payees: circleOfPayees }],
    [
      'merger-into-merged-payee',
      [payeeRegistered],
      COMMANDS.MergePayee,
      { payees: payeesAfter(...PAYEES, payeeMergedInto('xingzhang', 'beixin')) },
    ],
    ['accepted', [payeeRegistered], COMMANDS.MergePayee],
  ],
  RevokePayeeMerger: [
    ['business-date-in-future', [], COMMANDS.RevokePayeeMerger, tomorrow],
    ['payee-not-registered', [], COMMANDS.RevokePayeeMerger],
    ['payee-not-merged', [payeeRegistered], COMMANDS.RevokePayeeMerger, inJanuary],
    [
      'revoked-before-merger',
      [payeeRegistered, payeeMerged],
      COMMANDS.RevokePayeeMerger,
      { payees: payeesAfter(...PAYEES, payeeMerged), occurredOn: '2024-02-04' },
    ],
    [
      'accepted',
      [payeeRegistered, payeeMerged],
      COMMANDS.RevokePayeeMerger,
      { payees: payeesAfter(...PAYEES, payeeMerged), occurredOn: '2024-02-05' },
    ],
  ],

  IssueNotice: [
    ['business-date-in-future', [noticeIssued], but('IssueNotice', withoutLines), tomorrow],
    ['notice-already-issued', [noticeIssued], but('IssueNotice', withoutLines)],
    ['notice-without-lines', [], but('IssueNotice', withoutLines)],
    ['amount-not-positive', [], but('IssueNotice', withEmptyLine)],
    ['stated-total-differs', [], but('IssueNotice', withOtherTotal)],
    ['accepted', [], COMMANDS.IssueNotice],
  ],
  WithdrawNotice: [
    ['business-date-in-future', [], COMMANDS.WithdrawNotice, tomorrow],
    ['notice-not-issued', [], COMMANDS.WithdrawNotice],
    ['notice-already-withdrawn', [noticeIssued, noticeWithdrawn], COMMANDS.WithdrawNotice],
    ['accepted', [noticeIssued], COMMANDS.WithdrawNotice],
  ],

  AllocateFunds: [
    ['business-date-in-future', [allocated], but('AllocateFunds', zero), tomorrow],
    ['allocation-already-exists', [allocated], but('AllocateFunds', zero)],
    ['amount-not-positive', [], but('AllocateFunds', zero)],
    ['amount-too-large', [], but('AllocateFunds', huge)],
    ['accepted', [], COMMANDS.AllocateFunds],
  ],
  ApproveAdjustment: [
    ['business-date-in-future', [adjustmentApproved], unsoundDocument, tomorrow],
    ['adjustment-already-approved', [adjustmentApproved], unsoundDocument],
    ['dated-before-its-fact', [], unsoundDocument],
    ['adjustment-without-legs', [], but('ApproveAdjustment', { legs: [] })],
    ['adjustment-of-too-many-legs', [], but('ApproveAdjustment', { legs: legs(1_001) })],
    ['amount-not-positive', [], withLegs({ ...zero }, { ordinal: 1 })],
    ['amount-too-large', [], withLegs({ ...huge }, { ordinal: 1 })],
    ['leg-ordinal-repeated', [], withLegs({}, { ordinal: 1, allocationId })],
    ['counterpart-is-same-allocation', [], withLegs({}, { allocationId })],
    ['accepted', [], COMMANDS.ApproveAdjustment],
  ],
  WithdrawAdjustment: [
    ['business-date-in-future', [], COMMANDS.WithdrawAdjustment, tomorrow],
    ['adjustment-not-found', [], COMMANDS.WithdrawAdjustment],
    ['adjustment-not-waiting', [adjustmentApproved], COMMANDS.WithdrawAdjustment],
    ['accepted', [adjustmentWaiting], COMMANDS.WithdrawAdjustment],
  ],
  ResolveAdjustment: [
    ['business-date-in-future', [], COMMANDS.ResolveAdjustment, tomorrow],
    ['adjustment-not-found', [], COMMANDS.ResolveAdjustment],
    ['adjustment-not-at-this-step', [adjustmentWaiting], COMMANDS.ResolveAdjustment],
    ['accepted', [adjustmentApproved], COMMANDS.ResolveAdjustment],
  ],
  CompleteAdjustment: [
    ['business-date-in-future', [], COMMANDS.CompleteAdjustment, tomorrow],
    ['adjustment-not-found', [], COMMANDS.CompleteAdjustment],
    ['adjustment-not-at-this-step', [adjustmentApproved], COMMANDS.CompleteAdjustment],
    ['accepted', [adjustmentApproved, resolvedToApply], COMMANDS.CompleteAdjustment],
  ],
  AbandonAdjustment: [
    ['business-date-in-future', [], COMMANDS.AbandonAdjustment, tomorrow],
    ['adjustment-not-found', [], COMMANDS.AbandonAdjustment],
    [
      'adjustment-not-at-this-step',
      [adjustmentApproved, resolvedToApply],
      COMMANDS.AbandonAdjustment,
    ],
    ['accepted', [adjustmentApproved, resolvedToRelease], COMMANDS.AbandonAdjustment],
  ],
  ReserveAdjustment: [
    ['business-date-in-future', [], but('ReserveAdjustment', zero), tomorrow],
    ['allocation-not-found', [], but('ReserveAdjustment', zero)],
    ['allocation-is-closed', [allocated, closed], but('ReserveAdjustment', zero)],
    [
      'notice-withdrawn',
      [allocated],
      but('ReserveAdjustment', { ...zero, direction: 'increase' }),
      ofWithdrawnNotice,
    ],
    ['leg-already-reserved', [allocated, reserved()], but('ReserveAdjustment', zero)],
    ['amount-not-positive', [allocated], but('ReserveAdjustment', zero)],
    ['amount-too-large', [allocated], but('ReserveAdjustment', huge)],
    ['amount-exceeds-allocated-funds', [allocated], but('ReserveAdjustment', beyondQuota)],
    [
      'amount-is-reserved-by-adjustments',
      [allocated, reserved({ ordinal: 2, amountFen: yuan(1_200_000) })],
      COMMANDS.ReserveAdjustment,
    ],
    ['accepted', [allocated], COMMANDS.ReserveAdjustment],
    ['accepted', [allocated], COMMANDS.ReserveAdjustment, ofWithdrawnNotice],
  ],
  AdjustAllocation: [
    ['business-date-in-future', [], COMMANDS.AdjustAllocation, tomorrow],
    ['allocation-not-found', [], COMMANDS.AdjustAllocation],
    ['allocation-is-closed', [allocated, closed], COMMANDS.AdjustAllocation],
    ['leg-not-reserved', [allocated, reserved({ amountFen: 1n })], COMMANDS.AdjustAllocation],
    ['accepted', [allocated, reserved()], COMMANDS.AdjustAllocation],
    [
      'accepted',
      [allocated, reserved({ direction: 'increase' })],
      but('AdjustAllocation', { direction: 'increase' }),
      ofWithdrawnNotice,
    ],
  ],
  ReleaseAdjustmentReservation: [
    ['business-date-in-future', [], COMMANDS.ReleaseAdjustmentReservation, tomorrow],
    ['allocation-not-found', [], COMMANDS.ReleaseAdjustmentReservation],
    ['allocation-is-closed', [allocated, closed], COMMANDS.ReleaseAdjustmentReservation],
    ['leg-not-reserved', [allocated], COMMANDS.ReleaseAdjustmentReservation],
    ['accepted', [allocated, reserved()], COMMANDS.ReleaseAdjustmentReservation],
  ],
  ClassifyAllocation: [
    ['business-date-in-future', [], COMMANDS.ClassifyAllocation, tomorrow],
    ['allocation-not-found', [], COMMANDS.ClassifyAllocation],
    ['allocation-is-closed', [allocated, closed], COMMANDS.ClassifyAllocation],
    ['accepted', [allocated], COMMANDS.ClassifyAllocation],
  ],
  ReceiveFunds: [
    ['business-date-in-future', [], but('ReceiveFunds', zero), tomorrow],
    ['allocation-not-found', [], but('ReceiveFunds', zero)],
    ['allocation-is-closed', [allocated, closed], but('ReceiveFunds', zero)],
    ['amount-not-positive', [allocated], but('ReceiveFunds', zero)],
    ['amount-too-large', [allocated], but('ReceiveFunds', huge)],
    ['amount-exceeds-allocated-funds', [allocated], but('ReceiveFunds', beyondQuota)],
    ['accepted', [allocated], COMMANDS.ReceiveFunds],
  ],
  ReleaseFunds: [
    ['business-date-in-future', [], but('ReleaseFunds', zero), tomorrow],
    ['allocation-not-found', [], but('ReleaseFunds', zero)],
    ['allocation-is-closed', [...asked, closed], but('ReleaseFunds', zero)],
    ['amount-not-positive', asked, but('ReleaseFunds', zero)],
    ['amount-too-large', asked, but('ReleaseFunds', huge)],
    ['amount-exceeds-arrived-funds', asked, but('ReleaseFunds', beyondArrived)],
    ['amount-is-reserved-by-requests', asked, but('ReleaseFunds', beyondFree)],
    ['accepted', asked, but('ReleaseFunds', free)],
  ],
  RequestDisbursement: [
    ['business-date-in-future', [], but('RequestDisbursement', zero), tomorrow],
    ['allocation-not-found', [], but('RequestDisbursement', zero)],
    ['allocation-is-closed', [...asked, closed], but('RequestDisbursement', zero)],
    ['request-already-exists', asked, but('RequestDisbursement', zero), ofMerged],
    ['payee-is-merged', asked, but('RequestDisbursement', { requestId: 'r-2', ...zero }), ofMerged],
    ['amount-not-positive', asked, but('RequestDisbursement', { requestId: 'r-2', ...zero })],
    ['amount-too-large', asked, but('RequestDisbursement', { requestId: 'r-2', ...huge })],
    [
      'amount-exceeds-arrived-funds',
      asked,
      but('RequestDisbursement', { requestId: 'r-2', ...beyondArrived }),
    ],
    [
      'amount-is-reserved-by-requests',
      asked,
      but('RequestDisbursement', { requestId: 'r-2', ...beyondFree }),
    ],
    ['accepted', asked, but('RequestDisbursement', { requestId: 'r-2', ...free })],
  ],
  ApproveDisbursement: [
    ['business-date-in-future', [], COMMANDS.ApproveDisbursement, tomorrow],
    ['allocation-not-found', [], COMMANDS.ApproveDisbursement],
    ['allocation-is-closed', [...onHand, closed], COMMANDS.ApproveDisbursement],
    ['request-not-found', onHand, COMMANDS.ApproveDisbursement],
    ['request-already-decided', [...asked, approved()], COMMANDS.ApproveDisbursement],
    ['approver-is-requester', asked, COMMANDS.ApproveDisbursement, { actor: clerk }],
    ['accepted', asked, COMMANDS.ApproveDisbursement, { actor: finance }],
  ],
  RejectDisbursement: [
    ['business-date-in-future', [], COMMANDS.RejectDisbursement, tomorrow],
    ['allocation-not-found', [], COMMANDS.RejectDisbursement],
    ['allocation-is-closed', [...onHand, closed], COMMANDS.RejectDisbursement],
    ['request-not-found', onHand, COMMANDS.RejectDisbursement],
    ['request-already-decided', [...asked, rejected()], COMMANDS.RejectDisbursement],
    ['request-already-paid', [...asked, approved(), paidOnRequest], COMMANDS.RejectDisbursement],
    ['accepted', [...asked, approved()], COMMANDS.RejectDisbursement],
  ],
  DisburseFunds: [
    ['business-date-in-future', [], payRequest, tomorrow],
    ['allocation-not-found', [], payRequest],
    ['allocation-is-closed', [...onHand, paid(1), closed], payRequest],
    ['payment-already-recorded', [...onHand, paid(1)], payRequest],
    ['request-not-found', onHand, payRequest],
    [
      'request-already-paid',
      [
        ...asked,
        approved(),
        { ...paidOnRequest, data: { ...paidOnRequest.data, paymentId: 'p-2' } },
      ],
      payRequest,
    ],
    ['request-not-approved', asked, payRequest],
    ['accepted', [...asked, approved()], payRequest],
    ['accepted', [...asked, approved()], payRequest, ofMerged],
    ['payment-already-recorded', [...asked, paid(1)], but('DisburseFunds', zero), ofMerged],
    ['payee-is-merged', asked, but('DisburseFunds', zero), ofMerged],
    ['amount-not-positive', asked, but('DisburseFunds', zero)],
    ['amount-too-large', asked, but('DisburseFunds', huge)],
    ['amount-exceeds-arrived-funds', asked, but('DisburseFunds', beyondArrived)],
    ['amount-is-reserved-by-requests', asked, but('DisburseFunds', beyondFree)],
    ['accepted', asked, but('DisburseFunds', free)],
    ['accepted', onHand, but('DisburseFunds', free), { ...ofMerged, occurredOn: '2024-02-04' }],
  ],
  ReverseDisbursement: [
    ['business-date-in-future', [], but('ReverseDisbursement', zero), tomorrow],
    ['allocation-not-found', [], but('ReverseDisbursement', zero)],
    ['payment-not-found', onHand, but('ReverseDisbursement', zero)],
    [
      'amount-not-positive',
      [...onHand, paid(400_000), reversed(400_000)],
      but('ReverseDisbursement', zero),
    ],
    [
      'amount-too-large',
      [...onHand, paid(400_000), reversed(400_000)],
      but('ReverseDisbursement', huge),
    ],
    [
      'payment-already-reversed',
      [...onHand, paid(400_000), reversed(400_000)],
      but('ReverseDisbursement', { amountFen: yuan(400_001) }),
    ],
    [
      'reversal-exceeds-payment',
      [...onHand, paid(400_000)],
      but('ReverseDisbursement', { amountFen: yuan(400_001) }),
    ],
    ['dated-before-its-fact', [...onHand, paid(400_000)], COMMANDS.ReverseDisbursement, early],
    ['accepted', [...onHand, paid(400_000), closed], COMMANDS.ReverseDisbursement],
  ],
  ReturnFunds: [
    ['business-date-in-future', [], but('ReturnFunds', zero), tomorrow],
    ['allocation-not-found', [], but('ReturnFunds', zero)],
    ['amount-not-positive', asked, but('ReturnFunds', zero)],
    ['amount-too-large', asked, but('ReturnFunds', huge)],
    ['amount-exceeds-arrived-funds', asked, but('ReturnFunds', beyondArrived)],
    ['amount-is-reserved-by-requests', asked, but('ReturnFunds', beyondFree)],
    ['accepted', [...asked, closed], but('ReturnFunds', free)],
  ],
  RecallAllocation: [
    ['business-date-in-future', [], but('RecallAllocation', zero), tomorrow],
    ['allocation-not-found', [], but('RecallAllocation', zero)],
    ['amount-not-positive', [allocated], but('RecallAllocation', zero)],
    ['amount-too-large', [allocated], but('RecallAllocation', huge)],
    ['amount-exceeds-allocated-funds', [allocated], but('RecallAllocation', beyondQuota)],
    ['accepted', [allocated, closed], COMMANDS.RecallAllocation],
  ],
  RecallFunds: [
    ['business-date-in-future', [], but('RecallFunds', zero), tomorrow],
    ['allocation-not-found', [], but('RecallFunds', zero)],
    ['amount-not-positive', asked, but('RecallFunds', zero)],
    ['amount-too-large', asked, but('RecallFunds', huge)],
    ['amount-exceeds-arrived-funds', asked, but('RecallFunds', beyondArrived)],
    ['amount-is-reserved-by-requests', asked, but('RecallFunds', beyondFree)],
    ['accepted', [...asked, closed], but('RecallFunds', free)],
  ],
  StartProject: [
    ['business-date-in-future', [], COMMANDS.StartProject, tomorrow],
    ['allocation-not-found', [], COMMANDS.StartProject],
    ['allocation-is-closed', [allocated, started, closed], COMMANDS.StartProject],
    ['project-already-started', [allocated, started], COMMANDS.StartProject],
    ['accepted', [allocated], COMMANDS.StartProject],
  ],
  CompleteProject: [
    ['business-date-in-future', [], COMMANDS.CompleteProject, tomorrow],
    ['allocation-not-found', [], COMMANDS.CompleteProject],
    ['allocation-is-closed', [allocated, closed], COMMANDS.CompleteProject],
    ['project-not-started', [allocated], COMMANDS.CompleteProject],
    ['project-already-completed', [allocated, started, completed], COMMANDS.CompleteProject],
    ['accepted', [allocated, started], COMMANDS.CompleteProject],
  ],
  AcceptProject: [
    ['business-date-in-future', [], COMMANDS.AcceptProject, tomorrow],
    ['allocation-not-found', [], COMMANDS.AcceptProject],
    [
      'allocation-is-closed',
      [allocated, started, completed, accepted, closed],
      COMMANDS.AcceptProject,
    ],
    ['project-already-accepted', [allocated, started, completed, accepted], COMMANDS.AcceptProject],
    ['project-not-completed', [allocated, started], COMMANDS.AcceptProject],
    ['accepted', [allocated, started, completed], COMMANDS.AcceptProject],
  ],
  RegisterAsset: [
    ['business-date-in-future', [], but('RegisterAsset', { originalValueFen: 0n }), tomorrow],
    ['allocation-not-found', [], but('RegisterAsset', { originalValueFen: 0n })],
    [
      'asset-already-registered',
      [allocated, registeredAsset],
      but('RegisterAsset', { originalValueFen: 0n }),
    ],
    ['amount-not-positive', [allocated], but('RegisterAsset', { originalValueFen: 0n })],
    ['amount-too-large', [allocated], but('RegisterAsset', { originalValueFen: 2n ** 53n })],
    ['accepted', [allocated, closed], COMMANDS.RegisterAsset],
  ],
  DistributeBenefit: [
    ['business-date-in-future', [], but('DistributeBenefit', zero), tomorrow],
    ['allocation-not-found', [], but('DistributeBenefit', zero)],
    ['amount-not-positive', [allocated], but('DistributeBenefit', zero)],
    ['amount-too-large', [allocated], but('DistributeBenefit', huge)],
    ['accepted', [allocated, closed], COMMANDS.DistributeBenefit],
  ],
  CloseAllocation: [
    ['business-date-in-future', [], COMMANDS.CloseAllocation, tomorrow],
    ['allocation-not-found', [], COMMANDS.CloseAllocation],
    ['allocation-is-closed', [...asked, closed], COMMANDS.CloseAllocation],
    ['requests-in-flight', [...asked, reserved()], COMMANDS.CloseAllocation],
    ['adjustments-in-flight', [...onHand, reserved()], COMMANDS.CloseAllocation],
    ['accepted', onHand, COMMANDS.CloseAllocation],
  ],

  ReverseArrival: [
    ['business-date-in-future', [], but('ReverseArrival', { ...at(1), ...zero }), tomorrow],
    ['allocation-not-found', [], but('ReverseArrival', { ...at(1), ...zero })],
    ['allocation-is-void', [allocated, voided], but('ReverseArrival', { ...at(9), ...zero })],
    ['entry-not-found', [...onHand, released(1)], but('ReverseArrival', { ...at(9), ...zero })],
    [
      'amount-not-positive',
      [...onHand, arrivalReversed(800_000)],
      but('ReverseArrival', { ...at(1), ...zero }),
    ],
    [
      'amount-too-large',
      [...onHand, arrivalReversed(800_000)],
      but('ReverseArrival', { ...at(1), ...huge }),
    ],
    [
      'entry-already-reversed',
      [...onHand, arrivalReversed(800_000)],
      but('ReverseArrival', { ...at(1), ...beyondQuota }),
      early,
    ],
    [
      'reversal-exceeds-entry',
      [...onHand, released(1)],
      but('ReverseArrival', { ...at(1), ...beyondQuota }),
      early,
    ],
    ['dated-before-its-fact', [...onHand, released(1)], but('ReverseArrival', at(1)), early],
    ['amount-exceeds-arrived-funds', [...onHand, released(1)], but('ReverseArrival', at(1))],
    ['amount-is-reserved-by-requests', asked, but('ReverseArrival', at(1))],
    ['accepted', [...onHand, closed], but('ReverseArrival', at(1))],
  ],
  ReverseRelease: [
    ['business-date-in-future', [], but('ReverseRelease', { ...at(1), ...zero }), tomorrow],
    ['allocation-not-found', [], but('ReverseRelease', { ...at(1), ...zero })],
    ['allocation-is-void', [allocated, voided], but('ReverseRelease', { ...at(9), ...zero })],
    ['entry-not-found', [...onUnit, paidByUnit], but('ReverseRelease', { ...at(9), ...zero })],
    [
      'amount-not-positive',
      [...onUnit, takenBackAs('ReleaseReversed', 2)],
      but('ReverseRelease', { ...at(2), ...zero }),
    ],
    [
      'amount-too-large',
      [...onUnit, takenBackAs('ReleaseReversed', 2)],
      but('ReverseRelease', { ...at(2), ...huge }),
    ],
    [
      'entry-already-reversed',
      [...onUnit, takenBackAs('ReleaseReversed', 2)],
      but('ReverseRelease', { ...at(2), ...beyondQuota }),
      early,
    ],
    [
      'reversal-exceeds-entry',
      [...onUnit, paidByUnit],
      but('ReverseRelease', { ...at(2), ...beyondQuota }),
      early,
    ],
    ['dated-before-its-fact', [...onUnit, paidByUnit], but('ReverseRelease', at(2)), early],
    ['amount-exceeds-released-funds', [...onUnit, paidByUnit], but('ReverseRelease', at(2))],
    [
      'amount-is-reserved-by-requests',
      [...onUnit, requested(1, { from: 'unit' })],
      but('ReverseRelease', at(2)),
    ],
    ['accepted', [...onUnit, closed], but('ReverseRelease', at(2))],
  ],
  ReverseReturn: [
    ['business-date-in-future', [], but('ReverseReturn', { ...at(1), ...zero }), tomorrow],
    ['allocation-not-found', [], but('ReverseReturn', { ...at(1), ...zero })],
    ['allocation-is-void', [allocated, voided], but('ReverseReturn', { ...at(9), ...zero })],
    ['entry-not-found', [...onHand, fundsReturned], but('ReverseReturn', { ...at(9), ...zero })],
    [
      'amount-not-positive',
      [...onHand, fundsReturned, takenBackAs('ReturnReversed', 2, 'treasury')],
      but('ReverseReturn', { ...at(2), ...zero }),
    ],
    [
      'amount-too-large',
      [...onHand, fundsReturned, takenBackAs('ReturnReversed', 2, 'treasury')],
      but('ReverseReturn', { ...at(2), ...huge }),
    ],
    [
      'entry-already-reversed',
      [...onHand, fundsReturned, takenBackAs('ReturnReversed', 2, 'treasury')],
      but('ReverseReturn', { ...at(2), ...beyondQuota }),
      early,
    ],
    [
      'reversal-exceeds-entry',
      [...onHand, fundsReturned],
      but('ReverseReturn', { ...at(2), ...beyondQuota }),
      early,
    ],
    ['dated-before-its-fact', [...onHand, fundsReturned], but('ReverseReturn', at(2)), early],
    ['accepted', [...onHand, fundsReturned, closed], but('ReverseReturn', at(2))],
  ],
  ReverseRecall: [
    ['business-date-in-future', [], but('ReverseRecall', { ...at(1), ...zero }), tomorrow],
    ['allocation-not-found', [], but('ReverseRecall', { ...at(1), ...zero })],
    ['allocation-is-void', [allocated, voided], but('ReverseRecall', { ...at(9), ...zero })],
    ['entry-not-found', [...onHand, fundsRecalled], but('ReverseRecall', { ...at(9), ...zero })],
    [
      'amount-not-positive',
      [...onHand, fundsRecalled, takenBackAs('RecallReversed', 2, 'treasury')],
      but('ReverseRecall', { ...at(2), ...zero }),
    ],
    [
      'amount-too-large',
      [...onHand, fundsRecalled, takenBackAs('RecallReversed', 2, 'treasury')],
      but('ReverseRecall', { ...at(2), ...huge }),
    ],
    [
      'entry-already-reversed',
      [...onHand, fundsRecalled, takenBackAs('RecallReversed', 2, 'treasury')],
      but('ReverseRecall', { ...at(2), ...beyondQuota }),
      early,
    ],
    [
      'reversal-exceeds-entry',
      [...onHand, fundsRecalled],
      but('ReverseRecall', { ...at(2), ...beyondQuota }),
      early,
    ],
    ['dated-before-its-fact', [...onHand, fundsRecalled], but('ReverseRecall', at(2)), early],
    ['accepted', [...onHand, fundsRecalled, closed], but('ReverseRecall', at(2))],
  ],
  ReverseBenefit: [
    ['business-date-in-future', [], but('ReverseBenefit', { ...at(1), ...zero }), tomorrow],
    ['allocation-not-found', [], but('ReverseBenefit', { ...at(1), ...zero })],
    ['entry-not-found', [...onHand, benefit], but('ReverseBenefit', { ...at(9), ...zero })],
    [
      'amount-not-positive',
      [...onHand, benefit, takenBackAs('BenefitReversed', 2)],
      but('ReverseBenefit', { ...at(2), ...zero }),
    ],
    [
      'amount-too-large',
      [...onHand, benefit, takenBackAs('BenefitReversed', 2)],
      but('ReverseBenefit', { ...at(2), ...huge }),
    ],
    [
      'entry-already-reversed',
      [...onHand, benefit, takenBackAs('BenefitReversed', 2)],
      but('ReverseBenefit', { ...at(2), ...beyondQuota }),
      early,
    ],
    [
      'reversal-exceeds-entry',
      [...onHand, benefit],
      but('ReverseBenefit', { ...at(2), ...beyondQuota }),
      early,
    ],
    ['dated-before-its-fact', [...onHand, benefit], but('ReverseBenefit', at(2)), early],
    ['accepted', [...onHand, benefit, closed], but('ReverseBenefit', at(2))],
  ],
  VoidAllocation: [
    ['business-date-in-future', [], COMMANDS.VoidAllocation, tomorrow],
    ['allocation-not-found', [], COMMANDS.VoidAllocation],
    ['allocation-is-void', [allocated, voided], COMMANDS.VoidAllocation],
    ['dated-before-its-fact', asked, COMMANDS.VoidAllocation, { occurredOn: '2023-12-31' }],
    ['requests-in-flight', asked, COMMANDS.VoidAllocation],
    ['allocation-not-as-entered', onHand, COMMANDS.VoidAllocation],
    ['amount-exceeds-funds-of-day', [...onHand, takenBackLater], COMMANDS.VoidAllocation],
    ['accepted', [...onHand, arrivalReversed(800_000), closed], COMMANDS.VoidAllocation],
  ],
  ReopenAllocation: [
    ['business-date-in-future', [], but('ReopenAllocation', at(9)), tomorrow],
    ['allocation-not-found', [], but('ReopenAllocation', at(9))],
    ['allocation-is-void', [allocated, closed, voided], but('ReopenAllocation', at(9))],
    ['entry-not-found', [allocated, closed], but('ReopenAllocation', at(0))],
    [
      'entry-already-reversed',
      [allocated, closed, reopened],
      but('ReopenAllocation', at(1)),
      early,
    ],
    ['dated-before-its-fact', [allocated, closed], but('ReopenAllocation', at(1)), early],
    ['accepted', [allocated, closed], but('ReopenAllocation', at(1))],
  ],
  ReverseMilestone: [
    ['business-date-in-future', [], but('ReverseMilestone', at(9)), tomorrow],
    ['allocation-not-found', [], but('ReverseMilestone', at(9))],
    [
      'entry-not-found',
      [allocated, started, completed, startReversed],
      but('ReverseMilestone', at(0)),
    ],
    [
      'entry-already-reversed',
      [allocated, started, startReversed],
      but('ReverseMilestone', at(1)),
      early,
    ],
    [
      'dated-before-its-fact',
      [allocated, started, completed],
      but('ReverseMilestone', at(1)),
      early,
    ],
    ['later-milestone-first', [allocated, started, completed], but('ReverseMilestone', at(1))],
    ['accepted', [allocated, started, completed, closed], but('ReverseMilestone', at(2))],
  ],
  ReverseAssetRegistration: [
    ['business-date-in-future', [], but('ReverseAssetRegistration', at(9)), tomorrow],
    ['allocation-not-found', [], but('ReverseAssetRegistration', at(9))],
    ['entry-not-found', [allocated, registeredAsset], but('ReverseAssetRegistration', at(0))],
    [
      'entry-already-reversed',
      [allocated, registeredAsset, assetReversed],
      but('ReverseAssetRegistration', at(1)),
      early,
    ],
    [
      'dated-before-its-fact',
      [allocated, registeredAsset],
      but('ReverseAssetRegistration', at(1)),
      early,
    ],
    ['accepted', [allocated, registeredAsset, voided], but('ReverseAssetRegistration', at(1))],
  ],

  PostAnnouncement: [
    [
      'business-date-in-future',
      [posted],
      but('PostAnnouncement', { allocationIds: [], ...backwards }),
      tomorrow,
    ],
    [
      'announcement-already-posted',
      [posted],
      but('PostAnnouncement', { allocationIds: [], ...backwards }),
    ],
    [
      'announcement-covers-nothing',
      [],
      but('PostAnnouncement', { allocationIds: [], ...backwards }),
    ],
    ['period-ends-before-it-begins', [], but('PostAnnouncement', backwards)],
    ['period-too-long', [], but('PostAnnouncement', { plannedUntil: '9999-12-31' })],
    ['accepted', [], COMMANDS.PostAnnouncement],
  ],
  EndAnnouncement: [
    ['business-date-in-future', [], COMMANDS.EndAnnouncement, tomorrow],
    ['announcement-not-posted', [], COMMANDS.EndAnnouncement],
    ['announcement-already-ended', [posted, ended], COMMANDS.EndAnnouncement],
    ['announcement-already-withdrawn', [posted, takenDown], COMMANDS.EndAnnouncement],
    ['accepted', [posted], COMMANDS.EndAnnouncement],
  ],
  WithdrawAnnouncement: [
    ['business-date-in-future', [], COMMANDS.WithdrawAnnouncement, tomorrow],
    ['announcement-not-posted', [], COMMANDS.WithdrawAnnouncement],
    ['announcement-already-ended', [posted, ended], COMMANDS.WithdrawAnnouncement],
    ['announcement-already-withdrawn', [posted, takenDown], COMMANDS.WithdrawAnnouncement],
    ['accepted', [posted], COMMANDS.WithdrawAnnouncement],
  ],
  RaiseObjection: [
    ['business-date-in-future', [], COMMANDS.RaiseObjection, tomorrow],
    ['announcement-not-posted', [], COMMANDS.RaiseObjection],
    ['objection-already-raised', [posted, raised], COMMANDS.RaiseObjection],
    ['accepted', [posted, takenDown], COMMANDS.RaiseObjection],
  ],
  AnswerObjection: [
    ['business-date-in-future', [], COMMANDS.AnswerObjection, tomorrow],
    ['announcement-not-posted', [], COMMANDS.AnswerObjection],
    ['objection-not-found', [posted], COMMANDS.AnswerObjection],
    ['objection-already-answered', [posted, raised, answered], COMMANDS.AnswerObjection],
    [
      'objection-already-withdrawn',
      [posted, raised, answered, objectionWithdrawn],
      COMMANDS.AnswerObjection,
    ],
    [
      'dated-before-its-fact',
      [posted, raised, answered, answerRevoked],
      COMMANDS.AnswerObjection,
      early,
    ],
    ['accepted', [posted, raised], COMMANDS.AnswerObjection],
    ['accepted', [posted, raised, answered, answerRevoked], COMMANDS.AnswerObjection],
  ],
  RevokeObjectionAnswer: [
    ['business-date-in-future', [], revokeAnswer, tomorrow],
    ['announcement-not-posted', [], revokeAnswer],
    ['objection-not-found', [posted], revokeAnswer],
    ['objection-already-withdrawn', [posted, raised, answered, objectionWithdrawn], revokeAnswer],
    ['objection-not-answered', [posted, raised], revokeAnswer],
    ['objection-not-answered', [posted, raised, answered, answerRevoked], revokeAnswer],
    ['objection-not-answered', [posted, raised, answered, answerRevoked, answered], revokeAnswer],
    ['dated-before-its-fact', [posted, raised, answered], revokeAnswer, early],
    ['accepted', [posted, raised, answered, takenDown], revokeAnswer],
  ],
  RevokeAnnouncementEnd: [
    ['business-date-in-future', [], COMMANDS.RevokeAnnouncementEnd, tomorrow],
    ['announcement-not-posted', [], COMMANDS.RevokeAnnouncementEnd],
    ['announcement-already-withdrawn', [posted, takenDown], COMMANDS.RevokeAnnouncementEnd],
    ['announcement-not-ended', [posted], COMMANDS.RevokeAnnouncementEnd],
    ['dated-before-its-fact', [posted, ended], COMMANDS.RevokeAnnouncementEnd, early],
    ['accepted', [posted, ended], COMMANDS.RevokeAnnouncementEnd],
  ],
  WithdrawObjection: [
    ['business-date-in-future', [], COMMANDS.WithdrawObjection, tomorrow],
    ['announcement-not-posted', [], COMMANDS.WithdrawObjection],
    ['objection-not-found', [posted], COMMANDS.WithdrawObjection],
    [
      'objection-already-withdrawn',
      [posted, raised, objectionWithdrawn],
      COMMANDS.WithdrawObjection,
    ],
    ['dated-before-its-fact', [posted, raised, answered], COMMANDS.WithdrawObjection, early],
    ['accepted', [posted, raised, answered, takenDown], COMMANDS.WithdrawObjection],
  ],

  SetParameter: [
    ['business-date-in-future', [], but('SetParameter', { source: ' ' }), tomorrow],
    ['parameter-without-source', [], but('SetParameter', { source: ' ', parameterId: 'days' })],
    ['parameter-unknown', [], but('SetParameter', { parameterId: 'days' })],
    ['parameter-of-another-kind', [], but('SetParameter', { value: { kind: 'text', text: '10' } })],
    ['parameter-out-of-range', [], but('SetParameter', { value: ofDays(2 ** 53 - 1) })],
    ['calendar-days-unfit', [], but('SetParameter', calendarOf('2024-10-01'))],
    ['accepted', [], but('SetParameter', calendarOf('2025-10-01'))],
    ['accepted', [], COMMANDS.SetParameter],
  ],
};

// `COMMAND_TABLE` pairs each command with its own decider.
const deciderOf = ({ type }: LedgerCommand) =>
  DECIDERS[COMMAND_TABLE[type].stream] as unknown as Decider<LedgerCommand, unknown, LedgerEvent>;

describe.each(Object.entries(LADDERS))('%s is refused in this order', (_type, ladder) => {
  const rungs = ladder.map(([then, history, command, by]) => ({ then, history, command, by }));

  test.each(rungs)('$then', ({ then, history, command, by }) => {
    const lived = by === early ? laterThanFirst(history) : history;
    const { decision } = given(deciderOf(command), ...lived).when(command, by);
    expect(decision.kind === 'refused' ? decision.refusal.code : decision.kind).toBe(then);
  });
});
