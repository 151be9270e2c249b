import { describe, expect, test } from '@jest/globals';
import { checkAdjustments } from '#application/work/check-adjustments';
import { openMemoryStore } from '#event-store/memory-store';
import type { EventStore, JsonObject } from '#event-store/port';
import { idOf } from '#event-codec/ids';
import { schemaVersionOf, type EventType } from '#ledger/event-types';
import { approve, county, documentOf, dyingAfter, adds, lessens } from './given.ts';

const given = documentOf('a', lessens(0, 20, 'treasury'), adds(3, 20, 'treasury'));

const copied = async (
  source: EventStore,
  change: (type: string, data: JsonObject, index: number) => JsonObject | undefined,
): Promise<EventStore> => {
  const store = openMemoryStore();
  const revisions = new Map<string, bigint>();
  let index = 0;
  for await (const { stream, type, data, meta } of source.readAll()) {
    const changed = change(type, data, (index += 1));
    if (changed === undefined) continue;
    const before = revisions.get(stream);
    const id = idOf('copied', `${index}`);
    await store.append(stream, before ?? 'no_stream', [{ id, type, data: changed, meta }]);
    revisions.set(stream, before === undefined ? 0n : before + 1n);
  }
  return store;
};

const ended = async (): Promise<EventStore> => {
  const store = await county();
  await approve(store, given);
  return store;
};

describe('the adjustments of a log', () => {
  test('that are carried out as their documents say are sound', async () => {
    expect(await checkAdjustments(await ended())).toEqual({ faults: [], open: [] });
  });

  test('that have not ended are told, and are no fault', async () => {
    const store = await county();
    await approve(dyingAfter(store, 4), given);
    expect(await checkAdjustments(store)).toEqual({ faults: [], open: ['a'] });
  });

  test.each([
    ['a leg of another sum', 'leg-of-no-document', { AllocationAdjusted: { amountFen: 21 } }],
    ['a document that does not sum to zero', 'sum-not-zero', 'one-leg'],
    ['a leg that is missing', 'legs-missing', 'without-second-leg'],
    ['an abandonment after a leg', 'legs-applied', 'abandoned'],
  ] as const)('%s is a fault', async (_what, why, alteration) => {
    const source = await ended();
    let legs = 0;
    const store = await copied(source, (type, data) => {
      if (type === 'AllocationAdjusted') legs += 1;
      const isSecondLeg = type === 'AllocationAdjusted' && legs === 2;
      if (alteration === 'without-second-leg') return isSecondLeg ? undefined : data;
      if (alteration === 'abandoned') return type === 'AdjustmentCompleted' ? undefined : data;
      if (alteration === 'one-leg') {
        if (isSecondLeg) return undefined;
        const [first] = (data['legs'] ?? []) as readonly JsonObject[];
        return type === 'AdjustmentApproved' ? { ...data, legs: first ? [first] : [] } : data;
      }
      return type === 'AllocationAdjusted' ? { ...data, ...alteration.AllocationAdjusted } : data;
    });
    if (alteration === 'abandoned') await abandon(store);
    const { faults } = await checkAdjustments(store);
    expect(faults).toContainEqual({ adjustmentId: 'a', why });
  });
});

const abandon = async (store: EventStore): Promise<void> => {
  const type: EventType = 'AdjustmentAbandoned';
  for await (const { revision, meta } of store.readStream('adjustment-a', {
    direction: 'backwards',
    limit: 1,
  })) {
    await store.append('adjustment-a', revision, [
      {
        id: idOf('abandoned'),
        type,
        data: { adjustmentId: 'a', ground: { kind: 'withdrawn', reason: '误' } },
        meta: { ...meta, schemaVersion: `${schemaVersionOf(type)}` },
      },
    ]);
  }
};
