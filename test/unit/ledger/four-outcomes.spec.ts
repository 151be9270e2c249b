import { describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Execute } from '#application/commands/envelope';
import { createExecutor } from '#application/commands/execute';
import { openMemoryStore } from '#event-store/memory-store';
import type { AppendOutcome, EventStore } from '#event-store/port';
import type { CommandType } from '#ledger/commands';
import type { LedgerCommand, LedgerEvent } from '#ledger/ledger-events';
import type { RefusalCode } from '#ledger/refusals';
import { adjustmentDocument, adjustmentId } from './adjustment-examples.ts';
import { but, COMMANDS, type CommandOfType } from './command-examples.ts';
import { county, enterprise, village } from './examples.ts';
import { allocation, eventIdOf, yuan } from './fund-examples.ts';
import { clerk, finance } from './given.ts';

interface Outcomes<Type extends CommandType> {
  /** What was recorded before, besides the county below. */
  readonly given: readonly LedgerCommand[];
  /** The example of the command happens as this event. */
  readonly happensAs: LedgerEvent['type'];
  /** A command that is refused under the same givens. */
  readonly refused: readonly [CommandOfType<Type>, RefusalCode];
  /** What the refused attempt leaves in the log; nothing, unless it overspends. */
  readonly leaves?: LedgerEvent['type'];
  /** What becomes of the example when another writer has recorded the same a moment before. */
  readonly raced: 'happened' | RefusalCode;
}

const town = {
  ...village,
  placeId: 'jiazhuang',
  level: 'town',
  name: '贾庄乡',
  parentId: 'shuocheng',
} as const;
const place = (placeId: string): LedgerCommand => ({
  type: 'RegisterPlace',
  data: { ...village, placeId, name: `${placeId} 村` },
});

/** Every reference that an example makes is recorded first. */
const COUNTY: readonly LedgerCommand[] = [
  { type: 'RegisterPlace', data: county },
  { type: 'RegisterPlace', data: town },
  { type: 'RegisterPlace', data: { ...town, placeId: 'shentou', name: '神头镇' } },
  place('beicao'),
  place(allocation.placeId),
  { type: 'RegisterPayee', data: { ...enterprise, payeeId: 'xingzhang', name: '兴张合作社' } },
];

const {
  MergePlace,
  MergePayee,
  RegisterPlace,
  RegisterPayee,
  IssueNotice,
  AllocateFunds,
  ReceiveFunds,
} = COMMANDS;
const { RequestDisbursement, ApproveDisbursement, StartProject, CompleteProject } = COMMANDS;
const { DisburseFunds, CloseAllocation, PostAnnouncement, RaiseObjection } = COMMANDS;

const noticeOfVillage = [RegisterPlace, IssueNotice];
const allocatedFunds = [...noticeOfVillage, RegisterPayee, AllocateFunds];
const arrivedFunds = [...allocatedFunds, ReceiveFunds];
const requestedFunds = [...arrivedFunds, RequestDisbursement];
const posted = [...allocatedFunds, PostAnnouncement];
const bothAllocated = [
  ...allocatedFunds,
  but('AllocateFunds', { allocationId: 'orchard', row: 2 }),
];
const { ApproveAdjustment, ReserveAdjustment, ResolveAdjustment } = COMMANDS;
const approvedAdjustment = [...bothAllocated, ApproveAdjustment];
const oneSided = but('ApproveAdjustment', { legs: adjustmentDocument.legs.slice(0, 1) });
const toApply: LedgerCommand = {
  type: 'ResolveAdjustment',
  data: { adjustmentId, outcome: 'apply' },
};
const beyond = { amountFen: yuan(1_600_001) };
const otherAllocation = { allocationId: 'orchard' };

