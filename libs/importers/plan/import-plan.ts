import type { EventStore } from '#event-store/port';
import type { Actor } from '#ledger/context';
import type { LedgerCommand } from '#ledger/ledger-events';
import type { Refusal } from '#ledger/refusals';
import type { PlannedCommand } from './notice-commands.ts';
import type { PlanFault } from './plan.ts';
import type { PlannedImport } from './plan-commands.ts';
import { commandsOf, differencesFrom, recordedNotice } from './recorded-notice.ts';

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
}

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

/**
 * Records a planned import. Every command has a deterministic id, so a run that was cut short is
 * completed by running it again, and a complete one records nothing more.
 */
export const importPlan = async (
  planned: PlannedImport,
  target: ImportTarget,
  actor: Actor,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<ImportOutcome> => {
  const before = await recordedNotice(planned.notice.noticeId, target.store);
  const differences = before === undefined ? [] : differencesFrom(before, planned);
  if (differences.length > 0) return { kind: 'conflict', differences };
  const { issue, allocations } = before === undefined ? planned : commandsOf(before);
  const commands = [...planned.places, issue, ...allocations];
  let recorded = 0;
  for (const [index, one] of commands.entries()) {
    const answer = await record(one, planned.notice.noticeId, target, actor);
    if (answer.kind === 'happened') recorded += 1;
    else if (answer.kind !== 'repeated' && !isRecordedAlready(one, answer)) {
      return { kind: 'stopped', command: one.command.type, answer };
    }
    onProgress(index + 1, commands.length);
  }
  return { kind: 'imported', recorded, repeated: commands.length - recorded };
};

const record = (
  { command, commandId, occurredOn }: PlannedCommand,
  correlationId: string,
  { execute }: ImportTarget,
  actor: Actor,
): Promise<ImportAnswer> => execute(command, { commandId, actor, occurredOn, correlationId });

/**
 * Recorded before, by somebody else or in another way: a place by an earlier notice or a person;
 * the notice, whose content was compared, and its lines through the API.
 */
const isRecordedAlready = ({ command }: PlannedCommand, answer: ImportAnswer): boolean => {
  const refusedAs = (code: Refusal['code']) =>
    answer.kind === 'refused' && answer.refusal.code === code;
  switch (command.type) {
    case 'RegisterPlace':
      return answer.kind === 'conflicting' || refusedAs('place-already-registered');
    case 'IssueNotice':
      return refusedAs('notice-already-issued');
    case 'AllocateFunds':
      return refusedAs('allocation-already-exists');
    default:
      return false;
  }
};
