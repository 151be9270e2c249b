import type { Actor, Role } from '#ledger/context';
import { FORGETTERS } from './forget.ts';
import { MOST_REASON_CHARACTERS, REVEALERS } from './reveal.ts';

/** What may be done with a person's data in clear, and by whom. */
const ROLES_OF = { reveal: REVEALERS, forget: FORGETTERS } as const;

export type PersonRequest =
  | { readonly kind: 'in-order'; readonly reason: string }
  | {
      readonly kind: 'not-permitted';
      readonly act: keyof typeof ROLES_OF;
      readonly role: Role;
      readonly roles: readonly Role[];
    }
  | { readonly kind: 'reason-missing'; readonly most: number };

/**
 * Whether an actor may ask, and has a reason: 1 to 500 characters, without the space around it. The
 * reason is read only once they may.
 */
export const personRequest = (
  act: keyof typeof ROLES_OF,
  { role }: Actor,
  readReason: () => string,
): PersonRequest => {
  const roles = ROLES_OF[act];
  if (!roles.includes(role)) return { kind: 'not-permitted', act, role, roles };
  const trimmed = readReason().trim();
  return trimmed === '' || trimmed.length > MOST_REASON_CHARACTERS
    ? { kind: 'reason-missing', most: MOST_REASON_CHARACTERS }
    : { kind: 'in-order', reason: trimmed };
};
