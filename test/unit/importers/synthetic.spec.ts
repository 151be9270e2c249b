import { expect, test } from '@jest/globals';
import { openMemoryStore } from '#event-store/memory-store';
import { generateInto } from '#importers/synthetic/generate-into';
import { fc, times } from '../../support/property.ts';

test('a synthetic county merges no village into one that is not recorded yet', async () => {
  let mergers = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 120 }),
      fc.integer({ min: 1, max: 30 }),
      async (villages, seed) => {
        const store = openMemoryStore();
        await generateInto(store, { villages, years: 1, seed });
        const registered = new Set<unknown>();
        for await (const { type, data } of store.readAll()) {
          if (type === 'PlaceRegistered') registered.add(data['placeId']);
          if (type !== 'PlaceMerged') continue;
          mergers += 1;
          expect(registered).toContain(data['intoPlaceId']);
        }
        await store.close();
      },
    ),
    {
      numRuns: times(6, 60),
      examples: [
        [60, 1],
        [60, 3],
        [60, 5],
        [60, 7],
        [60, 11],
      ],
    },
  );
  expect(mergers).toBeGreaterThan(0);
});
