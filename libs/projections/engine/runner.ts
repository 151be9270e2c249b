import type { CommitGenerations, Folded, Generation, Halt } from './generation.ts';
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

/** What must be true of all views that are at the same position; what is not, when it is not. */
export type Invariant = (sumOf: SumOf, position: number) => Breach | undefined;

/** Views that contradict each other or themselves, with the figures. */
export interface Breach {
  readonly views: readonly string[];
  readonly reason: string;
}

/**
 * Commits what was folded, rows and checkpoints together, once the invariant was checked; `folded` is
 * the newest event of the log among it, where these generations are all there are. The views of a
 * breach halt where they were last committed; the others go on.
 */
export const commitFolded = (
  commit: CommitGenerations,
  generations: readonly Generation[],
  invariant: Invariant,
  folded: Folded | undefined,
): Breach | undefined => {
  const position = Math.max(...generations.map((generation) => generation.position));
  const breach = invariant(sumsAt(generations, position), position);
  if (breach !== undefined) {
    const { reason } = breach;
    const halt: Halt = { cause: 'not-conserved', position, eventId: '', reason };
    for (const one of generations) if (breach.views.includes(one.view.name)) goBack(one, halt);
  }
  commit(generations, folded);
  return breach;
};

/** Forgets what was folded since the last commit. */
const goBack = (generation: Generation, halt: Halt): void => {
  for (const table of generation.tables.values()) table.abandon();
  generation.position = generation.committed;
  generation.halted = halt;
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
  const { position, id: eventId } = event;
  if (!event.isReadable) {
    const reason = `${event.type}, version ${event.version}`;
    generation.halted = { cause: 'newer-release', position, eventId, reason };
    return;
  }
  const { touched } = generation;
  try {
    generation.fold(event);
    for (const table of touched) table.stage();
    generation.position = position;
  } catch (error) {
    for (const table of touched) table.discard();
    const reason = error instanceof Error ? error.message : String(error);
    generation.halted = { cause: 'event-not-folded', position, eventId, reason };
  }
  touched.length = 0;
};

/** Views are compared where they have folded the same event last. */
const sumsAt =
  (generations: readonly Generation[], position: number): SumOf =>
  (name, table, column) =>
    generations
      .find(
        ({ view, position: at, halted }) =>
          view.name === name && at === position && halted === undefined,
      )
      ?.tables.get(table)
      ?.sum(column);
