import { frameAt } from '#history/questions/frame';
import { asOfOf, findHandle, type Handle } from '#history/questions/handle';
import { namedDays as namedDaysOf } from '#history/questions/named-days';
import type { DifferenceView } from '#presentation/questions/difference';
import { presentFrame, type FrameView } from '#presentation/questions/frame';
import { presentNamedDay, type NamedDayView } from '#presentation/questions/named-day';
import { adjustmentsView } from '#projections/adjustments/view';
import { VIEWS } from '#projections/registry';
import { differenceBetween } from './difference.ts';
import { withOpen, type Noted } from './noting.ts';
import { alike, fromPostings, Refused, type QueryContext } from './query.ts';

export interface NamedDayList {
  readonly checkpoints: readonly NamedDayView[];
}

/** The days that a replay can be set to by name: 关键日. */
export const namedDays = alike(
  [],
  async ({ db, historicalReads, asOf }, _none: object): Promise<NamedDayList> => ({
    checkpoints: namedDaysOf(await historicalReads.history(asOf), db).map(presentNamedDay),
  }),
);

export interface FrameQuestion {
  /** A date, a position, a named day, `start` or `end`. */
  readonly handle: string;
  /** Whether to fold all views up to the step and digest their rows. */
  readonly digest: boolean;
}

export interface Frame extends FrameView, Noted {
  readonly digests?: Readonly<Record<string, string>>;
}

/** The ledger at one step of a replay, with the adjustments that were open at it. */
export const frame = fromPostings(
  [adjustmentsView],
  async (context, { handle: text, digest }: FrameQuestion): Promise<Frame | Refused> => {
    const handle = await handleOf(context, text);
    if (handle instanceof Refused) return handle;
    const { db, store, historicalReads, asOf } = context;
    const at = asOfOf(handle, asOf.position);
    const step = presentFrame(await frameAt(await historicalReads.history(asOf), store, handle));
    const shown = withOpen({ db, asOf: at }, step, {});
    if (!digest) return shown;
    const digests = await historicalReads.readPast(at, VIEWS, (past) => past.digest());
    return { ...shown, digests };
  },
);

export interface BetweenQuestion {
  readonly from: string;
  readonly to: string;
}

/**
 * What every place had at one step and at another, and what went in and out between them; with the adjustments
 * that were open at the second.
 */
export const between = fromPostings(
  [adjustmentsView],
  async (context, { from, to }: BetweenQuestion): Promise<(DifferenceView & Noted) | Refused> => {
    const [start, end] = [await handleOf(context, from), await handleOf(context, to)];
    if (start instanceof Refused) return start;
    if (end instanceof Refused) return end;
    const head = context.asOf.position;
    const question = { measure: 'onHandFen', by: 'place' } as const;
    const [earlier, later] = [asOfOf(start, head), asOfOf(end, head)];
    const lines = await differenceBetween(context, earlier, later, question, EVENTS_A_LINE);
    return withOpen({ db: context.db, asOf: later }, lines, {});
  },
);

const EVENTS_A_LINE = 50;

const handleOf = async (
  { db, historicalReads, asOf }: QueryContext,
  text: string,
): Promise<Handle | Refused> => {
  const named = namedDaysOf(await historicalReads.history(asOf), db);
  const found = findHandle(text, asOf.position, named);
  if (found.kind === 'handle') return found.handle;
  return new Refused({ kind: 'unknown-handle', handle: found });
};
