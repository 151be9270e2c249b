import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import { viewEventsOf } from '#projections/engine/event-source';
import { RunningViews } from '#projections/engine/running-views';
import { table } from '#projections/engine/table';
import { defineView, type View } from '#projections/engine/view';
import { openMemoryStore } from '#event-store/memory-store';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

/** How many places were registered, in a table with or without a column for their names. */
const viewWith = (columns: 'stream' | 'stream and name'): View => {
  const places = table<{ readonly stream: string; readonly name?: string }>(
    'named_place',
    'stream',
    columns === 'stream' ? ({ stream: 'TEXT' } as never) : { stream: 'TEXT', name: 'TEXT' },
  );
  return defineView({
    name: 'named-places',
    version: 1,
    tables: { places },
    on: {
      PlaceRegistered: (rows, { stream, data: { name } }) =>
        rows.places.put(columns === 'stream' ? { stream } : { stream, name }),
    },
  });
};

test('Given views that were folded before a table gained a column, when they are opened, then they are folded anew', async () => {
  const { directory, remove } = temporaryDirectory();
  try {
    const store = openMemoryStore();
    await store.append('place-1', 'no_stream', [
      {
        id: '0190f4b4-0000-7000-8000-000000000001',
        type: 'PlaceRegistered',
        data: { placeId: '1', level: 'county', name: '朔城区', validFrom: '2024-01-01' },
        meta: { occurredOn: '2024-01-01', schemaVersion: '1' },
      },
    ]);
    const rowsOf = async (view: View) => {
      const views = new RunningViews({
        file: join(directory, 'views.sqlite'),
        store,
        source: viewEventsOf(store),
        views: [view],
        invariant: () => undefined,
        cacheMb: 1,
      });
      await views.catchUp();
      const rows = views.db.all('SELECT * FROM named_place').map((row) => ({ ...(row as object) }));
      await views.close();
      return rows;
    };
    expect(await rowsOf(viewWith('stream'))).toEqual([{ stream: 'place-1' }]);
    expect(await rowsOf(viewWith('stream and name'))).toEqual([
      { stream: 'place-1', name: '朔城区' },
    ]);
  } finally {
    remove();
  }
});
