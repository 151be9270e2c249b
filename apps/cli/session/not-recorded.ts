import { notPermitted, type NotRecorded } from '#application/commands/command-result';
import type { CommandType } from '#ledger/commands';
import type { Actor } from '#ledger/context';
import { personSentence, type PersonObstacle } from '#presentation/person-sentence';
import { CommandFault, EXIT } from './exit-codes.ts';

const EXIT_OF = {
  'not-permitted': EXIT.notPermitted,
  refused: EXIT.refused,
  conflicting: EXIT.conflict,
  stale: EXIT.conflict,
  raced: EXIT.conflict,
  failed: EXIT.unavailable,
  halted: EXIT.unavailable,
  'clock-doubted': EXIT.unavailable,
  forgotten: EXIT.refused,
} as const satisfies Record<NotRecorded['kind'], number>;

/** Why nothing was recorded, as a sentence and an exit code; what a script may look for is behind it. */
export const faultOf = (answer: NotRecorded): CommandFault => {
  const { zh, en } = answer.sentence;
  const behind = detailOf(answer);
  return behind === undefined
    ? new CommandFault(EXIT_OF[answer.kind], zh, en)
    : new CommandFault(EXIT_OF[answer.kind], `${zh}(${behind})`, `${en} (${behind})`);
};

const detailOf = (answer: NotRecorded): string | undefined => {
  if (answer.kind === 'refused') return answer.code;
  return answer.kind === 'failed' ? JSON.stringify(answer.failure) : undefined;
};

/** Throws unless the actor may issue the command. */
export const permit = (actor: Actor, command: CommandType): void => {
  const denied = notPermitted(actor, command);
  if (denied !== undefined) throw faultOf(denied);
};

const PERSON_EXIT_OF = {
  'not-permitted': EXIT.notPermitted,
  'reason-missing': EXIT.badInput,
  'reason-discloses': EXIT.badInput,
  'not-held': EXIT.badInput,
  differs: EXIT.conflict,
  forgotten: EXIT.refused,
} as const satisfies Record<PersonObstacle['kind'], number>;

/** Why a person's data were neither shown nor erased. */
export const personFault = (obstacle: PersonObstacle): CommandFault => {
  const { zh, en } = personSentence(obstacle);
  return new CommandFault(PERSON_EXIT_OF[obstacle.kind], zh, en);
};
