import { toLedgerEvent } from '#event-codec/decode';
import type { EventStore } from '#event-store/port';
import { dayNumber } from '#ledger/calendar';
import type { FundEvent } from '#ledger/fund/fund-events';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import { isWithin, type AsOf } from '../as-of/as-of.ts';

export type RecordedFundEvent = RecordedLedgerEvent & FundEvent;

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
