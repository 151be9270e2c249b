import type { EventStore } from '#event-store/port';
import { dayNumber } from '#ledger/calendar';
import type { Actor, Attachment } from '#ledger/context';
import type { PaymentStage } from '#ledger/fund/fund-events';
import { transferOf, type Account } from '#ledger/fund/transfer';
import { transferCode } from '#projections/money/transfers';
import type { ReadDatabase } from '#projections/engine/read-database';
import { lotsOf } from '../questions/ageing.ts';
import type { AsOf } from '../as-of/as-of.ts';
import { fundEvents, type RecordedFundEvent } from './fund-events.ts';
import {
  allocationsOf,
  headOf,
  payeeName,
  type ChainHead,
  type Subject,
} from './trace-subjects.ts';

/** One step on the way of money, or of what was made of it. */
export interface Hop {
  readonly kind: HopKind;
  readonly from: string;
  readonly to: string;
  /** Absent where no money moves, as at an acceptance. */
  readonly amountFen?: number;
  readonly event: HopEvent;
  readonly voucher?: string;
  /** What a payment was paid for, how far it had got, or why money went back. */
  readonly remark?: string;
  /** The payment that a reversal takes back. */
  readonly ofPayment?: string;
  readonly paymentId?: string;
  readonly payeeId?: string;
  /** The arrivals that a payment was paid from, the oldest first. */
  readonly lots?: readonly { readonly arrivalPosition: number; readonly fen: number }[];
  readonly attachments?: readonly Attachment[];
}

export type HopKind =
  | 'allocated'
  | 'adjusted'
  | 'arrived'
  | 'released'
  | 'paid'
  | 'reversed'
  | 'returned'
  | 'recalled'
  | 'milestone'
  | 'asset'
  | 'benefit';

export interface HopEvent {
  readonly id: string;
  readonly position: number;
  readonly type: string;
  readonly occurredOn: string;
  readonly recordedAt: string;
  readonly actor: Actor;
}

/** The way of one allocation's money: 资金链条. Amounts in fen. */
export interface Chain extends ChainHead {
  /** In the order of the log. */
  readonly hops: readonly Hop[];
  /** Hops that were left out because there were too many. */
  readonly more: number;
  /** Where all of it is: allocated = unarrived + on hand + paid + returned. */
  readonly flow: Flow;
}

export type Flow = Readonly<Record<Exclude<Account, 'source'>, number>> & {
  readonly allocated: number;
};

export interface Trace {
  readonly direction: 'forward' | 'backward';
  readonly chains: readonly Chain[];
  /** Allocations beyond the breadth that was asked for. */
  readonly more: number;
}

export interface TraceOptions {
  readonly direction: 'forward' | 'backward';
  readonly asOf: AsOf;
  /** Most allocations. Default 20. */
  readonly breadth?: number;
  /** How many times to go on to the allocation that an adjustment names. Default 1. */
  readonly depth?: number;
  /** Most hops of one allocation. Default 200. */
  readonly hops?: number;
}

/** Documents and places are asked where their money went; payments and payees, where it came from. */
export const usualDirection = ({ kind }: Subject): Trace['direction'] =>
  kind === 'payment' || kind === 'payee' || kind === 'voucher' ? 'backward' : 'forward';

/**
 * Follows money. Forward, every hop from the subject's rows to payees, acceptance and assets;
 * backward, from a payee, a payment or a voucher to the rows it was paid from. Each allocation is
 * visited once, so a circle of adjustments or refunds ends.
 */
