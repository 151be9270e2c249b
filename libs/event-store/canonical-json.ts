import type { Json } from './port.ts';

/**
 * JSON with the keys of every object in order of their UTF-16 code units and no white space, as
 * RFC 8785 asks; the numbers of the ledger are safe integers, whose JSON text is canonical already.
 */
export const canonicalJson = (value: Json): string => {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let fields = '';
  for (const key of Object.keys(value).sort()) {
    if (fields !== '') fields += ',';
    fields += `${keyText(key)}:${canonicalJson(value[key] ?? null)}`;
  }
  return `{${fields}}`;
};

/** The few hundred keys there are, as text, written once. */
const keyTexts = new Map<string, string>();

const keyText = (key: string): string => {
  let text = keyTexts.get(key);
  if (text === undefined) {
    text = JSON.stringify(key);
    if (keyTexts.size < 1_000) keyTexts.set(key, text);
  }
  return text;
};

/** The same text in ASCII: everything else as \uXXXX. SQLite hands ASCII text over faster. */
export const asciiJson = (canonical: string): string =>
  canonical.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

// Array.isArray does not narrow readonly arrays.
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
