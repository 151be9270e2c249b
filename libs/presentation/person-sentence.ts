import type { Role } from '#ledger/context';
import { forgottenSentence } from './command-sentence.ts';
import type { Sentence } from './event-sentence.ts';

/** Why a person's data were neither shown nor erased. */
export type PersonObstacle =
  | {
      readonly kind: 'not-permitted';
      readonly act: 'reveal' | 'forget';
      readonly role: Role;
      readonly roles: readonly Role[];
    }
  /** `most` is how many characters a reason may have. */
  | { readonly kind: 'reason-missing'; readonly most: number }
  | { readonly kind: 'reason-discloses' }
  | { readonly kind: 'not-held' }
  | { readonly kind: 'differs' }
  /** `by` is left out where the reader is not to know who erased the person. */
  | { readonly kind: 'forgotten'; readonly at: string; readonly by?: string };

/** What stands between an actor and a person's data, in words that tell nothing of the person. */
export const personSentence = (obstacle: PersonObstacle): Sentence => {
  switch (obstacle.kind) {
    case 'not-permitted': {
      const { act, role } = obstacle;
      const roles = obstacle.roles.join('、');
      return act === 'reveal'
        ? {
            zh: `角色 ${role} 不能查看个人资料;可以查看的角色是 ${roles}。`,
            en: `The role ${role} may not reveal persons; ${roles} may.`,
          }
        : {
            zh: `角色 ${role} 不能抹去个人资料;可以抹去的角色是 ${roles}。`,
            en: `The role ${role} may not forget persons; ${roles} may.`,
          };
    }
    case 'reason-missing':
      return {
        zh: `须写明事由,至多 ${obstacle.most} 字`,
        en: `A reason of at most ${obstacle.most} characters is required`,
      };
    case 'reason-discloses':
      return {
        zh: '事由会长期留存,不得含其本人资料',
        en: 'The reason is kept for ever and must not tell of the person itself',
      };
    case 'not-held':
      return { zh: '没有存这个收款人的个人资料。', en: 'No person is kept for this payee.' };
    case 'differs':
      return {
        zh: '保险库所存与台账中的摘要不符,不予出示。',
        en: 'What the vault holds is not what the log committed to; it is not shown.',
      };
    case 'forgotten':
      return forgottenSentence(obstacle);
  }
};
