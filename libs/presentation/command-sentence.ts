import type { CommandType } from '#ledger/commands';
import type { Role } from '#ledger/context';
import type { Halt } from '#projections/engine/generation';
import type { Sentence } from './event-sentence.ts';
import { clockDoubtSentence, type ClockDoubt } from './clock-doubt-sentence.ts';
import { haltSentence } from './halt-sentence.ts';

/** Why a command was not carried out, where that is not a refusal of the ledger's own rules. */
export type Obstacle =
  | {
      readonly kind: 'not-permitted';
      readonly role: Role;
      readonly command: CommandType;
      readonly roles: readonly Role[];
    }
  | { readonly kind: 'conflicting' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'raced' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'halted'; readonly view: string; readonly halt: Halt }
  | { readonly kind: 'clock-doubted'; readonly doubt: ClockDoubt }
  /** `by` is left out where the reader is not to know who erased the person. */
  | { readonly kind: 'forgotten'; readonly at: string; readonly by?: string };

/**
 * What an obstacle says to the person at the desk. `keyName` is what they call the key of a command:
 * `Idempotency-Key` over HTTP, `--key` for `mz`.
 */
export const obstacleSentence = (obstacle: Obstacle, keyName: string): Sentence => {
  switch (obstacle.kind) {
    case 'not-permitted': {
      const { role, command } = obstacle;
      const roles = obstacle.roles.join('、');
      return {
        zh: `角色 ${role} 不能做 ${command};可以做的角色是 ${roles}。`,
        en: `The role ${role} may not ${command}; ${roles} may.`,
      };
    }
    case 'conflicting':
      return {
        zh: `这个 ${keyName} 已用于另一件事,原记录不变。`,
        en: `This ${keyName} was used for something else; what was recorded stays.`,
      };
    case 'stale':
      return {
        zh: '这笔资金已有新的事项,请重新读取后再试。',
        en: 'The stream has moved on; read it again.',
      };
    case 'raced':
      return {
        zh: '同时有别人在改动,请再试一次。',
        en: 'Somebody else wrote first; try again.',
      };
    case 'failed':
      return {
        zh: `存储没有确认;用同一 ${keyName} 重试是安全的。`,
        en: `The store did not confirm; retrying with the same ${keyName} is safe.`,
      };
    case 'halted': {
      const { zh, en } = haltSentence(obstacle.view, obstacle.halt);
      return { zh: `没有记账:${zh}`, en: `Nothing was recorded: ${en}` };
    }
    case 'clock-doubted': {
      const { zh, en } = clockDoubtSentence(obstacle.doubt);
      return { zh: `没有记账:${zh}`, en: `Nothing was recorded: ${en}` };
    }
    case 'forgotten':
      return forgottenSentence(obstacle);
  }
};

/** That a person's data were erased; `by` is left out where the reader is not to know. */
export const forgottenSentence = ({ at, by }: { at: string; by?: string }): Sentence => ({
  zh: `这个人的资料已于 ${at} ${by === undefined ? '' : `由 ${by} `}抹去,无法恢复;台账和证明不变。`,
  en: `The data of this person were erased at ${at}${by === undefined ? '' : ` by ${by}`} for good; the ledger and its proofs are as before.`,
});
