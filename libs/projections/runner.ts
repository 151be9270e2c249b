import type { DatabaseSync } from 'node:sqlite';
import { isEventType } from '#ledger/event-types';
import { checkConservation } from './conservation.ts';
import { commitGenerations, type Generation } from './view-store.ts';
import type { ViewEvent } from './view-event.ts';

/**
 * Folds a batch of events into every view that has not seen them yet, and commits rows and
 * checkpoints together. A view that cannot fold an event stops there, says why, and the others go on.
 */
export const foldBatch = (
  db: DatabaseSync,
  generations: readonly Generation[],
  events: readonly ViewEvent[],
): void => {
  for (const event of events) {
    for (const generation of generations) foldEvent(generation, event);
  }
  checkGenerations(generations);
  commitGenerations(db, generations);
};

const foldEvent = (generation: Generation, event: ViewEvent): void => {
  if (generation.halted !== undefined || event.position <= generation.position) return;
  try {
    if (!isEventType(event.type)) throw new Error(`No event is of the type ${String(event.type)}.`);
    generation.fold(event);
    for (const table of generation.tables.values()) table.keep();
    generation.position = event.position;
  } catch (error) {
    for (const table of generation.tables.values()) table.discard();
    const reason = error instanceof Error ? error.message : String(error);
    generation.halted = { position: event.position, eventId: event.id, reason };
  }
};

/** Views are compared where they stand at the same event. */
const checkGenerations = (generations: readonly Generation[]): void => {
  const position = Math.max(...generations.map((generation) => generation.position));
  const sumOf = (name: string, table: string, column: string): number | undefined =>
    generations
      .find(({ view, position: at }) => view.name === name && at === position)
      ?.tables.get(table)
      ?.sum(column);
  checkConservation(sumOf, position);
};
