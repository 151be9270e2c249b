import type { CommandIds } from '#application/commands/issue-commands';
import type { PaymentReversalKind } from '#ledger/fund/fund-events';
import type { LedgerCommand, RecordedLedgerEvent } from '#ledger/ledger-events';
import type { Fen } from '#ledger/money';
import type { Sentence } from '#presentation/event-sentence';

/** What is said of an entry that is taken back, besides which one it is. */
export interface Reversal {
  readonly reason: string;
  /** A part of its amount; all that is left of it where absent. */
  readonly amountFen?: Fen;
  /** Why the money of a payment came back. */
  readonly kind?: PaymentReversalKind;
  /** The slip by which it came back. */
  readonly voucher?: string;
  readonly approval?: string;
}

/** A field that does not belong to the reversal of this entry, or that it lacks. */
export interface ReversalFault extends Sentence {
  readonly field: keyof Reversal;
}

export type BuiltReversal =
  | { readonly kind: 'built'; readonly command: LedgerCommand }
  | { readonly kind: 'faulty'; readonly faults: readonly ReversalFault[] };

type Field = Exclude<keyof Reversal, 'reason'>;

/** The command that takes back an entry, for every event that has one; undefined where another way is taken. */
export const reversalCommand = (
  event: RecordedLedgerEvent,
  reversal: Reversal,
  { idFor }: CommandIds,
): BuiltReversal | undefined => {
  const { reason, amountFen, approval, kind, voucher } = reversal;
  const of = { reversedEventId: event.id, reason, ...(approval && { approval }) };
  const part = amountFen === undefined ? {} : { amountFen };
  const build = (command: LedgerCommand, ...allowed: readonly Field[]): BuiltReversal =>
    built(command, reversal, allowed);
  switch (event.type) {
    case 'FundsArrived': {
      const { allocationId } = event.data;
      return build({ type: 'ReverseArrival', data: { allocationId, ...of, ...part } }, ...PART);
    }
    case 'FundsReleased': {
      const { allocationId } = event.data;
      return build({ type: 'ReverseRelease', data: { allocationId, ...of, ...part } }, ...PART);
    }
    case 'FundsReturned': {
      const { allocationId } = event.data;
      return build({ type: 'ReverseReturn', data: { allocationId, ...of, ...part } }, ...PART);
    }
    case 'AllocationRecalled':
    case 'FundsRecalled': {
      const { allocationId } = event.data;
      return build({ type: 'ReverseRecall', data: { allocationId, ...of, ...part } }, ...PART);
    }
    case 'BenefitDistributed': {
      const { allocationId } = event.data;
      return build({ type: 'ReverseBenefit', data: { allocationId, ...of, ...part } }, ...PART);
    }
    case 'FundsDisbursed': {
      const { allocationId, paymentId } = event.data;
      const data = {
        allocationId,
        paymentId,
        reversalId: idFor('reversal', allocationId),
        reason,
        ...part,
      };
      const said = {
        ...(kind && { kind }),
        ...(voucher && { voucher }),
        ...(approval && { approval }),
      };
      const command = { type: 'ReverseDisbursement', data: { ...data, ...said } } as const;
      return build(command, ...PART, 'kind', 'voucher');
    }
    default:
      return wholeReversal(event, reversal);
  }
};

/** Of an entry that is taken back whole. */
const wholeReversal = (
  event: RecordedLedgerEvent,
  reversal: Reversal,
): BuiltReversal | undefined => {
  const { reason, approval } = reversal;
  const of = { reversedEventId: event.id, reason, ...(approval && { approval }) };
  const build = (command: LedgerCommand, ...allowed: readonly Field[]): BuiltReversal =>
    built(command, reversal, allowed);
  switch (event.type) {
    case 'FundsAllocated': {
      const { allocationId } = event.data;
      const data = { allocationId, reason, ...(approval && { approval }) };
      return build({ type: 'VoidAllocation', data }, 'approval');
    }
    case 'AllocationClosed': {
      const { allocationId } = event.data;
      return build({ type: 'ReopenAllocation', data: { allocationId, ...of } }, 'approval');
    }
    case 'ProjectStarted':
    case 'ProjectCompleted':
    case 'ProjectAccepted': {
      const { allocationId } = event.data;
      return build({ type: 'ReverseMilestone', data: { allocationId, ...of } }, 'approval');
    }
    case 'AssetRegistered': {
      const { allocationId } = event.data;
      return build({ type: 'ReverseAssetRegistration', data: { allocationId, ...of } }, 'approval');
    }
    case 'DisbursementRequested':
    case 'DisbursementApproved': {
      const { allocationId, requestId } = event.data;
      return build({ type: 'RejectDisbursement', data: { allocationId, requestId, reason } });
    }
    case 'AnnouncementPosted': {
      const { announcementId } = event.data;
      return build({ type: 'WithdrawAnnouncement', data: { announcementId, reason } });
    }
    case 'AnnouncementEnded': {
      const { announcementId } = event.data;
      return build({ type: 'RevokeAnnouncementEnd', data: { announcementId, reason } });
    }
    case 'ObjectionAnswered': {
      const { announcementId, objectionId } = event.data;
      const data = { announcementId, objectionId, reversedEventId: event.id, reason };
      return build({ type: 'RevokeObjectionAnswer', data });
    }
    case 'ObjectionRaised': {
      const { announcementId, objectionId } = event.data;
      return build({ type: 'WithdrawObjection', data: { announcementId, objectionId, reason } });
    }
    case 'PlaceMerged': {
      const { placeId } = event.data;
      const data = { placeId, reason, approval: approval ?? '' };
      const revocation = build({ type: 'RevokePlaceMerger', data }, 'approval');
      return approval === undefined
        ? faulty([...faultsOf(revocation), LACKS_APPROVAL])
        : revocation;
    }
    case 'PayeeMerged': {
      const { payeeId } = event.data;
      return build({ type: 'RevokePayeeMerger', data: { payeeId, reason } });
    }
    default:
      return undefined;
  }
};

const PART = ['amountFen', 'approval'] as const;

const built = (
  command: LedgerCommand,
  reversal: Reversal,
  allowed: readonly Field[],
): BuiltReversal => {
  const fields = Object.keys(OTHERS) as readonly Field[];
  const faults = fields
    .filter((field) => reversal[field] !== undefined && !allowed.includes(field))
    .map((field) => ({ field, ...OTHERS[field] }));
  return faults.length > 0 ? faulty(faults) : { kind: 'built', command };
};

const faulty = (faults: readonly ReversalFault[]): BuiltReversal => ({ kind: 'faulty', faults });

const faultsOf = (reversal: BuiltReversal): readonly ReversalFault[] =>
  reversal.kind === 'faulty' ? reversal.faults : [];

const OTHERS: Readonly<Record<Field, Sentence>> = {
  amountFen: {
    zh: '该笔记账只能整笔冲销,不写金额。',
    en: 'This entry is taken back whole; give no amount.',
  },
  kind: {
    zh: '只有冲销支付才写明资金退回的缘由。',
    en: 'Only the reversal of a payment says why money came back.',
  },
  voucher: {
    zh: '只有冲销支付才写退回的凭证。',
    en: 'Only the reversal of a payment names a slip.',
  },
  approval: {
    zh: '冲销该笔记账不写批准文号。',
    en: 'This entry is taken back without an approval.',
  },
};

const LACKS_APPROVAL: ReversalFault = {
  field: 'approval',
  zh: '撤销并入须写批准文号。',
  en: 'The revocation of a merger needs its approval.',
};
