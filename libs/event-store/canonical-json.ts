import type { Json } from './port.ts';

/**
 * JSON with the keys of every object in order of their UTF-16 code units and no white space, as
 * RFC 8785 asks; the numbers of the ledger are safe integers, whose JSON text is canonical already.
 */
export const canonicalJson = (value: Json): string =>
  // The native writer keeps the order it finds, and is several times faster than any other.
  isInOrder(value) ? JSON.stringify(value) : writtenInOrder(value);

/** The same text in ASCII: everything else as \uXXXX. SQLite hands ASCII text over faster. */
export const asciiJson = (canonical: string): string =>
  canonical.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const isInOrder = (value: Json): boolean => {
  if (value === null || typeof value !== 'object') return true;
  if (isList(value)) return value.every(isInOrder);
  let before: string | undefined;
  for (const key of Object.keys(value)) {
    if (before !== undefined && !(before < key)) return false;
    if (!isInOrder(value[key] ?? null)) return false;
    before = key;
  }
  return true;
};

const writtenInOrder = (value: Json): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const fields = Object.keys(value).sort();
  return `{${fields.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`).join(',')}}`;
};

// Array.isArray does not narrow readonly arrays.
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