/** The four outcomes of every command: a command without a row does not compile. */
const OUTCOMES: { readonly [Type in CommandType]: Outcomes<Type> } = {
  RegisterPlace: {
    given: [],
    happensAs: 'PlaceRegistered',
    refused: [but('RegisterPlace', { placeId: 'beicao' }), 'place-already-registered'],
    raced: 'place-already-registered',
  },
  RenamePlace: {
    given: [RegisterPlace],
    happensAs: 'PlaceRenamed',
    refused: [but('RenamePlace', { placeId: 'nowhere' }), 'place-not-registered'],
    raced: 'happened',
  },
  MergePlace: {
    given: [RegisterPlace],
    happensAs: 'PlaceMerged',
    refused: [but('MergePlace', { intoPlaceId: village.placeId }), 'place-merged-into-itself'],
    raced: 'place-already-merged',
  },
  RevokePlaceMerger: {
    given: [RegisterPlace, MergePlace],
    happensAs: 'PlaceMergerRevoked',
    refused: [but('RevokePlaceMerger', { placeId: 'beicao' }), 'place-not-merged'],
    raced: 'place-not-merged',
  },
  ChangePlaceParent: {
    given: [RegisterPlace],
    happensAs: 'PlaceParentChanged',
    refused: [but('ChangePlaceParent', { parentId: 'beicao' }), 'parent-of-wrong-level'],
    raced: 'parent-unchanged',
  },
  AssignPlaceCode: {
    given: [RegisterPlace],
    happensAs: 'PlaceCodeAssigned',
    refused: [
      but('AssignPlaceCode', { divisionCode: '140602000000' }),
      'division-code-of-other-level',
    ],
    raced: 'happened',
  },
  RegisterPayee: {
    given: [],
    happensAs: 'PayeeRegistered',
    refused: [but('RegisterPayee', { kind: 'person' }), 'person-in-clear'],
    raced: 'payee-already-registered',
  },
  ChangePayee: {
    given: [RegisterPayee],
    happensAs: 'PayeeChanged',
    refused: [but('ChangePayee', { payeeId: 'unknown' }), 'payee-not-registered'],
    raced: 'happened',
  },
  MergePayee: {
    given: [RegisterPayee],
    happensAs: 'PayeeMerged',
    refused: [but('MergePayee', { intoPayeeId: enterprise.payeeId }), 'payee-merged-into-itself'],
    raced: 'payee-already-merged',
  },
  RevokePayeeMerger: {
    given: [RegisterPayee, MergePayee],
    happensAs: 'PayeeMergerRevoked',
    refused: [but('RevokePayeeMerger', { payeeId: 'xingzhang' }), 'payee-not-merged'],
    raced: 'payee-not-merged',
  },
  IssueNotice: {
    given: [RegisterPlace],
    happensAs: 'NoticeIssued',
    refused: [but('IssueNotice', { annexes: [] }), 'notice-without-lines'],
    raced: 'notice-already-issued',
  },
  WithdrawNotice: {
    given: noticeOfVillage,
    happensAs: 'NoticeWithdrawn',
    refused: [but('WithdrawNotice', { noticeId: 'unknown' }), 'notice-not-issued'],
    raced: 'notice-already-withdrawn',
  },
  AllocateFunds: {
    given: noticeOfVillage,
    happensAs: 'FundsAllocated',
    refused: [but('AllocateFunds', { amountFen: 0n }), 'amount-not-positive'],
    raced: 'allocation-already-exists',
  },
  ApproveAdjustment: {
    given: bothAllocated,
    happensAs: 'AdjustmentApproved',
    refused: [but('ApproveAdjustment', { legs: [] }), 'adjustment-without-legs'],
    raced: 'adjustment-already-approved',
  },
  WithdrawAdjustment: {
    given: [...bothAllocated, oneSided],
    happensAs: 'AdjustmentAbandoned',
    refused: [but('WithdrawAdjustment', { adjustmentId: 'unknown' }), 'adjustment-not-found'],
    raced: 'adjustment-not-waiting',
  },
  ResolveAdjustment: {
    given: approvedAdjustment,
    happensAs: 'AdjustmentResolved',
    refused: [but('ResolveAdjustment', { adjustmentId: 'unknown' }), 'adjustment-not-found'],
    raced: 'adjustment-not-at-this-step',
  },
  CompleteAdjustment: {
    given: [...approvedAdjustment, toApply],
    happensAs: 'AdjustmentCompleted',
    refused: [but('CompleteAdjustment', { adjustmentId: 'unknown' }), 'adjustment-not-found'],
    raced: 'adjustment-not-at-this-step',
  },
  AbandonAdjustment: {
    given: [...approvedAdjustment, ResolveAdjustment],
    happensAs: 'AdjustmentAbandoned',
    refused: [but('AbandonAdjustment', { adjustmentId: 'unknown' }), 'adjustment-not-found'],
    raced: 'adjustment-not-at-this-step',
  },
  ReserveAdjustment: {
    given: approvedAdjustment,
    happensAs: 'AdjustmentReserved',
    refused: [but('ReserveAdjustment', beyond), 'amount-exceeds-allocated-funds'],
    raced: 'leg-already-reserved',
  },
  AdjustAllocation: {
    given: [...approvedAdjustment, ReserveAdjustment],
    happensAs: 'AllocationAdjusted',
    refused: [but('AdjustAllocation', beyond), 'leg-not-reserved'],
    raced: 'leg-not-reserved',
  },
  ReleaseAdjustmentReservation: {
    given: [...approvedAdjustment, ReserveAdjustment],
    happensAs: 'AdjustmentReservationReleased',
    refused: [but('ReleaseAdjustmentReservation', { ordinal: 2 }), 'leg-not-reserved'],
    raced: 'leg-not-reserved',
  },
  ClassifyAllocation: {
    given: allocatedFunds,
    happensAs: 'AllocationClassified',
    refused: [but('ClassifyAllocation', otherAllocation), 'allocation-not-found'],
    raced: 'happened',
  },
  ReceiveFunds: {
    given: allocatedFunds,
    happensAs: 'FundsArrived',
    refused: [but('ReceiveFunds', beyond), 'amount-exceeds-allocated-funds'],
    raced: 'happened',
  },
  ReleaseFunds: {
    given: arrivedFunds,
    happensAs: 'FundsReleased',
    refused: [but('ReleaseFunds', beyond), 'amount-exceeds-arrived-funds'],
    raced: 'happened',
  },
  RequestDisbursement: {
    given: arrivedFunds,
    happensAs: 'DisbursementRequested',
    refused: [but('RequestDisbursement', beyond), 'amount-exceeds-arrived-funds'],
    leaves: 'DisbursementRefused',
    raced: 'request-already-exists',
  },
  ApproveDisbursement: {
    given: requestedFunds,
    happensAs: 'DisbursementApproved',
    refused: [but('ApproveDisbursement', { requestId: 'unknown' }), 'request-not-found'],
    raced: 'request-already-decided',
  },
  RejectDisbursement: {
    given: [...requestedFunds, ApproveDisbursement],
    happensAs: 'DisbursementRejected',
    refused: [but('RejectDisbursement', { requestId: 'unknown' }), 'request-not-found'],
    raced: 'request-already-decided',
  },
  DisburseFunds: {
    given: arrivedFunds,
    happensAs: 'FundsDisbursed',
    refused: [but('DisburseFunds', beyond), 'amount-exceeds-arrived-funds'],
    leaves: 'DisbursementRefused',
    raced: 'payment-already-recorded',
  },
  ReverseDisbursement: {
    given: [...arrivedFunds, DisburseFunds],
    happensAs: 'DisbursementReversed',
    refused: [but('ReverseDisbursement', beyond), 'reversal-exceeds-payment'],
    raced: 'payment-already-reversed',
  },
  ReturnFunds: {
    given: arrivedFunds,
    happensAs: 'FundsReturned',
    refused: [but('ReturnFunds', beyond), 'amount-exceeds-arrived-funds'],
    raced: 'amount-exceeds-arrived-funds',
  },
  RecallAllocation: {
    given: allocatedFunds,
    happensAs: 'AllocationRecalled',
    refused: [but('RecallAllocation', beyond), 'amount-exceeds-allocated-funds'],
    raced: 'amount-exceeds-allocated-funds',
  },
  RecallFunds: {
    given: arrivedFunds,
    happensAs: 'FundsRecalled',
    refused: [but('RecallFunds', beyond), 'amount-exceeds-arrived-funds'],
    raced: 'amount-exceeds-arrived-funds',
  },
  StartProject: {
    given: allocatedFunds,
    happensAs: 'ProjectStarted',
    refused: [but('StartProject', otherAllocation), 'allocation-not-found'],
    raced: 'project-already-started',
  },
  CompleteProject: {
    given: [...allocatedFunds, StartProject],
    happensAs: 'ProjectCompleted',
    refused: [but('CompleteProject', otherAllocation), 'allocation-not-found'],
    raced: 'project-already-completed',
  },
  AcceptProject: {
    given: [...allocatedFunds, StartProject, CompleteProject],
    happensAs: 'ProjectAccepted',
    refused: [but('AcceptProject', otherAllocation), 'allocation-not-found'],
    raced: 'project-already-accepted',
  },
  RegisterAsset: {
    given: [...allocatedFunds, CloseAllocation],
    happensAs: 'AssetRegistered',
    refused: [but('RegisterAsset', { originalValueFen: 0n }), 'amount-not-positive'],
    raced: 'asset-already-registered',
  },
  DistributeBenefit: {
    given: [...allocatedFunds, CloseAllocation],
    happensAs: 'BenefitDistributed',
    refused: [but('DistributeBenefit', { amountFen: 0n }), 'amount-not-positive'],
    raced: 'happened',
  },
  CloseAllocation: {
    given: allocatedFunds,
    happensAs: 'AllocationClosed',
    refused: [but('CloseAllocation', otherAllocation), 'allocation-not-found'],
    raced: 'allocation-is-closed',
  },
  PostAnnouncement: {
    given: allocatedFunds,
    happensAs: 'AnnouncementPosted',
    refused: [but('PostAnnouncement', { allocationIds: [] }), 'announcement-covers-nothing'],
    raced: 'announcement-already-posted',
  },
  EndAnnouncement: {
    given: posted,
    happensAs: 'AnnouncementEnded',
    refused: [but('EndAnnouncement', { announcementId: 'board-2' }), 'announcement-not-posted'],
    raced: 'announcement-already-ended',
  },
  WithdrawAnnouncement: {
    given: posted,
    happensAs: 'AnnouncementWithdrawn',
    refused: [
      but('WithdrawAnnouncement', { announcementId: 'board-2' }),
      'announcement-not-posted',
    ],
    raced: 'announcement-already-withdrawn',
  },
  RaiseObjection: {
    given: posted,
    happensAs: 'ObjectionRaised',
    refused: [but('RaiseObjection', { announcementId: 'board-2' }), 'announcement-not-posted'],
    raced: 'objection-already-raised',
  },
  AnswerObjection: {
    given: [...posted, RaiseObjection],
    happensAs: 'ObjectionAnswered',
    refused: [but('AnswerObjection', { objectionId: 'o-2' }), 'objection-not-found'],
    raced: 'objection-already-answered',
  },
  ReverseArrival: {
    given: arrivedFunds,
    happensAs: 'ArrivalReversed',
    refused: [but('ReverseArrival', beyond), 'reversal-exceeds-entry'],
    raced: 'entry-already-reversed',
  },
  ReverseRelease: {
    given: [...arrivedFunds, COMMANDS.ReleaseFunds],
    happensAs: 'ReleaseReversed',
    refused: [but('ReverseRelease', beyond), 'reversal-exceeds-entry'],
    raced: 'entry-already-reversed',
  },
  ReverseReturn: {
    given: [...arrivedFunds, COMMANDS.ReturnFunds],
    happensAs: 'ReturnReversed',
    refused: [but('ReverseReturn', beyond), 'reversal-exceeds-entry'],
    raced: 'entry-already-reversed',
  },
  ReverseRecall: {
    given: [...arrivedFunds, COMMANDS.RecallFunds],
    happensAs: 'RecallReversed',
    refused: [but('ReverseRecall', beyond), 'reversal-exceeds-entry'],
    raced: 'entry-already-reversed',
  },
  VoidAllocation: {
    given: allocatedFunds,
    happensAs: 'AllocationVoided',
    refused: [but('VoidAllocation', otherAllocation), 'allocation-not-found'],
    raced: 'allocation-is-void',
  },
  ReopenAllocation: {
    given: [...allocatedFunds, CloseAllocation],
    happensAs: 'AllocationReopened',
    refused: [but('ReopenAllocation', { reversedEventId: 'unknown' }), 'entry-not-found'],
    raced: 'entry-already-reversed',
  },
  ReverseMilestone: {
    given: [...allocatedFunds, StartProject, CompleteProject],
    happensAs: 'MilestoneReversed',
    refused: [
      but('ReverseMilestone', { reversedEventId: eventIdOf('StartProject') }),
      'later-milestone-first',
    ],
    raced: 'entry-already-reversed',
  },
  ReverseAssetRegistration: {
    given: [...allocatedFunds, COMMANDS.RegisterAsset],
    happensAs: 'AssetRegistrationReversed',
    refused: [but('ReverseAssetRegistration', { reversedEventId: 'unknown' }), 'entry-not-found'],
    raced: 'entry-already-reversed',
  },
  ReverseBenefit: {
    given: [...allocatedFunds, COMMANDS.DistributeBenefit],
    happensAs: 'BenefitReversed',
    refused: [but('ReverseBenefit', beyond), 'reversal-exceeds-entry'],
    raced: 'entry-already-reversed',
  },
  RevokeAnnouncementEnd: {
    given: [...posted, COMMANDS.EndAnnouncement],
    happensAs: 'AnnouncementEndRevoked',
    refused: [
      but('RevokeAnnouncementEnd', { announcementId: 'board-2' }),
      'announcement-not-posted',
    ],
    raced: 'announcement-not-ended',
  },
  RevokeObjectionAnswer: {
    given: [...posted, RaiseObjection, COMMANDS.AnswerObjection],
    happensAs: 'ObjectionAnswerRevoked',
    refused: [but('RevokeObjectionAnswer', { objectionId: 'o-2' }), 'objection-not-found'],
    raced: 'objection-not-answered',
  },
  WithdrawObjection: {
    given: [...posted, RaiseObjection],
    happensAs: 'ObjectionWithdrawn',
    refused: [but('WithdrawObjection', { objectionId: 'o-2' }), 'objection-not-found'],
    raced: 'objection-already-withdrawn',
  },
  SetParameter: {
    given: [],
    happensAs: 'ParameterSet',
    refused: [but('SetParameter', { source: '' }), 'parameter-without-source'],
    raced: 'happened',
  },
};

