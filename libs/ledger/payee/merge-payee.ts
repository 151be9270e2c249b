import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { mergerOn } from '../mergers/known-mergers.ts';
import { beforeItsFact } from '../order-of-days.ts';
import { otherPayees, payeeSuccessorsOn } from './known-payees.ts';
import type { MergePayee } from './payee-commands.ts';
import type { PayeeEvent } from './payee-events.ts';

/**
 * 并入: what the payee was paid is shown as paid to another, which is not merged itself, from the day of
 * the merger on. Both are of one kind. A person is never an organisation: what identifies a person is in the
 * vault alone, so the ledger could not show whose payments those are. An organisation whose kind is wrong
 * is changed first, so that no merger decides of which kind money was paid to. Credit codes may differ: an
 * enterprise that absorbs another (吸收合并) has a code of its own.
 */
export const mergePayee = ({ data }: MergePayee, context: CommandContext): Decision<PayeeEvent> => {
  const { payeeId, intoPayeeId } = data;
  if (intoPayeeId === payeeId) return refuse({ code: 'payee-merged-into-itself', payeeId });
  const payees = otherPayees(context);
  const payee = payees.byId.get(payeeId);
  const into = payees.byId.get(intoPayeeId);
  if (payee === undefined) return refuse({ code: 'payee-not-registered', payeeId });
  if (into === undefined) return refuse({ code: 'unknown-payee', payeeId: intoPayeeId });
  if (into.kind !== payee.kind) {
    return refuse({ code: 'payees-of-different-kinds', payeeId, intoPayeeId });
  }
  const registeredOn = [payee.registeredOn, into.registeredOn].sort().at(-1);
  const early = beforeItsFact(context.occurredOn, 'registration', registeredOn);
  if (early) return refuse(early);
  const successorId = payeeSuccessorsOn(payees)(intoPayeeId);
  if (successorId === payeeId) {
    return refuse({ code: 'payee-merger-in-circle', payeeId, intoPayeeId });
  }
  return mergerOn(into) === undefined
    ? accept({ type: 'PayeeMerged', data })
    : refuse({ code: 'merger-into-merged-payee', intoPayeeId, successorId });
};
