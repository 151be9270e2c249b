import { Malformed, type Format } from './malformed.ts';

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text as it was sent; bytes that are not UTF-8 and halves of surrogate pairs are refused. */
export const textOf = (input: Uint8Array | string, format: Format): string => {
  if (typeof input !== 'string') return decoded(input, format);
  if (!input.isWellFormed()) throw new Malformed(format, 'a surrogate stands alone');
  return input;
};

const decoded = (bytes: Uint8Array, format: Format): string => {
  try {
    return UTF_8.decode(bytes);
  } catch {
    throw new Malformed(format, 'the bytes are not UTF-8');
  }
};

/** A whole number as C2SP writes it: ASCII digits without leading zeros; at most 2^53 − 1 here. */
export const naturalOf = (text: string | undefined, format: Format): number => {
  const number = Number(text);
  const isPlain = text !== undefined && /^(0|[1-9][0-9]{0,15})$/.test(text);
  if (!isPlain || !Number.isSafeInteger(number)) {
    throw new Malformed(format, `${JSON.stringify(text)} is not a whole number up to 2^53 − 1`);
  }
  return number;
};

/** RFC 4648 section 4, in its one canonical spelling. */
export const bytesOfBase64 = (text: string, format: Format): Buffer => {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new Malformed(format, 'the base64 is not canonical');
  return bytes;
};
