import type { CommandContext } from '../context.ts';
import { inFuture, refuse, type Decision } from '../decision.ts';
import { changePayee } from './change-payee.ts';
import type { PayeeCommand } from './payee-commands.ts';
import type { PayeeEvent } from './payee-events.ts';
import type { PayeeState } from './payee-state.ts';
import { registerPayee } from './register-payee.ts';

/** All that can be asked of a payee, at a glance; each verb's rule is in the file it names. */
export const decide = (
  command: PayeeCommand,
  payee: PayeeState,
  context: CommandContext,
): Decision<PayeeEvent> => {
  if (inFuture(context)) {
    return refuse({ code: 'business-date-in-future', occurredOn: context.occurredOn });
  }
  switch (command.type) {
    case 'RegisterPayee':
      return registerPayee(command, payee, context);
    case 'ChangePayee':
      return changePayee(command, payee, context);
    default:
      return command satisfies never;
  }
};
