import type { CommandContext } from '../context.ts';
import type { Refusal } from '../refusals.ts';
import { noPayees } from './known-payee.ts';
import { payeeSuccessorsOn } from './known-payees.ts';

/**
 * Refusal of a new request or payment that names a payee which is merged on its day. It names the
 * successor and is not taken as the successor's: a request is a paper with a name and an account on it,
 * and the account of the successor is another, so the clerk states whom the money goes to. What is dated
 * before the merger may name the payee as it was; a request that was approved before is paid as approved.
 */
export const payeeIsMerged = (
  payeeId: string,
  { payees = noPayees(), occurredOn }: Pick<CommandContext, 'payees' | 'occurredOn'>,
): Refusal | undefined => {
  const successorId = payeeSuccessorsOn(payees, occurredOn)(payeeId);
  if (successorId === payeeId) return undefined;
  const successor = payees.byId.get(successorId);
  const name = successor?.name;
  return { code: 'payee-is-merged', payeeId, successorId, ...(name === undefined ? {} : { name }) };
};
