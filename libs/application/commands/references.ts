import type { LedgerCommand } from '#ledger/ledger-events';
import type { Refusal } from '#ledger/refusals';

/** Whether what a command names outside its own stream has ever been recorded. */
export interface KnownSubjects {
  readonly place: (placeId: string) => Promise<boolean>;
  readonly payee: (payeeId: string) => Promise<boolean>;
  readonly notice: (noticeId: string) => Promise<boolean>;
  readonly allocation: (allocationId: string) => Promise<boolean>;
}

/**
 * The first subject outside its own stream that a command names and no event has introduced. Subjects
 * are never deleted, so what is known now stays known: no transaction across streams is needed to
 * rely on it. Every command is listed, so that a new one does not compile before it is placed.
 */
export const firstUnknown = async (
  { type, data }: LedgerCommand,
  known: KnownSubjects,
): Promise<Refusal | undefined> => {
  switch (type) {
    case 'RegisterPlace':
      return data.parentId === undefined ? undefined : unknownPlace(data.parentId, known);
    case 'MergePlace':
      return unknownPlace(data.intoPlaceId, known);
    case 'IssueNotice':
      return firstOf(
        data.annexes.flatMap((annex) => annex.lines),
        (line) => unknownPlace(line.placeId, known),
      );
    case 'AllocateFunds':
      return (await unknownNotice(data.noticeId, known)) ?? unknownPlace(data.placeId, known);
    case 'AdjustAllocation':
      return data.counterpartAllocationId === undefined
        ? undefined
        : unknownAllocation(data.counterpartAllocationId, known);
    case 'RequestDisbursement':
      return unknownPayee(data.payeeId, known);
    case 'DisburseFunds':
      return data.ground === 'statement' ? unknownPayee(data.payeeId, known) : undefined;
    case 'PostAnnouncement':
      return (
        (await unknownPlace(data.placeId, known)) ??
        firstOf(data.allocationIds, (allocationId) => unknownAllocation(allocationId, known))
      );
    case 'RenamePlace':
    case 'AssignPlaceCode':
    case 'RegisterPayee':
    case 'ChangePayee':
    case 'WithdrawNotice':
    case 'ClassifyAllocation':
    case 'ReceiveFunds':
    case 'ReleaseFunds':
    case 'ApproveDisbursement':
    case 'RejectDisbursement':
    case 'ReverseDisbursement':
    case 'ReturnFunds':
    case 'RecallAllocation':
    case 'StartProject':
    case 'CompleteProject':
    case 'AcceptProject':
    case 'RegisterAsset':
    case 'DistributeBenefit':
    case 'CloseAllocation':
    case 'EndAnnouncement':
    case 'WithdrawAnnouncement':
    case 'RaiseObjection':
    case 'AnswerObjection':
    case 'SetParameter':
      return undefined;
    default:
      throw new Error(`No rule says what ${type satisfies never} refers to.`);
  }
};

type Found = Promise<Refusal | undefined>;

const unknownPlace = async (placeId: string, known: KnownSubjects): Found =>
  (await known.place(placeId)) ? undefined : { code: 'unknown-place', placeId };

const unknownPayee = async (payeeId: string, known: KnownSubjects): Found =>
  (await known.payee(payeeId)) ? undefined : { code: 'unknown-payee', payeeId };

const unknownNotice = async (noticeId: string, known: KnownSubjects): Found =>
  (await known.notice(noticeId)) ? undefined : { code: 'unknown-notice', noticeId };

const unknownAllocation = async (allocationId: string, known: KnownSubjects): Found =>
  (await known.allocation(allocationId)) ? undefined : { code: 'unknown-allocation', allocationId };

const firstOf = async <Item>(items: readonly Item[], check: (item: Item) => Found): Found => {
  for (const item of items) {
    const refusal = await check(item);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
};