const clock = () => '2024-06-03T02:00:00.000Z';

/** Approvals come from finance, because a clerk asked; all else from the clerk. */
const askedBy = ({ type }: LedgerCommand, commandId: string = randomUUID()) => ({
  commandId,
  actor: type === 'ApproveDisbursement' ? finance : clerk,
  occurredOn: '2024-06-03',
});

const ledgerWith = async (commands: readonly LedgerCommand[]) => {
  const store = openMemoryStore();
  const execute = createExecutor(store, clock);
  for (const command of COUNTY) {
    expect(await execute(command, askedBy(command))).toMatchObject({ kind: 'happened' });
  }
  for (const command of commands) {
    const asked = askedBy(command, eventIdOf(command.type));
    expect(await execute(command, asked)).toMatchObject({ kind: 'happened' });
  }
  return { store, execute, before: (await typesIn(store)).length };
};

/** Types in the order of the log, but for claims on slips, which come with a payment and not by themselves. */
const typesIn = async (store: EventStore): Promise<readonly string[]> => {
  const types: string[] = [];
  for await (const { type, stream } of store.readAll())
    if (!stream.startsWith('voucher-')) types.push(type);
  return types;
};

/** Another writer records the command between this writer's reading and its first append. */
const racedBy = (store: EventStore, other: Execute, command: LedgerCommand) => {
  const outcomes: AppendOutcome['kind'][] = [];
  const racing: EventStore = {
    ...store,
    append: async (...request) => {
      if (outcomes.length === 0) await other(command, askedBy(command));
      const outcome = await store.append(...request);
      outcomes.push(outcome.kind);
      return outcome;
    },
  };
  return { execute: createExecutor(racing, clock), outcomes };
};

