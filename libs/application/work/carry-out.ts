import { toLedgerEvent } from '#event-codec/decode';
import type { EventStore } from '#event-store/port';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import type { Refusal } from '#ledger/refusals';
import type { Execute, LedgerOutcome } from '../commands/envelope.ts';
import type { RefusedStep, Step, WorkKind } from './work.ts';

/** What came of work. */
export type WorkOutcome =
  | Ended
  /** A step could not be taken now; what was taken is recorded, and the next start goes on. */
  | { readonly kind: 'interrupted'; readonly step: Step; readonly answer: NotTaken };

export interface Ended {
  readonly kind: 'ended';
  readonly steps: readonly TakenStep[];
  /** The refusal at which a stage ended, in this run. */
  readonly refusal?: Refusal;
}

/** A step with where it stands in the log; without it where it was taken before in another way. */
export interface TakenStep {
  readonly step: Step;
  readonly answer?: Happened;
  /** Why it needs not be taken. */
  readonly refusal?: Refusal;
}

type Happened = Extract<LedgerOutcome, { readonly position: bigint }>;
type NotTaken = Exclude<LedgerOutcome, Happened>;

interface Worker {
  readonly store: EventStore;
  readonly execute: Execute;
}

/** Two nodes may each record a stage that the other has ended: then the log is read again. */
const MOST_STAGES = 12;

/**
 * Carries out what an intent asks for, from wherever it stands. Steps are taken in the name of who
 * recorded the intent, on its business day.
 */
export const carryOut = async (
  { store, execute }: Worker,
  kind: WorkKind,
  stream: string,
  onStep: (done: number, of: number) => void = () => undefined,
): Promise<WorkOutcome> => {
  const taken: TakenStep[] = [];
  let refusal: Refusal | undefined;
  for (let round = 0; round < MOST_STAGES; round++) {
    const events = await eventsOf(store, stream);
    const intent = kind.intent?.(events) ?? events[0];
    const stage = intent && (await kind.next(events));
    if (intent === undefined || stage === undefined) return ended(taken, refusal);
    const take = takerOf(execute, intent);
    const done = new Set(taken.map(({ step }) => step.commandId));
    const steps = stage.steps.filter(({ commandId }) => !done.has(commandId));
    const result = await takeSteps(steps, take, onStep);
    taken.push(...result.taken);
    const { stopped } = result;
    const isOutcome = stage.mayBeRefused === true && stopped?.answer.kind === 'refused';
    if (stopped !== undefined && !isOutcome) {
      return { kind: 'interrupted', ...stopped };
    }
    if (stage.end === undefined) return ended(taken, refusal);
    const refused = refusedStep(stopped);
    if (refused !== undefined) refusal = refused.refusal;
    const end = stage.end(refused);
    const answer = await take(end);
    // Refused: another node has ended this stage, and the stream says how.
    if ('position' in answer || answer.kind === 'refused') continue;
    return { kind: 'interrupted', step: end, answer };
  }
  throw new Error(`The work of ${stream} does not come to an end.`);
};

const ended = (steps: readonly TakenStep[], refusal: Refusal | undefined): Ended => ({
  kind: 'ended',
  steps,
  ...(refusal === undefined ? {} : { refusal }),
});

type Take = (step: Step) => Promise<LedgerOutcome>;

const takerOf =
  (execute: Execute, { actor, occurredOn, correlationId }: RecordedLedgerEvent): Take =>
  ({ command, commandId }) =>
    execute(command, { commandId, actor, occurredOn, correlationId });

interface Stopped {
  readonly step: Step;
  readonly answer: NotTaken;
}

/** Takes steps in order up to the first that is not taken. */
const takeSteps = async (
  steps: readonly Step[],
  take: Take,
  onStep: (done: number, of: number) => void,
): Promise<{ readonly taken: readonly TakenStep[]; readonly stopped?: Stopped }> => {
  const taken: TakenStep[] = [];
  for (const [index, step] of steps.entries()) {
    const answer = await take(step);
    if ('position' in answer) taken.push({ step, answer });
    else if (isTaken(step, answer)) taken.push({ step, refusal: answer.refusal });
    else return { taken, stopped: { step, answer } };
    onStep(index + 1, steps.length);
  }
  return { taken };
};

const isTaken = (
  { takenIf }: Step,
  answer: NotTaken,
): answer is Extract<NotTaken, { readonly kind: 'refused' }> =>
  answer.kind === 'refused' && takenIf?.includes(answer.refusal.code) === true;

const refusedStep = (stopped: Stopped | undefined): RefusedStep | undefined =>
  stopped?.answer.kind === 'refused'
    ? { step: stopped.step, refusal: stopped.answer.refusal }
    : undefined;

const eventsOf = async (
  store: EventStore,
  stream: string,
): Promise<readonly RecordedLedgerEvent[]> => {
  const events: RecordedLedgerEvent[] = [];
  for await (const recorded of store.readStream(stream)) events.push(toLedgerEvent(recorded));
  return events;
};