export const trace = async (
  store: EventStore,
  db: ReadDatabase,
  subject: Subject,
  { direction, asOf, breadth = 20, depth = 1, hops = 200 }: TraceOptions,
): Promise<Trace> => {
  const visited = new Set<string>();
  const chains: Chain[] = [];
  let hidden = 0;
  let next = [...allocationsOf(db, subject)];
  for (let round = 0; round <= depth && next.length > 0; round++) {
    const counterparts: string[] = [];
    for (const allocationId of next) {
      if (visited.has(allocationId)) continue;
      visited.add(allocationId);
      if (chains.length >= breadth) {
        hidden += 1;
        continue;
      }
      const events = await fundEvents(store, allocationId, asOf);
      if (events.length === 0) continue;
      const isMeant = direction === 'forward' || round > 0 ? always : concerning(subject);
      chains.push(chainOf(db, allocationId, events, isMeant, hops));
      for (const { type, data } of events) {
        if (type === 'AllocationAdjusted' && data.counterpartAllocationId !== undefined) {
          counterparts.push(data.counterpartAllocationId);
        }
      }
    }
    next = counterparts;
  }
  return { direction, chains, more: hidden };
};

type FundHistory = readonly RecordedFundEvent[];

const chainOf = (
  db: ReadDatabase,
  allocationId: string,
  events: FundHistory,
  isMeant: (hop: Hop, lotsMeant: ReadonlySet<number>) => boolean,
  most: number,
): Chain => {
  const lots = lotsByPayment(events);
  const all = events.flatMap((event) => hopOf(db, event, lots) ?? []);
  const paidFrom = new Set(
    all
      .filter((hop) => hop.kind === 'paid' && isMeant(hop, NO_LOTS))
      .flatMap((hop) => hop.lots?.map(({ arrivalPosition }) => arrivalPosition) ?? []),
  );
  const hops = all.filter((hop) => isMeant(hop, paidFrom));
  return {
    ...headOf(db, allocationId),
    hops: hops.slice(0, most),
    more: Math.max(0, hops.length - most),
    flow: flowOf(events),
  };
};

const NO_LOTS: ReadonlySet<number> = new Set();
const always = (): boolean => true;

/** Backward, of an allocation's hops: how it came, the payments that are meant, and what undid them. */
const concerning =
  (subject: Subject) =>
  (hop: Hop, lotsMeant: ReadonlySet<number>): boolean => {
    switch (hop.kind) {
      case 'allocated':
      case 'adjusted':
      case 'recalled':
        return true;
      case 'arrived':
        return subject.kind === 'voucher' && hop.voucher === subject.voucher
          ? true
          : lotsMeant.has(hop.event.position);
      case 'paid':
      case 'reversed':
      case 'released':
      case 'returned':
        return isOfSubject(hop, subject);
      default:
        return false;
    }
  };

const isOfSubject = (hop: Hop, subject: Subject): boolean => {
  switch (subject.kind) {
    case 'payment':
      return (hop.paymentId ?? hop.ofPayment) === subject.paymentId;
    case 'payee':
      return hop.payeeId === subject.payeeId;
    case 'voucher':
      return hop.voucher === subject.voucher;
    default:
      return true;
  }
};

