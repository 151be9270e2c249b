import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { noPayees } from './known-payee.ts';
import { oneWith, registeredAs, samePayee } from './known-payees.ts';
import type { ChangePayee } from './payee-commands.ts';
import type { PayeeEvent } from './payee-events.ts';
import { unsoundIdentity } from './unsound-identity.ts';

/**
 * 变更: states the whole identity anew, and not that of another; the earlier one remains in the log. What
 * a payee that is merged into it was called is free to it: they are one.
 */
export const changePayee = (
  { data }: ChangePayee,
  { payees = noPayees() }: Pick<CommandContext, 'payees'>,
): Decision<PayeeEvent> => {
  const unsound = unsoundIdentity(data);
  if (unsound) return refuse(unsound);
  const own = oneWith(payees, data.payeeId);
  const others = [...payees.byId.values()].filter(({ payeeId }) => !own.includes(payeeId));
  const same = samePayee(others, data);
  if (same) return refuse(registeredAs(payees, same));
  return accept({ type: 'PayeeChanged', data });
};