type AnyOutcomes = Omit<Outcomes<CommandType>, 'refused'> & {
  readonly refused: readonly [LedgerCommand, RefusalCode];
};

describe.each<[string, AnyOutcomes]>(Object.entries(OUTCOMES))('%s', (type, row) => {
  const command: LedgerCommand = COMMANDS[type as CommandType];
  const [wrong, code] = row.refused;
  const leaves = row.leaves === undefined ? [] : [row.leaves];

  test(`happens as ${row.happensAs}`, async () => {
    const { store, execute, before } = await ledgerWith(row.given);
    expect(await execute(command, askedBy(command))).toMatchObject({ kind: 'happened' });
    expect((await typesIn(store)).slice(before)).toEqual([row.happensAs]);
  });

  test(`is refused with ${code}, and leaves ${row.leaves ?? 'nothing'} in the log`, async () => {
    const { store, execute, before } = await ledgerWith(row.given);
    expect(await execute(wrong, askedBy(wrong))).toMatchObject({
      kind: 'refused',
      refusal: { code },
    });
    expect((await typesIn(store)).slice(before)).toEqual(leaves);
  });

  test('repeated with its id answers the same, also after a restart, and is recorded once', async () => {
    const { store, execute, before } = await ledgerWith(row.given);
    const asked = askedBy(command, randomUUID());
    const first = await execute(command, asked);
    const restarted = createExecutor(store, clock);
    expect(await execute(command, asked)).toEqual({ ...first, kind: 'repeated' });
    expect(await restarted(command, asked)).toEqual({ ...first, kind: 'repeated' });
    expect((await typesIn(store)).slice(before)).toEqual([row.happensAs]);
  });

  test(`raced by the same request of another writer is decided again: ${row.raced}`, async () => {
    const { store, execute: other, before } = await ledgerWith(row.given);
    const { execute, outcomes } = racedBy(store, other, command);
    const result = await execute(command, askedBy(command));
    expect(result.kind === 'refused' ? result.refusal.code : result.kind).toBe(row.raced);
    expect(outcomes[0]).toBe('wrong-expected-revision');
    const theirs = [row.happensAs];
    const ours = row.raced === 'happened' ? [row.happensAs] : [];
    expect((await typesIn(store)).slice(before)).toEqual([...theirs, ...ours]);
  });
});
