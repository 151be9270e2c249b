import { isEventType } from '#ledger/event-types';
import type { CommitGenerations, Generation } from './generation.ts';
import type { ViewEvent } from './view-event.ts';

/**
 * Folds events, which are all there is to know up to a position, into every view that has not seen
 * them yet. A view that cannot fold an event stops there, says why, and the others go on.
 */
export const foldEvents = (
  generations: readonly Generation[],
  events: readonly ViewEvent[],
  through: number,
): void => {
  for (const event of events) {
    for (const generation of generations) foldEvent(generation, event);
  }
  for (const generation of generations) {
    if (generation.halted === undefined && generation.position < through) {
      generation.position = through;
    }
  }
};

/** Sum of a column of a view's table; undefined while that view is halted or elsewhere in the log. */
export type SumOf = (view: string, table: string, column: string) => number | undefined;

/** What must be true of all views that are at the same position. Throws, with figures, when it is not. */
export type Invariant = (sumOf: SumOf, position: number) => void;

/** Commits what was folded, rows and checkpoints together, once the invariant was checked. */
export const commitFolded = (
  commit: CommitGenerations,
  generations: readonly Generation[],
  invariant: Invariant,
): void => {
  const position = Math.max(...generations.map((generation) => generation.position));
  invariant(sumsAt(generations, position), position);
  commit(generations);
};

/** Rows that wait to be written; more of them at a time are written faster, and held in memory. */
export const unwrittenRows = (generations: readonly Generation[]): number => {
  let rows = 0;
  for (const { tables } of generations) {
    for (const table of tables.values()) rows += table.unwritten();
  }
  return rows;
};

const foldEvent = (generation: Generation, event: ViewEvent): void => {
  if (generation.halted !== undefined || event.position <= generation.position) return;
  const { touched } = generation;
  try {
    if (!isEventType(event.type)) throw new Error(`No event is of the type ${String(event.type)}.`);
    generation.fold(event);
    for (const table of touched) table.stage();
    generation.position = event.position;
  } catch (error) {
    for (const table of touched) table.discard();
    const reason = error instanceof Error ? error.message : String(error);
    generation.halted = { position: event.position, eventId: event.id, reason };
  }
  touched.length = 0;
};

/** Views are compared where they have folded the same event last. */
const sumsAt =
  (generations: readonly Generation[], position: number): SumOf =>
  (name, table, column) =>
    generations
      .find(({ view, position: at }) => view.name === name && at === position)
      ?.tables.get(table)
      ?.sum(column);
