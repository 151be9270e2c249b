import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { registeredAs, samePayee } from './known-payees.ts';
import type { ChangePayee } from './payee-commands.ts';
import type { PayeeEvent } from './payee-events.ts';
import type { PayeeState } from './payee-state.ts';
import { unsoundIdentity } from './unsound-identity.ts';

/** 变更: states the whole identity anew, and not that of another; the earlier one remains in the log. */
export const changePayee = (
  { data }: ChangePayee,
  payee: PayeeState,
  { payees }: Pick<CommandContext, 'payees'>,
): Decision<PayeeEvent> => {
  if (!payee.registered) return refuse({ code: 'payee-not-registered', payeeId: data.payeeId });
  const unsound = unsoundIdentity(data);
  if (unsound) return refuse(unsound);
  const same = payees && samePayee(payees, data);
  if (same) return refuse(registeredAs(same));
  return accept({ type: 'PayeeChanged', data });
};
