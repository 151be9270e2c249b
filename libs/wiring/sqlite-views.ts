import type { ReadStoredEvents } from '#event-store-sqlite/read-stored';
import { toLazyViewEvent } from '#projections/view-event';
import type { ViewEventSource } from '#projections/views';

/** Lets views read the SQLite log in bulk: facets first, text only when a fold asks for it. */
export const sqliteViewSource = (readStored: ReadStoredEvents): ViewEventSource => ({
  async *batches(from, reads) {
    for await (const rows of readStored(
      from,
      reads === 'movements' ? KNOWN_BY_FACETS : undefined,
    )) {
      yield rows.map(toLazyViewEvent);
    }
  },
});

/** Money that only moves: an allocation's first event says where it belongs and is read whole. */
const KNOWN_BY_FACETS = [
  'AllocationAdjusted',
  'FundsArrived',
  'FundsReleased',
  'DisbursementRequested',
  'DisbursementApproved',
  'DisbursementRejected',
  'DisbursementRefused',
  'FundsDisbursed',
  'DisbursementReversed',
  'FundsReturned',
  'AllocationRecalled',
] as const;
