import type { EventStore } from '#event-store/port';
import { payeesOneWith } from '#projections/place-directory/payees';
import { adjustedIn } from '#projections/adjustments/query';
import type { ReadDatabase } from '#projections/engine/read-database';
import type { AsOf } from '../as-of/as-of.ts';
import { fundEvents, type RecordedFundEvent } from '../questions/fund-events.ts';
import { chainHead, type Chain, type Hop } from './chain.ts';
import { flowOf, hopsOf } from './hops.ts';
import { allocationsOf, type Subject } from './subject.ts';

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
  const payees = subject.kind === 'payee' ? payeesOneWith(db, subject.payeeId) : [];
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
      const isMeant = direction === 'forward' || round > 0 ? always : concerning(subject, payees);
      chains.push(chainOf(db, allocationId, events, isMeant, hops));
      for (const { type, data } of events) {
        if (type !== 'AllocationAdjusted') continue;
        const { counterpartAllocationId: other, adjustmentId } = data;
        counterparts.push(...(other === undefined ? adjustedIn(db, adjustmentId) : [other]));
      }
    }
    next = counterparts;
  }
  return { direction, chains, more: hidden };
};

const chainOf = (
  db: ReadDatabase,
  allocationId: string,
  events: readonly RecordedFundEvent[],
  isMeant: (hop: Hop, meant: Meant) => boolean,
  most: number,
): Chain => {
  const all = hopsOf(db, events);
  const paid = all.filter((hop) => hop.kind === 'paid' && isMeant(hop, NOTHING));
  const meant: Meant = {
    payments: new Set(paid.map(({ paymentId }) => paymentId)),
    lots: new Set(paid.flatMap((hop) => hop.lots ?? []).map((lot) => lot.arrivalPosition)),
  };
  const isShown = (hop: Hop) => isMeant(hop, meant);
  const shown = new Set(all.filter(isShown).map(({ event }) => event.id));
  // Whatever is shown, what takes it back is shown too.
  const takesBack = (hop: Hop) => hop.corrects?.some(({ eventId = '' }) => shown.has(eventId));
  const hops = all.filter((hop) => isShown(hop) || takesBack(hop) === true);
  return {
    ...chainHead(db, allocationId),
    hops: hops.slice(0, most),
    more: Math.max(0, hops.length - most),
    flow: flowOf(events),
  };
};

/** The payments that a question leads to, and the positions of the arrivals they were paid from. */
interface Meant {
  readonly payments: ReadonlySet<string | undefined>;
  readonly lots: ReadonlySet<number>;
}

const NOTHING: Meant = { payments: new Set(), lots: new Set() };
const always = (): boolean => true;

/** Backward, of an allocation's hops: how it came, the payments that are meant, and what undid them. */
const concerning =
  (subject: Subject, payees: readonly string[]) =>
  (hop: Hop, meant: Meant): boolean => {
    switch (hop.kind) {
      case 'allocated':
      case 'adjusted':
      case 'recalled':
        return true;
      case 'arrived':
        return subject.kind === 'voucher' && hop.voucher === subject.voucher
          ? true
          : meant.lots.has(hop.event.position);
      case 'reversed':
        return isOfSubject(hop, subject, payees) || meant.payments.has(hop.ofPayment);
      case 'paid':
      case 'released':
      case 'returned':
        return isOfSubject(hop, subject, payees);
      default:
        return false;
    }
  };

/** `payees`: all that are one with the subject, if that is a payee. */
const isOfSubject = (hop: Hop, subject: Subject, payees: readonly string[]): boolean => {
  switch (subject.kind) {
    case 'payment':
      return (hop.paymentId ?? hop.ofPayment) === subject.paymentId;
    case 'payee':
      return hop.payeeId !== undefined && payees.includes(hop.payeeId);
    case 'voucher':
      return hop.voucher === subject.voucher;
    default:
      return true;
  }
};
