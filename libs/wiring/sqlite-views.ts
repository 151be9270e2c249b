import { READABLE_VERSIONS } from '#event-codec/upcast';
import type { ReadStoredEvents } from '#event-store-sqlite/read-stored';
import { TRANSFER_COLUMN } from '#event-codec/hot-columns';
import { toLazyViewEvent } from '#projections/engine/view-event';
import type { ViewEventSource } from '#projections/engine/event-source';

/** Lets views read the SQLite log in bulk: hot columns first, text only when a fold asks for it. */
export const sqliteViewSource = (readStored: ReadStoredEvents): ViewEventSource => ({
  async *batches(from, reads) {
    const selection = { whole: reads, elseWithHotColumn: TRANSFER_COLUMN, expected: EXPECTED };
    for await (const { events, through } of readStored(from, selection)) {
      yield { events: events.map(toLazyViewEvent), through };
    }
  },
});

/** How the metadata of each type end in a version that this release reads; keys are in order. */
const EXPECTED: ReadonlyMap<string, readonly string[]> = new Map(
  [...READABLE_VERSIONS].map(([type, versions]) => [
    type,
    versions.map((version) => `"schemaVersion":"${version}"}`),
  ]),
);
