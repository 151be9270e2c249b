import { foldForComparing } from '../printed-text.ts';
import type { Refusal } from '../refusals.ts';
import type { KnownPayee, KnownPayees } from './known-payee.ts';
import type { PayeeIdentity } from './payee-events.ts';

/**
 * The payee that an identity describes already, under whatever id but its own. Organisations are the same by
 * credit code, or by kind and name as the name is read; two that state different codes are two. Of persons
 * the ledger has no name, so they are never taken for each other.
 */
export const samePayee = (known: KnownPayees, identity: KnownPayee): KnownPayee | undefined => {
  if (identity.kind === 'person') return undefined;
  for (const other of known.values()) {
    if (other.payeeId !== identity.payeeId && isSame(other, identity)) return other;
  }
  return undefined;
};

const isSame = (one: KnownPayee, other: KnownPayee): boolean => {
  if (one.creditCode !== undefined && other.creditCode !== undefined)
    return one.creditCode === other.creditCode;
  return one.kind === other.kind && nameOf(one) === nameOf(other);
};

const nameOf = ({ name = '' }: KnownPayee): string => foldForComparing(name);

/**
 * What makes an organisation the one that it is: two that are described alike have one stream, on whatever
 * machine they are registered. Undefined for a person.
 */
export const describedBy = ({
  kind,
  name = '',
  creditCode,
}: Omit<PayeeIdentity, 'payeeId'>): readonly string[] | undefined => {
  if (kind === 'person') return undefined;
  return creditCode === undefined ? [kind, foldForComparing(name)] : [creditCode];
};

/** The refusal that names the payee that there is. */
export const registeredAs = ({ payeeId, name, creditCode }: KnownPayee): Refusal => ({
  code: 'payee-already-registered',
  payeeId,
  ...(name === undefined ? {} : { name }),
  ...(creditCode === undefined ? {} : { creditCode }),
});
