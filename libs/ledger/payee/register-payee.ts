import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { noPayees } from './known-payee.ts';
import { registeredAs, samePayee } from './known-payees.ts';
import type { RegisterPayee } from './payee-commands.ts';
import type { PayeeEvent } from './payee-events.ts';
import type { PayeeState } from './payee-state.ts';
import { unsoundIdentity } from './unsound-identity.ts';

/** 登记: once for each id, and once for each organisation; one that was merged is the one it continues as. */
export const registerPayee = (
  { data }: RegisterPayee,
  payee: PayeeState,
  { payees = noPayees() }: Pick<CommandContext, 'payees'>,
): Decision<PayeeEvent> => {
  if (payee.registered) return refuse(registeredAs(payees, payees.byId.get(data.payeeId) ?? data));
  const unsound = unsoundIdentity(data);
  if (unsound) return refuse(unsound);
  const same = samePayee(payees.byId.values(), data);
  if (same) return refuse(registeredAs(payees, same));
  return accept({ type: 'PayeeRegistered', data });
};
