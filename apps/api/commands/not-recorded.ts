import type { CommandType } from '#ledger/commands';
import type { Actor } from '#ledger/context';
import { notPermitted, type NotRecorded } from '#application/commands/command-result';
import type { FaultyText } from '#ledger/text';
import { textFaultSentence } from '#presentation/text-fault-sentence';
import { ProblemException, type Fault } from '../problems/problem.ts';
import { REFUSAL_STATUS } from '../problems/refusal-status.ts';

const STATUS = {
  'not-permitted': 403,
  conflicting: 422,
  stale: 412,
  raced: 409,
  failed: 503,
  halted: 503,
  'clock-doubted': 503,
  forgotten: 410,
} as const satisfies Record<Exclude<NotRecorded['kind'], 'refused'>, number>;

/** Why nothing was recorded, as a problem of HTTP. */
export const problemOf = (answer: NotRecorded): ProblemException => {
  const { code, sentence } = answer;
  const status = answer.kind === 'refused' ? REFUSAL_STATUS[answer.code] : STATUS[answer.kind];
  return new ProblemException({
    status,
    code,
    detail: sentence.zh,
    detailEn: sentence.en,
    ...(answer.kind === 'refused' && answer.faults !== undefined
      ? { errors: answer.faults.map(toFault) }
      : {}),
    ...(answer.kind === 'failed' ? { headers: { 'retry-after': '2' } } : {}),
  });
};

const toFault = (faulty: FaultyText): Fault => {
  const { zh, en } = textFaultSentence(faulty);
  return { pointer: faulty.at, detail: zh, detailEn: en };
};

/** The actor, if they may issue the command; a problem with status 403 otherwise. */
export const permitted = (actor: Actor, type: CommandType): Actor => {
  const denied = notPermitted(actor, type);
  if (denied !== undefined) throw problemOf(denied);
  return actor;
};
