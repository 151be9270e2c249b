import { toLedgerEvent } from '#event-codec/decode';
import type { EventStore } from '#event-store/port';
import { openWork } from '#projections/open-work/query';
import type { ReadDatabase } from '#projections/engine/read-database';
import type { Execute } from '../commands/envelope.ts';
import { adjustmentWork, type OpenLine } from './adjustment-work.ts';
import { carryOut, type WorkOutcome } from './carry-out.ts';
import { allocationStep, noticeIn, noticeWork, type AllocatedOtherwise } from './notice-work.ts';
import type { WorkKind } from './work.ts';

/** Carries out the work whose intent begins a stream. `onStep` hears of each step of a stage. */
export type CarryOut = (
  stream: string,
  onStep?: (done: number, of: number) => void,
) => Promise<WorkOutcome>;

const NONE: ReadonlySet<string> = new Set();

export const createWorker = (
  store: EventStore,
  execute: Execute,
  allocatedOtherwise: AllocatedOtherwise = () => NONE,
): CarryOut => {
  const kinds: Readonly<Record<string, WorkKind>> = {
    adjustment: adjustmentWork(lineIn(store)),
    notice: noticeWork(allocatedOtherwise),
  };
  return (stream, onStep) => {
    const kind = kinds[stream.slice(0, stream.indexOf('-'))];
    if (kind === undefined) throw new Error(`No work begins with ${stream}.`);
    return carryOut({ store, execute }, kind, stream, onStep);
  };
};

const lineIn =
  (store: EventStore): OpenLine =>
  async ({ noticeId, annex, row }) => {
    const events = [];
    for await (const recorded of store.readStream(`notice-${noticeId}`)) {
      events.push(toLedgerEvent(recorded));
    }
    const notice = noticeIn(events);
    const line = notice?.annexes
      .find((one) => one.annex === annex)
      ?.lines.find((one) => one.row === row);
    if (notice === undefined || line === undefined) return undefined;
    return allocationStep(notice, annex, line);
  };

/** Work that a start found open, and what came of it. */
export interface Resumed {
  readonly stream: string;
  readonly outcome: WorkOutcome | { readonly kind: 'failed'; readonly fault: Error };
}

/**
 * Goes on with everything that a crash left open. What cannot be done now is left to the next start, and
 * is never a reason not to start: its figures say that it is open.
 */
export const resumeWork = async (
  db: ReadDatabase,
  carry: CarryOut,
): Promise<readonly Resumed[]> => {
  const resumed: Resumed[] = [];
  for (const stream of openWork(db)) {
    resumed.push({ stream, outcome: await carry(stream).catch(failed) });
  }
  return resumed;
};

const failed = (fault: unknown): Resumed['outcome'] => ({
  kind: 'failed',
  fault: fault instanceof Error ? fault : new Error(String(fault)),
});
