import { toLedgerEvent } from '#event-codec/decode';
import type { EventStore } from '#event-store/port';
import { dayNumber } from '#ledger/calendar';
import type { FundEvent } from '#ledger/fund/fund-events';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import { TRANSFER_KINDS, type TransferKind } from '#ledger/fund/transfer';
import type { History } from '../postings/history.ts';
import { isWithin, type AsOf } from '../as-of/as-of.ts';

export type RecordedFundEvent = RecordedLedgerEvent & FundEvent;

/** Which entry each reversal within the bounds takes back, by their positions; reads the funds that have any. */
export const reversalsWithin = async (
  store: EventStore,
  { dimensions, postings }: Pick<History, 'dimensions' | 'postings'>,
  asOf: AsOf,
): Promise<ReadonlyMap<number, number>> => {
  const funds = new Set<number>();
  postings.each(asOf, ({ transferKind, allocation }) => {
    if (IS_WAY_BACK[transferKind] === true) funds.add(allocation);
  });
  const reversals = new Map<number, number>();
  for (const number of funds) {
    const allocationId = dimensions.allocations[number]?.allocationId ?? '';
    for (const { reversal, entry } of reversalsIn(await fundEvents(store, allocationId, asOf))) {
      reversals.set(Number(reversal.position), Number(entry.position));
    }
  }
  return reversals;
};

/** Whether money that was on hand comes back, or goes back to the quota it came from. */
const isWayBack = ({ from, to }: TransferKind): boolean =>
  from === 'paid' ||
  from === 'returned' ||
  (from === 'advance' && to === 'treasury') ||
  (from === 'source' && to !== 'quota') ||
  (from === 'treasury' && to === 'quota');

const IS_WAY_BACK: readonly boolean[] = TRANSFER_KINDS.map(isWayBack);

/** An event that takes another back, and that other. */
export interface ReversalLink {
  readonly reversal: RecordedFundEvent;
  readonly entry: RecordedFundEvent;
}

/** The reversals of a fund, each with what it takes back, in the order of the log. */
export const reversalsIn = (events: readonly RecordedFundEvent[]): readonly ReversalLink[] => {
  const byId = new Map(events.map((event) => [event.id, event]));
  const payments = new Map<string, RecordedFundEvent>();
  for (const event of events) {
    if (event.type === 'FundsDisbursed') payments.set(event.data.paymentId, event);
  }
  return events.flatMap((reversal) => {
    const entry =
      reversal.type === 'DisbursementReversed'
        ? payments.get(reversal.data.paymentId)
        : 'reversedEventId' in reversal.data
          ? byId.get(reversal.data.reversedEventId)
          : undefined;
    return entry === undefined ? [] : [{ reversal, entry }];
  });
};

/** What happened to one allocation within the bounds, in the order of the log. */
export const fundEvents = async (
  store: EventStore,
  allocationId: string,
  asOf: AsOf,
): Promise<readonly RecordedFundEvent[]> => {
  const events: RecordedFundEvent[] = [];
  for await (const recorded of store.readStream(`fund-${allocationId}`)) {
    // A fund's stream holds the events of a fund.
    const event = toLedgerEvent(recorded) as RecordedFundEvent;
    const at = { position: Number(event.position), day: dayNumber(event.occurredOn) };
    if (isWithin(at, asOf)) events.push(event);
  }
  return events;
};
