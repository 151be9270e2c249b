import { isCreditCode } from '../credit-code.ts';
import { foldPrinted } from '../printed-text.ts';
import type { Refusal } from '../refusals.ts';
import type { PayeeIdentity } from './payee-events.ts';

/** Refusal of an identity: a person in clear, an organisation without a name that can be seen, a credit code that fails its check. */
export const unsoundIdentity = ({
  payeeId,
  kind,
  name,
  creditCode,
}: PayeeIdentity): Refusal | undefined => {
  if (kind === 'person' && (name !== undefined || creditCode !== undefined)) {
    return { code: 'person-in-clear', payeeId };
  }
  if (kind !== 'person' && foldPrinted(name ?? '') === '') {
    return { code: 'organisation-without-name', payeeId };
  }
  if (creditCode !== undefined && !isCreditCode(creditCode)) {
    return { code: 'credit-code-wrong', creditCode };
  }
  return undefined;
};
