import type { EventStore } from '#event-store/port';

/** What an answer reflects: the position of the newest event and when it was recorded. */
export const reflected = async (
  store: EventStore,
): Promise<{ readonly position: number; readonly recordedAt?: string }> => {
  const head = await store.head();
  if (head === undefined) return { position: 0 };
  for await (const { meta } of store.readAll({ from: head, limit: 1 })) {
    const recordedAt = meta['recordedAt'];
    if (recordedAt !== undefined) return { position: Number(head), recordedAt };
  }
  return { position: Number(head) };
};
