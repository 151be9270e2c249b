import { accept, refuse, type Decision } from '../decision.ts';
import type { RegisterPayee } from './payee-commands.ts';
import type { PayeeEvent } from './payee-events.ts';
import type { PayeeState } from './payee-state.ts';
import { unsoundIdentity } from './unsound-identity.ts';

/** 登记: once for each id. */
export const registerPayee = ({ data }: RegisterPayee, payee: PayeeState): Decision<PayeeEvent> => {
  if (payee.registered) return refuse({ code: 'payee-already-registered', payeeId: data.payeeId });
  const unsound = unsoundIdentity(data);
  if (unsound) return refuse(unsound);
  return accept({ type: 'PayeeRegistered', data });
};
