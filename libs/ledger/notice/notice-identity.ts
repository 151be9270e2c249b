import { documentNumberKey, parseDocumentNumber } from '../document-number.ts';
import { foldForComparing } from '../printed-text.ts';

/** What names a notice that the ledger holds. */
export interface NumberedNotice {
  readonly noticeId: string;
  readonly issuer: string;
  readonly documentNumber: string;
  readonly edition: number;
  readonly isWithdrawn: boolean;
}

/** Whether the ledger holds a notice already: certainly so, possibly so, or not. */
export type NoticeIdentity =
  | { readonly kind: 'new' }
  | { readonly kind: 'recorded' | 'alike'; readonly notice: NumberedNotice };

/**
 * A notice is its issuer and its number, however they are spelled. One whole number under a short and a
 * full name of the issuer is one notice. One number under two issuers, or numbers that differ in no more
 * than marks, may be one notice: a person decides.
 */
export const identifyNotice = (
  { issuer, documentNumber }: Pick<NumberedNotice, 'issuer' | 'documentNumber'>,
  known: readonly NumberedNotice[],
): NoticeIdentity => {
  const key = documentNumberKey(documentNumber);
  const sameNumber = known.filter((one) => documentNumberKey(one.documentNumber) === key);
  const same = sameNumber.find((one) => foldForComparing(one.issuer) === foldForComparing(issuer));
  if (same !== undefined) return { kind: 'recorded', notice: same };
  const isWhole = parseDocumentNumber(documentNumber).normalised !== undefined;
  const fuller = sameNumber.filter((one) => isWhole && isOneIssuer(one.issuer, issuer));
  const [only, ...others] = fuller;
  if (only !== undefined && others.length === 0) return { kind: 'recorded', notice: only };
  const bare = withoutMarks(key);
  const alike =
    sameNumber[0] ??
    known.find((one) => withoutMarks(documentNumberKey(one.documentNumber)) === bare);
  return alike === undefined ? { kind: 'new' } : { kind: 'alike', notice: alike };
};

/** Fewer characters say nothing of whose they are. */
const SHORTEST_NAME = 4;

/** A short name of a body keeps some characters of the full one, in their order. */
const isOneIssuer = (one: string, other: string): boolean => {
  const [short = '', full = ''] = [one, other]
    .map(foldForComparing)
    .sort((left, right) => left.length - right.length);
  let met = 0;
  for (const character of full) if (character === short[met]) met += 1;
  return short.length >= SHORTEST_NAME && met === short.length;
};

/** Of `示财农〔2024〕6号文件` and `示财农2024第6号` alike `示财农20246`. */
const withoutMarks = (key: string): string =>
  key.replace(/[^\p{L}\p{N}]/gu, '').replace(/第(?=\d+号)|号(文件?)?$/g, '');
