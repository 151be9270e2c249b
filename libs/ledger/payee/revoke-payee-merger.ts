import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { mergerOn } from '../mergers/known-mergers.ts';
import { otherPayees } from './known-payees.ts';
import type { RevokePayeeMerger } from './payee-commands.ts';
import type { PayeeEvent } from './payee-events.ts';

/**
 * 撤销并入: the payee has its own payments again; not dated before the merger. That the other has its name
 * by now is no obstacle: two were registered alike before the merger too, and a wrong one must end.
 */
export const revokePayeeMerger = (
  { data }: RevokePayeeMerger,
  context: CommandContext,
): Decision<PayeeEvent> => {
  const { payeeId } = data;
  const payee = otherPayees(context).byId.get(payeeId);
  const merger = payee === undefined ? undefined : mergerOn(payee);
  if (merger === undefined) return refuse({ code: 'payee-not-merged', payeeId });
  const { occurredOn } = context;
  return occurredOn < merger.on
    ? refuse({ code: 'revoked-before-merger', occurredOn, mergedOn: merger.on })
    : accept({ type: 'PayeeMergerRevoked', data: { ...data, reversedEventId: merger.eventId } });
};
