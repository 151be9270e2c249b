import type { EventStore } from '#event-store/port';
import type { Change, DifferenceLine } from '#history/questions/difference';
import { withEvents, type ToldEvent } from './event.ts';

export interface ToldChange extends Omit<Change, 'position'> {
  readonly event: ToldEvent;
}

/** A line of a difference with the events that explain it, as many as were asked for. */
export interface ToldDifferenceLine extends Omit<DifferenceLine, 'changes'> {
  readonly changes: readonly ToldChange[];
  /** Events beyond those. */
  readonly more: number;
}

export const tellDifference = async (
  store: EventStore,
  { lines, total }: { readonly lines: readonly DifferenceLine[]; readonly total: DifferenceLine },
  changesALine: number,
) => {
  const told: ToldDifferenceLine[] = [];
  for (const { changes, ...line } of lines) {
    const shown = await withEvents(store, changes.slice(0, changesALine));
    told.push({
      ...line,
      changes: shown.map(({ reason, effectFen, event }) => ({ reason, effectFen, event })),
      more: changes.length - shown.length,
    });
  }
  const { changes: _none, ...sums } = total;
  return { lines: told, total: sums };
};
