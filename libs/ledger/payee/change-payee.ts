import { accept, refuse, type Decision } from '../decision.ts';
import type { ChangePayee } from './payee-commands.ts';
import type { PayeeEvent } from './payee-events.ts';
import type { PayeeState } from './payee-state.ts';
import { unsoundIdentity } from './unsound-identity.ts';

/** 变更: states the whole identity anew; the earlier one remains in the log. */
export const changePayee = ({ data }: ChangePayee, payee: PayeeState): Decision<PayeeEvent> => {
  if (!payee.registered) return refuse({ code: 'payee-not-registered', payeeId: data.payeeId });
  const unsound = unsoundIdentity(data);
  if (unsound) return refuse(unsound);
  return accept({ type: 'PayeeChanged', data });
};
