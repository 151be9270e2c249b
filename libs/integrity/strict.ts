import { canonicalText, isList, type Json } from './jcs.ts';
import { Malformed } from './malformed.ts';

/** Objects and lists within each other. */
export const MAX_DEPTH = 8;

/** Of the canonical form. */
export const MAX_LEAF_BYTES = 32 * 1024;

/**
 * The canonical bytes (RFC 8785, UTF-8) of a value of the strict profile: whole numbers within
 * ±(2^53 − 1) and no −0, strings in NFC, at most `MAX_DEPTH` deep and `MAX_LEAF_BYTES` long. Every
 * other value throws `Malformed` with the JSON pointer of the place.
 */
export const strictBytes = (value: Json): Buffer => {
  const fault = faultIn(value, MAX_DEPTH);
  if (fault !== undefined) {
    throw new Malformed('value', `${fault.reason} at ${fault.pointer || 'the top'}`);
  }
  const bytes = Buffer.from(canonicalText(value));
  if (bytes.length > MAX_LEAF_BYTES) throw new Malformed('value', tooLong(bytes.length));
  return bytes;
};

/** Why a number is none of the strict profile; undefined when it is one. */
export const numberFault = (number: number): string | undefined => {
  if (!Number.isSafeInteger(number)) return 'the number is not whole or beyond 2^53 − 1';
  return Object.is(number, -0) ? 'the number is −0' : undefined;
};

/** Why a string or a key is none of the strict profile; undefined when it is one. */
export const stringFault = (text: string): string | undefined => {
  if (!text.isWellFormed()) return 'a surrogate stands alone';
  return text.normalize('NFC') === text ? undefined : 'the text is not in NFC';
};

export const TOO_DEEP = `it is more than ${MAX_DEPTH} deep`;

export const tooLong = (bytes: number): string => `${bytes} bytes are more than ${MAX_LEAF_BYTES}`;

interface Fault {
  readonly reason: string;
  /** RFC 6901. */
  readonly pointer: string;
}

const faultIn = (value: Json, depthLeft: number): Fault | undefined => {
  if (typeof value === 'number') return faultHere(numberFault(value));
  if (typeof value === 'string') return faultHere(stringFault(value));
  if (typeof value !== 'object' || value === null) return undefined;
  if (depthLeft === 0) return faultHere(TOO_DEEP);
  if (isList(value)) return faultInList(value, depthLeft);
  for (const key of Object.keys(value)) {
    const fault = faultHere(stringFault(key)) ?? faultIn(value[key] ?? null, depthLeft - 1);
    if (fault !== undefined) return faultWithin(fault, key);
  }
  return undefined;
};

const faultInList = (list: readonly Json[], depthLeft: number): Fault | undefined => {
  for (const [index, item] of list.entries()) {
    const fault = faultIn(item, depthLeft - 1);
    if (fault !== undefined) return faultWithin(fault, String(index));
  }
  return undefined;
};

const faultHere = (reason: string | undefined): Fault | undefined =>
  reason === undefined ? undefined : { reason, pointer: '' };

const faultWithin = ({ reason, pointer }: Fault, key: string): Fault => ({
  reason,
  pointer: `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}${pointer}`,
});
