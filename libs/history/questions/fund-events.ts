import { toLedgerEvent } from '#event-codec/decode';
import type { EventStore } from '#event-store/port';
import { dayNumber } from '#ledger/calendar';
import type { FundEvent } from '#ledger/fund/fund-events';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import { transferKindAt } from '#ledger/fund/transfer';
import type { History } from '../postings/history.ts';
import { isWithin, type AsOf } from '../as-of/as-of.ts';

export type RecordedFundEvent = RecordedLedgerEvent & FundEvent;

/** Which payment each reversal within the bounds takes back, by their positions; reads the funds that have any. */
export const reversalsWithin = async (
  store: EventStore,
  { dimensions, postings }: Pick<History, 'dimensions' | 'postings'>,
  asOf: AsOf,
): Promise<ReadonlyMap<number, number>> => {
  const funds = new Set<number>();
  postings.each(asOf, ({ transferKind, allocation }) => {
    if (transferKindAt(transferKind).from === 'paid') funds.add(allocation);
  });
  const reversals = new Map<number, number>();
  for (const number of funds) {
    const allocationId = dimensions.allocations[number]?.allocationId ?? '';
    for (const link of reversalsIn(await fundEvents(store, allocationId, asOf))) {
      reversals.set(...link);
    }
  }
  return reversals;
};

/** Positions of the reversals of a fund, each with that of its payment. */
export const reversalsIn = (
  events: readonly RecordedFundEvent[],
): readonly (readonly [number, number])[] => {
  const payments = new Map<string, number>();
  for (const { type, data, position } of events) {
    if (type === 'FundsDisbursed') payments.set(data.paymentId, Number(position));
  }
  return events.flatMap(({ type, data, position }) => {
    const payment = type === 'DisbursementReversed' ? payments.get(data.paymentId) : undefined;
    return payment === undefined ? [] : [[Number(position), payment] as const];
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
