import { dayNumber } from '#ledger/calendar';
import { transferOf } from '#ledger/event-types';
import { ACCOUNTS, transferCode, type Account } from '#ledger/fund/transfer';
import type { AmountReversal } from '#ledger/fund/fund-events';
import { payment } from '#projections/allocation-register/query';
import type { Correction } from '#projections/corrections/query';
import type { ReadDatabase } from '#projections/engine/read-database';
import { payee } from '#projections/place-directory/payees';
import { lotsOf } from '../questions/ageing.ts';
import {
  reversalsIn,
  type RecordedFundEvent,
  type ReversalLink,
} from '../questions/fund-events.ts';
import type { Flow, Hop, HopEnd } from './chain.ts';

/** Everything that happened to one allocation's money, in the order of the log. */
export const hopsOf = (db: ReadDatabase, events: readonly RecordedFundEvent[]): readonly Hop[] => {
  const links = reversalsIn(events);
  const lots = lotsByPayment(events, links);
  const entries = new Map(links.map(({ reversal, entry }) => [reversal.id, entry]));
  return events.flatMap((event) => {
    const step = stepOf(db, event, lots, entries.get(event.id));
    return step === undefined ? [] : { ...headOf(event), ...step, ...correctionsOf(event, links) };
  });
};

/** What a reversal takes back, and what takes an entry back; nothing where neither is so. */
const correctionsOf = (
  { id }: RecordedFundEvent,
  links: readonly ReversalLink[],
): Pick<Hop, 'corrects' | 'correctedBy'> => {
  const corrects = links.filter(({ reversal }) => reversal.id === id);
  const correctedBy = links.filter(({ entry }) => entry.id === id);
  return {
    ...(corrects.length === 0 ? {} : { corrects: corrects.map(({ entry }) => reversalBy(entry)) }),
    ...(correctedBy.length === 0
      ? {}
      : { correctedBy: correctedBy.map(({ reversal }) => reversalBy(reversal)) }),
  };
};

const reversalBy = ({ id: eventId }: RecordedFundEvent): Correction => ({
  kind: 'reversal',
  eventId,
});

type Step = Omit<Hop, 'event' | 'attachments'>;

const headOf = (event: RecordedFundEvent): Pick<Hop, 'event' | 'attachments'> => {
  const { id, type, occurredOn, recordedAt, actor } = event;
  const position = Number(event.position);
  const { attachments } = event.data;
  return {
    event: { id, position, type, occurredOn, recordedAt, actor },
    ...(attachments === undefined ? {} : { attachments }),
  };
};

/** What an event did, as one step; undefined for an event that neither moves money nor marks a milestone. */
const stepOf = (
  db: ReadDatabase,
  event: RecordedFundEvent,
  lots: ReadonlyMap<number, Hop['lots']>,
  reversed: RecordedFundEvent | undefined,
): Step | undefined => {
  switch (event.type) {
    case 'FundsAllocated':
      return { kind: 'allocated', ...way(NOTICE, QUOTA, event.data) };
    case 'AllocationAdjusted': {
      const { direction, approval, account = 'quota', adjustmentId, ordinal } = event.data;
      const { counterpartAllocationId: other } = event.data;
      const isOfMany = other === undefined && ordinal !== undefined;
      const otherSide: HopEnd = isOfMany
        ? { kind: 'adjustment', adjustmentId }
        : { kind: 'allocation', ...(other && { allocationId: other }) };
      const own: HopEnd = { kind: account };
      const [from, to] = direction === 'increase' ? [otherSide, own] : [own, otherSide];
      return { kind: 'adjusted', ...way(from, to, event.data), remark: approval };
    }
    case 'FundsArrived':
      return { kind: 'arrived', ...way(QUOTA, TREASURY, event.data), ...slip(event.data) };
    case 'FundsReleased': {
      const unit = { kind: 'unit', name: event.data.unit } as const;
      return { kind: 'released', ...way(TREASURY, unit, event.data), ...slip(event.data) };
    }
    case 'FundsDisbursed': {
      const { payeeId, paymentId, from, voucher, stage } = event.data;
      return {
        kind: 'paid',
        ...way({ kind: from }, payeeEnd(db, payeeId), event.data),
        ...{ payeeId, paymentId, voucher, stage },
        lots: lots.get(Number(event.position)) ?? [],
      };
    }
    case 'AdvanceRepaid':
      return { kind: 'repaid', ...way(TREASURY, { kind: 'advance' }, event.data) };
    case 'DisbursementReversed': {
      const { paymentId, to, reason } = event.data;
      const payeeId = payment(db, paymentId)?.payeeId ?? '';
      return {
        kind: 'reversed',
        ...way(payeeEnd(db, payeeId), { kind: to }, event.data),
        ...slip(event.data),
        ...{ payeeId, ofPayment: paymentId, remark: reason },
      };
    }
    case 'ArrivalReversed':
      return backStep(TREASURY, QUOTA, event);
    case 'AdvanceRepaymentReversed':
      return backStep({ kind: 'advance' }, TREASURY, event);
    case 'ReleaseReversed':
      return backStep(UNIT, TREASURY, event);
    case 'ReturnReversed':
      return backStep({ kind: 'returned' }, { kind: event.data.to }, event);
    case 'RecallReversed':
      return backStep({ kind: 'recalled' }, { kind: event.data.to }, event);
    case 'AllocationVoided':
      return backStep(QUOTA, NOTICE, event);
    case 'BenefitReversed':
      return backStep({ kind: 'households' }, { kind: 'asset' }, event);
    case 'MilestoneReversed':
      return {
        kind: 'reversed',
        from: { kind: event.data.milestone },
        to: PROJECT,
        remark: event.data.reason,
      };
    case 'AssetRegistrationReversed':
      return { kind: 'reversed', from: assetEnd(reversed), to: PROJECT, remark: event.data.reason };
    case 'FundsReturned': {
      const { from, reason } = event.data;
      const back = way({ kind: from }, { kind: 'returned' }, event.data);
      return { kind: 'returned', ...back, ...slip(event.data), remark: reason };
    }
    case 'AllocationRecalled': {
      const back = way(QUOTA, { kind: 'recalled' }, event.data);
      return { kind: 'recalled', ...back, remark: event.data.approval };
    }
    case 'FundsRecalled': {
      const { from, approval } = event.data;
      const back = way({ kind: from }, { kind: 'recalled' }, event.data);
      return { kind: 'recalled', ...back, ...slip(event.data), remark: approval };
    }
    case 'ProjectStarted':
    case 'ProjectCompleted':
    case 'ProjectAccepted':
    case 'AssetRegistered':
    case 'BenefitDistributed':
      return projectStepOf(event);
    case 'AdjustmentReserved':
    case 'AdjustmentReservationReleased':
    case 'AllocationClassified':
    case 'DisbursementRequested':
    case 'DisbursementApproved':
    case 'DisbursementRejected':
    case 'DisbursementRefused':
    case 'AllocationClosed':
    case 'AllocationReopened':
      return undefined;
    default:
      return event satisfies never;
  }
};

