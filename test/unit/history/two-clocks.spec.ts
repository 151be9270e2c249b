import { describe, expect, test } from '@jest/globals';
import { openMemoryStore } from '#event-store/memory-store';
import { newEvent } from '../../contract/event-store-contract.ts';
import { pointOf } from './given.ts';
import { fc, times } from '../../support/property.ts';

const BEGIN = Date.UTC(2024, 6, 1);
const instant = (second: number): string => new Date(BEGIN + second * 1_000).toISOString();

describe('a log that machines with different clocks wrote', () => {
  test('was known up to the first event that was recorded after an instant', async () => {
    const jitter = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(jitter, fc.integer({ min: -5, max: 210 }), async (apart, asked) => {
        const store = openMemoryStore();
        const seconds = apart.map((ahead, n) => n + ahead);
        for (const [n, second] of seconds.entries()) {
          const meta = { recordedAt: instant(second), occurredOn: '2024-07-01' };
          await store.append(`s-${n}`, 'no_stream', [{ ...newEvent(n), meta }]);
        }
        const { asOf } = await pointOf(store, { knownAt: instant(asked) });
        const later = seconds.findIndex((second) => second > asked);
        expect(asOf.position).toBe(later < 0 ? seconds.length : later);
      }),
      { numRuns: times(20, 200) },
    );
  });

  test('was known up to the earliest later event, even where seams follow each other', async () => {
    const store = openMemoryStore();
    const ahead = new Set([300, 700]);
    for (let n = 1; n <= 1_200; n++) {
      const recordedAt = instant(ahead.has(n) ? 5_000 : n);
      const meta = { recordedAt, occurredOn: '2024-07-01' };
      await store.append(`s-${n}`, 'no_stream', [{ ...newEvent(n), meta }]);
    }
    const { asOf } = await pointOf(store, { knownAt: instant(900) });
    expect(asOf.position).toBe(299);
  });
});