const hopOf = (
  db: ReadDatabase,
  event: FundHistory[number],
  lots: ReadonlyMap<number, Hop['lots']>,
): Hop | undefined => {
  const { id, type, occurredOn, recordedAt, actor } = event;
  const position = Number(event.position);
  const { attachments } = event.data;
  const common = {
    event: { id, position, type, occurredOn, recordedAt, actor },
    ...(attachments === undefined ? {} : { attachments }),
  };
  switch (event.type) {
    case 'FundsAllocated':
      return { ...common, kind: 'allocated', ...way('资金文件', '指标', event.data) };
    case 'AllocationAdjusted': {
      const { direction, approval, counterpartAllocationId: other } = event.data;
      const otherSide = other === undefined ? '对方(文件未写明)' : `资金 ${other.slice(0, 8)}`;
      const [from, to] = direction === 'increase' ? [otherSide, '指标'] : ['指标', otherSide];
      return { ...common, kind: 'adjusted', ...way(from, to, event.data), remark: approval };
    }
    case 'FundsArrived':
      return {
        ...common,
        kind: 'arrived',
        ...way('指标', '国库', event.data),
        ...slip(event.data),
      };
    case 'FundsReleased':
      return {
        ...common,
        kind: 'released',
        ...way('国库', event.data.unit, event.data),
        ...slip(event.data),
      };
    case 'FundsDisbursed': {
      const { payeeId, paymentId, from, voucher, stage } = event.data;
      return {
        ...common,
        kind: 'paid',
        ...way(ACCOUNT_NAMES[from], payeeName(db, payeeId), event.data),
        payeeId,
        paymentId,
        voucher,
        remark: STAGES[stage],
        lots: lots.get(position) ?? [],
      };
    }
    case 'DisbursementReversed': {
      const { paymentId, to, reason } = event.data;
      const payment = db.get<{ payeeId: string }>(
        'SELECT payeeId FROM payment WHERE paymentId = ?',
        paymentId,
      );
      const payeeId = payment?.payeeId ?? '';
      const from = payeeName(db, payeeId);
      const told = { payeeId, ofPayment: paymentId, remark: reason };
      return { ...common, kind: 'reversed', ...way(from, ACCOUNT_NAMES[to], event.data), ...told };
    }
    case 'FundsReturned': {
      const { from, reason } = event.data;
      const to = way(ACCOUNT_NAMES[from], '上缴', event.data);
      return { ...common, kind: 'returned', ...to, ...slip(event.data), remark: reason };
    }
    case 'AllocationRecalled':
      return {
        ...common,
        kind: 'recalled',
        ...way('指标', '收回', event.data),
        remark: event.data.approval,
      };
    case 'ProjectStarted':
      return { ...common, kind: 'milestone', from: '项目', to: '开工' };
    case 'ProjectCompleted':
      return { ...common, kind: 'milestone', from: '项目', to: '完工' };
    case 'ProjectAccepted':
      return { ...common, kind: 'milestone', from: '项目', to: '验收' };
    case 'AssetRegistered': {
      const { name, keeper, originalValueFen } = event.data;
      const amountFen = Number(originalValueFen);
      return { ...common, kind: 'asset', from: '项目', to: `资产 ${name}(${keeper})`, amountFen };
    }
    case 'BenefitDistributed':
      return {
        ...common,
        kind: 'benefit',
        ...way('资产', `${event.data.households} 户`, event.data),
      };
    case 'AllocationClassified':
    case 'DisbursementRequested':
    case 'DisbursementApproved':
    case 'DisbursementRejected':
    case 'DisbursementRefused':
    case 'AllocationClosed':
      return undefined;
    default:
      return event satisfies never;
  }
};

const STAGES = {
  advance: '预付款',
  progress: '进度款',
  final: '结算款',
  retention: '质保金',
} as const satisfies Record<PaymentStage, string>;

const ACCOUNT_NAMES = { treasury: '国库', unit: '单位账户' } as const;

const way = (from: string, to: string, { amountFen }: { readonly amountFen: bigint }) => ({
  from,
  to,
  amountFen: Number(amountFen),
});

const slip = ({ voucher }: { readonly voucher?: string }) =>
  voucher === undefined ? {} : { voucher };

/** Which arrivals each payment was paid from, by the payment's position. */
const lotsByPayment = (events: FundHistory): ReadonlyMap<number, Hop['lots']> => {
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
  lotsOf(postings, ({ position }, taken) =>
    lots.set(
      position,
      taken.map(({ lot, fen }) => ({ arrivalPosition: lot.position, fen })),
    ),
  );
  return lots;
};

const flowOf = (events: FundHistory): Flow => {
  const accounts = { source: 0, quota: 0, treasury: 0, unit: 0, paid: 0, returned: 0 };
  for (const event of events) {
    const transfer = transferOf(event);
    if (transfer === undefined) continue;
    accounts[transfer.from] -= Number(transfer.amountFen);
    accounts[transfer.to] += Number(transfer.amountFen);
  }
  const { source, ...held } = accounts;
  return { allocated: 0 - source, ...held };
};
