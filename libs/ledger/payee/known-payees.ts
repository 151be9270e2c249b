import type { BusinessDate } from '../calendar.ts';
import type { CommandContext } from '../context.ts';
import { successorsOn } from '../mergers/known-mergers.ts';
import { foldForComparing } from '../printed-text.ts';
import type { Refusal } from '../refusals.ts';
import type { KnownPayee, KnownPayees, PayeeDescription } from './known-payee.ts';

/** The payees that a merger is judged among. Throws where a command comes without them. */
export const otherPayees = ({ payees }: Pick<CommandContext, 'payees'>): KnownPayees => {
  if (payees === undefined) throw new Error('A merger of a payee needs the other payees.');
  return payees;
};

/** Where the payees' mergers end on a day, circles broken; by all that is known where no day is given. */
export const payeeSuccessorsOn = (
  { everMerged }: KnownPayees,
  day?: BusinessDate,
): ((payeeId: string) => string) => successorsOn(everMerged.values(), day);

/**
 * Every payee that is one with this one by all mergers that are known: the end of its mergers and all
 * that are merged into that, itself among them, in the order of their ids.
 */
export const oneWith = (payees: KnownPayees, payeeId: string): readonly string[] => {
  const successorOf = payeeSuccessorsOn(payees);
  const end = successorOf(payeeId);
  const merged = [...payees.everMerged.keys()].filter((other) => successorOf(other) === end);
  return [...new Set([payeeId, end, ...merged])].sort();
};

/**
 * The payee that an identity describes already, under whatever id but its own. Organisations are the same by
 * credit code, or by kind and name as the name is read; two that state different codes are two. Of persons
 * the ledger has no name, so they are never taken for each other.
 */
export const samePayee = (
  known: Iterable<KnownPayee>,
  identity: PayeeDescription & { readonly payeeId: string },
): KnownPayee | undefined => {
  if (identity.kind === 'person') return undefined;
  for (const other of known) {
    if (other.payeeId !== identity.payeeId && isSame(other, identity)) return other;
  }
  return undefined;
};

const isSame = (one: PayeeDescription, other: PayeeDescription): boolean => {
  if (one.creditCode !== undefined && other.creditCode !== undefined)
    return one.creditCode === other.creditCode;
  return one.kind === other.kind && nameOf(one) === nameOf(other);
};

const nameOf = ({ name = '' }: PayeeDescription): string => foldForComparing(name);

/**
 * What makes an organisation the one that it is: two that are described alike have one stream, on whatever
 * machine they are registered. Undefined for a person.
 */
export const describedBy = ({
  kind,
  name = '',
  creditCode,
}: PayeeDescription): readonly string[] | undefined => {
  if (kind === 'person') return undefined;
  return creditCode === undefined ? [kind, foldForComparing(name)] : [creditCode];
};

/** The refusal that names the payee that there is; of one that is merged, the one that it continues as. */
export const registeredAs = (
  payees: KnownPayees,
  found: PayeeDescription & { readonly payeeId: string },
): Refusal => {
  const end = payees.byId.get(payeeSuccessorsOn(payees)(found.payeeId)) ?? found;
  const { payeeId, name, creditCode } = end;
  return {
    code: 'payee-already-registered',
    payeeId,
    ...(name === undefined ? {} : { name }),
    ...(creditCode === undefined ? {} : { creditCode }),
    ...(payeeId === found.payeeId ? {} : { mergedPayeeId: found.payeeId }),
  };
};
