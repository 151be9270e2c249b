import type { EventStore } from '#event-store/port';
import type { Refusal } from '#ledger/refusals';

/** The refusal with the place in the log of the earlier event that it names, for the person who looks it up. */
export const withPosition = async (
  store: EventStore,
  stream: string,
  refusal: Refusal,
): Promise<Refusal> => {
  if (refusal.code !== 'voucher-already-recorded') return refusal;
  for await (const { id, position } of store.readStream(stream)) {
    if (id === refusal.eventId) return { ...refusal, position: Number(position) };
  }
  return refusal;
};
