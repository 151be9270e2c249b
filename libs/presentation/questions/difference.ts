import type { EventStore } from '#event-store/port';
import type { Change, DifferenceLine } from '#history/questions/difference';
import { withEvents, type EventView } from './event.ts';

export interface ChangeView extends Omit<Change, 'position'> {
  readonly event: EventView;
}

/** A line of a difference with the events that explain it, as many as were asked for. */
export interface DifferenceLineView extends Omit<DifferenceLine, 'changes'> {
  readonly changes: readonly ChangeView[];
  /** Events beyond those. */
  readonly more: number;
}

export interface DifferenceView {
  readonly lines: readonly DifferenceLineView[];
  readonly total: Omit<DifferenceLine, 'changes'>;
}

export const presentDifference = async (
  store: EventStore,
  { lines, total }: { readonly lines: readonly DifferenceLine[]; readonly total: DifferenceLine },
  changesALine: number,
): Promise<DifferenceView> => {
  const presented: DifferenceLineView[] = [];
  for (const { changes, ...line } of lines) {
    const shown = await withEvents(store, changes.slice(0, changesALine));
    presented.push({
      ...line,
      changes: shown.map(({ reason, effectFen, event }) => ({ reason, effectFen, event })),
      more: changes.length - shown.length,
    });
  }
  const { changes: _none, ...sums } = total;
  return { lines: presented, total: sums };
};
