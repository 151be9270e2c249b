import { leafAt } from '#event-codec/leaf-at';
import { openMemoryStore } from '#event-store/memory-store';
import type { EventStore } from '#event-store/port';
import { openHistory, type History } from '#history/postings/history';
import { resolveAsOf, type ResolvedAsOf, type AsOfRequest } from '#history/as-of/as-of-request';
import { viewEventsOf } from '#projections/engine/event-source';
import { createExecutor } from '#application/commands/execute';
import { live, type Step } from '../../support/histories.ts';
import { fc } from '../../support/property.ts';

export const NOW = '2024-12-31T08:00:00.000Z';

/** A history lived with an hour between any two commands, so that instants tell events apart. */
export const livedByTheHour = async (steps: readonly Step[]): Promise<EventStore> => {
  const store = openMemoryStore();
  let hours = 0;
  const clock = () => new Date(Date.UTC(2024, 6, 1, hours++)).toISOString();
  await live(store, createExecutor(store, clock), steps);
  return store;
};

export const historyOf = async (store: EventStore): Promise<History> => {
  const leafOf = (position: number) => leafAt(store, position);
  const history = await openHistory({ source: viewEventsOf(store), leafAt: leafOf });
  await history.catchUp();
  return history;
};

export const pointOf = async (store: EventStore, question: AsOfRequest): Promise<ResolvedAsOf> => {
  const found = await resolveAsOf(question, store, NOW);
  if (found.kind === 'point') return found.point;
  throw new Error(found.faults.map(({ kind }) => kind).join(' '));
};

/** A day between the first and the last of a history, often the very day of an event. */
export const days = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 28 }))
  .map(([month, day]) => `2024-0${month}-${`${day}`.padStart(2, '0')}`);

/** An instant within a history, often the very instant of an event. */
export const instants = fc
  .tuple(fc.integer({ min: 0, max: 80 }), fc.constantFrom(-1, 0, 1))
  .map(([hour, off]) => new Date(Date.UTC(2024, 6, 1, hour) + off).toISOString());