/** A step back, with the reason for it. */
const backStep = (from: HopEnd, to: HopEnd, { data }: { readonly data: AmountReversal }): Step => ({
  kind: 'reversed',
  ...way(from, to, data),
  remark: data.reason,
});

const assetEnd = (registered: RecordedFundEvent | undefined): HopEnd =>
  registered?.type === 'AssetRegistered'
    ? { kind: 'asset', name: registered.data.name, keeper: registered.data.keeper }
    : { kind: 'asset' };

type ProjectEvent = RecordedFundEvent & {
  readonly type:
    | 'ProjectStarted'
    | 'ProjectCompleted'
    | 'ProjectAccepted'
    | 'AssetRegistered'
    | 'BenefitDistributed';
};

/** What became of the project that the money is for. */
const projectStepOf = (event: ProjectEvent): Step => {
  switch (event.type) {
    case 'ProjectStarted':
      return { kind: 'milestone', from: PROJECT, to: { kind: 'started' } };
    case 'ProjectCompleted':
      return { kind: 'milestone', from: PROJECT, to: { kind: 'completed' } };
    case 'ProjectAccepted':
      return { kind: 'milestone', from: PROJECT, to: { kind: 'accepted' } };
    case 'AssetRegistered': {
      const { name, keeper, originalValueFen } = event.data;
      const asset = { kind: 'asset', name, keeper } as const;
      return { kind: 'asset', ...way(PROJECT, asset, { amountFen: originalValueFen }) };
    }
    case 'BenefitDistributed': {
      const households = { kind: 'households', count: event.data.households } as const;
      return { kind: 'benefit', ...way({ kind: 'asset' }, households, event.data) };
    }
  }
};

const NOTICE = { kind: 'notice' } as const;
const QUOTA = { kind: 'quota' } as const;
const TREASURY = { kind: 'treasury' } as const;
const UNIT = { kind: 'unit' } as const;
const PROJECT = { kind: 'project' } as const;

const way = (from: HopEnd, to: HopEnd, { amountFen }: { readonly amountFen: bigint }) => ({
  from,
  to,
  amountFen: Number(amountFen),
});

const payeeEnd = (db: ReadDatabase, payeeId: string): HopEnd => ({
  kind: 'payee',
  payeeId,
  name: payee(db, payeeId)?.name ?? null,
});

const slip = ({ voucher }: { readonly voucher?: string }) =>
  voucher === undefined ? {} : { voucher };

/** Which arrivals each payment was paid from, by the payment's position. */
const lotsByPayment = (
  events: readonly RecordedFundEvent[],
  links: readonly ReversalLink[],
): ReadonlyMap<number, Hop['lots']> => {
  const lots = new Map<number, Hop['lots']>();
  const postings = events.flatMap((event) => {
    const transfer = transferOf(event);
    if (transfer === undefined) return [];
    const posting = {
      position: Number(event.position),
      day: dayNumber(event.occurredOn),
      place: 0,
      allocation: 0,
      transferKind: transferCode(transfer),
      amountFen: Number(transfer.amountFen),
    };
    return [posting];
  });
  const reversals = new Map(
    links.map(({ reversal, entry }) => [Number(reversal.position), Number(entry.position)]),
  );
  lotsOf(postings, reversals, ({ position }, taken) =>
    lots.set(
      position,
      taken.map(({ lot, fen }) => ({ arrivalPosition: lot.position, fen })),
    ),
  );
  return lots;
};

/** Where all money of an allocation is after its events. */
export const flowOf = (events: readonly RecordedFundEvent[]): Flow => {
  const accounts = Object.fromEntries(ACCOUNTS.map((account) => [account, 0])) as Record<
    Account,
    number
  >;
  for (const event of events) {
    const transfer = transferOf(event);
    if (transfer === undefined) continue;
    accounts[transfer.from] -= Number(transfer.amountFen);
    accounts[transfer.to] += Number(transfer.amountFen);
  }
  const { source, ...sums } = accounts;
  return { allocated: 0 - source, ...sums };
};
