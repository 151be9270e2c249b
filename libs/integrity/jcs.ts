import { Malformed } from './malformed.ts';

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The canonical text of a JSON value, RFC 8785: keys in the order of their UTF-16 code units, no
 * white space, numbers and strings as ECMAScript writes them. Throws `Malformed` for what JSON
 * cannot say: numbers that are not finite, surrogates that stand alone, anything that is no value.
 */
export const canonicalText = (value: Json): string => {
  switch (typeof value) {
    case 'string':
      return stringText(value);
    case 'number':
      return numberText(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return isList(value) ? listText(value) : objectText(value);
    default:
      throw new Malformed('value', `JSON has no ${typeof value}`);
  }
};

// Unlike map, this does not leave out what is missing.
const listText = (list: readonly Json[]): string =>
  `[${Array.from(list, canonicalText).join(',')}]`;

/** RFC 8785 section 3.2.3. */
const objectText = (object: { readonly [key: string]: Json }): string => {
  const fields = Object.entries(object).sort(byKey);
  return `{${fields.map(([key, value]) => `${stringText(key)}:${canonicalText(value)}`).join(',')}}`;
};

const byKey = ([a]: readonly [string, Json], [b]: readonly [string, Json]): number =>
  a < b ? -1 : 1;

/** RFC 8785 section 3.2.2.2. */
const stringText = (text: string): string => {
  if (!text.isWellFormed()) throw new Malformed('value', 'a surrogate stands alone');
  return JSON.stringify(text);
};

/** RFC 8785 section 3.2.2.3; −0 is written as 0. */
const numberText = (number: number): string => {
  if (!Number.isFinite(number)) throw new Malformed('value', `JSON has no ${number}`);
  return String(number);
};

// Array.isArray does not narrow readonly arrays.
export const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
