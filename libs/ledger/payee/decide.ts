import type { CommandContext } from '../context.ts';
import { inFuture, refuse, type Decision } from '../decision.ts';
import type { Refusal } from '../refusals.ts';
import { changePayee } from './change-payee.ts';
import { mergePayee } from './merge-payee.ts';
import type { PayeeCommand } from './payee-commands.ts';
import type { PayeeEvent } from './payee-events.ts';
import type { PayeeState } from './payee-state.ts';
import { registerPayee } from './register-payee.ts';
import { revokePayeeMerger } from './revoke-payee-merger.ts';

/** All that can be asked of a payee, at a glance; each verb's rule is in the file it names. */
export const decide = (
  command: PayeeCommand,
  payee: PayeeState,
  context: CommandContext,
): Decision<PayeeEvent> => {
  const common = commonRefusal(command, payee, context);
  if (common) return refuse(common);
  switch (command.type) {
    case 'RegisterPayee':
      return registerPayee(command, payee, context);
    case 'ChangePayee':
      return changePayee(command, context);
    case 'MergePayee':
      return mergePayee(command, context);
    case 'RevokePayeeMerger':
      return revokePayeeMerger(command, context);
    default:
      return command satisfies never;
  }
};

/** Refusals that come before any verb's own, in this order. */
const commonRefusal = (
  { type, data: { payeeId } }: PayeeCommand,
  { registered, mergedInto }: PayeeState,
  context: CommandContext,
): Refusal | undefined => {
  if (inFuture(context)) {
    return { code: 'business-date-in-future', occurredOn: context.occurredOn };
  }
  if (type === 'RegisterPayee') return undefined;
  if (!registered) return { code: 'payee-not-registered', payeeId };
  return mergedInto !== undefined && type !== 'RevokePayeeMerger'
    ? { code: 'payee-already-merged', payeeId, intoPayeeId: mergedInto }
    : undefined;
};
