import type { EventStore } from '#event-store/port';
import type { Actor } from '#ledger/context';
import type { LedgerCommand } from '#ledger/ledger-events';
import type { Refusal } from '#ledger/refusals';
import type { PlannedCommand } from './notice-commands.ts';
import type { PlanFault } from './plan.ts';
import type { PlannedImport } from './plan-commands.ts';
import { differencesFrom, issueAgain, recordedNotice } from './recorded-notice.ts';

/** The part of a ledger that an import needs. */
export interface ImportTarget {
  readonly store: EventStore;
  readonly execute: (
    command: LedgerCommand,
    asked: {
      readonly commandId: string;
      readonly actor: Actor;
      readonly occurredOn: string;
      readonly correlationId: string;
    },
  ) => Promise<ImportAnswer>;
  /** Carries out the work whose intent begins a stream. */
  readonly carryOut: (
    stream: string,
    onStep?: (done: number, of: number) => void,
  ) => Promise<ImportWork>;
}

type ImportWork =
  | { readonly kind: 'ended'; readonly steps: readonly { readonly answer?: ImportAnswer }[] }
  | {
      readonly kind: 'interrupted';
      readonly step: { readonly command: LedgerCommand };
      readonly answer: ImportAnswer;
    };

type ImportAnswer =
  | {
      readonly kind:
        'happened' | 'repeated' | 'conflicting' | 'raced' | 'stale' | 'halted' | 'clock-doubted';
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly failure: object };

export type ImportOutcome =
  | { readonly kind: 'imported'; readonly recorded: number; readonly repeated: number }
  /** The ledger holds this notice with other content; nothing was changed. */
  | { readonly kind: 'conflict'; readonly differences: readonly PlanFault[] }
  | { readonly kind: 'stopped'; readonly command: string; readonly answer: ImportAnswer };

export interface ImportOptions {
  readonly onProgress?: (done: number, of: number) => void;
  /** By what its events are known to belong together: what follows from a key, else the notice. */
  readonly correlationId?: string;
}

/**
 * Records a planned import: its places, then the notice, which is the intent that its rows be allocated.
 * Every command has a deterministic id, so a run that was cut short is completed by the next start or by
 * running it again, and a complete one records nothing more.
 */
export const importPlan = async (
  planned: PlannedImport,
  target: ImportTarget,
  actor: Actor,
  { onProgress = () => undefined, correlationId = planned.notice.noticeId }: ImportOptions = {},
): Promise<ImportOutcome> => {
  const { noticeId } = planned.notice;
  const before = await recordedNotice(noticeId, target.store);
  const differences = before === undefined ? [] : differencesFrom(before, planned);
  if (differences.length > 0) return { kind: 'conflict', differences };
  const issue = before === undefined ? planned.issue : issueAgain(before);
  const commands = [...planned.places, issue];
  let recorded = 0;
  for (const one of commands) {
    const answer = await record(one, correlationId, target, actor);
    if (answer.kind === 'happened') recorded += 1;
    else if (answer.kind !== 'repeated' && !isRecordedAlready(one, answer)) {
      return { kind: 'stopped', command: one.command.type, answer };
    }
  }
  const work = await target.carryOut(`notice-${noticeId}`, onProgress);
  if (work.kind === 'interrupted') {
    return { kind: 'stopped', command: work.step.command.type, answer: work.answer };
  }
  const all = commands.length + work.steps.length;
  for (const { answer } of work.steps) if (answer?.kind === 'happened') recorded += 1;
  return { kind: 'imported', recorded, repeated: all - recorded };
};

const record = (
  { command, commandId, occurredOn }: PlannedCommand,
  correlationId: string,
  { execute }: ImportTarget,
  actor: Actor,
): Promise<ImportAnswer> => execute(command, { commandId, actor, occurredOn, correlationId });

/** Recorded before in another way: a place by an earlier notice or a person; the notice, whose content was compared. */
const isRecordedAlready = ({ command }: PlannedCommand, answer: ImportAnswer): boolean => {
  const refusedAs = (code: Refusal['code']) =>
    answer.kind === 'refused' && answer.refusal.code === code;
  switch (command.type) {
    case 'RegisterPlace':
      return answer.kind === 'conflicting' || refusedAs('place-already-registered');
    case 'IssueNotice':
      return refusedAs('notice-already-issued');
    default:
      return false;
  }
};
