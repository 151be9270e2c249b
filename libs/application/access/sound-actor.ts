import type { Actor } from '#ledger/context';
import { textFault, tidied } from '#ledger/text';

/**
 * An actor under the name that the ledger records: `赵` and `赵 ` are one person. Unsound without a name,
 * or where a name holds what no text of the ledger may hold.
 */
export const soundActor = ({
  id,
  organisation,
  role,
}: Actor): { readonly kind: 'sound'; readonly actor: Actor } | { readonly kind: 'unsound' } => {
  const actor = { id: tidied(id), organisation: tidied(organisation), role };
  const isUnsound =
    actor.id === '' ||
    textFault(actor.id, false) !== undefined ||
    textFault(actor.organisation, false) !== undefined;
  return isUnsound ? { kind: 'unsound' } : { kind: 'sound', actor };
};
