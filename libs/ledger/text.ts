import { personalNumberIn, type PersonalNumber } from './personal-number.ts';

/** What is wrong with a text, or a number beside it, that a person or a program gave. */
export type TextFault =
  | 'half-a-character' // a surrogate without its other half: no program can write it down again
  | 'odd-id' // an id that is not of the letters of ids: streams are named after them
  | 'no-value' // null, true or false, which no verifier of the log reads
  | 'not-whole' // a number with a fraction, or one that a program that reads it again may round
  | 'too-deep' // lists in lists beyond what a line of the log may hold
  | 'control-character' // C0, C1, marks of direction, breaks of lines: they forge what a reader sees
  | PersonalNumber; // the number of a person, which belongs into the vault

/**
 * Text as the ledger records it: NFC, without space at both ends. The same words are then the same text,
 * on whatever machine they were typed.
 */
export const tidied = (text: string): string => text.normalize('NFC').trim();

/**
 * C0 and C1 controls, line and paragraph separators, marks that change the direction of writing, and the
 * byte order mark.
 */
const CONTROLS = /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/;

/** The first fault of a text after `tidied`; a code, such as the number of a voucher, may hold any digits. */
export const textFault = (text: string, isCode: boolean): TextFault | undefined => {
  if (!text.isWellFormed()) return 'half-a-character';
  if (CONTROLS.test(text)) return 'control-character';
  return isCode ? undefined : personalNumberIn(text);
};

export interface FaultyText {
  /** JSON pointer within the data of the command. */
  readonly at: string;
  readonly fault: TextFault;
}

/** An id names a stream, so it is of letters, digits, and the marks between them that every store takes. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

const isIdField = (field: string): boolean => /Ids?$/.test(field);

/** Objects and lists within each other, the data counted: with its line a level more, as every verifier reads. */
const GREATEST_DEPTH = 15;

/** Fields that hold codes and ids: their digits are of documents, slips and registers, never of a person. */
const isCodeField = (field: string): boolean => CODE_FIELDS.has(field) || isIdField(field);

const CODE_FIELDS: ReadonlySet<string> = new Set([
  'voucher',
  'raw',
  'documentNumber',
  'approval',
  'divisionCode',
  'creditCode',
  'sha256',
  'commitment',
  'basis',
  'sourceSha256',
]);

/** Data with every text tidied, and the fault of each value that has one. */
export const tidiedData = <Data>(
  data: Data,
): { readonly data: Data; readonly faults: readonly FaultyText[] } => {
  const faults: FaultyText[] = [];
  const walk = (value: unknown, field: string, at: string, depth: number): unknown => {
    if (typeof value === 'string') {
      const text = tidied(value);
      const isOddId = isIdField(field) && !ID.test(text);
      const fault = textFault(text, isCodeField(field)) ?? (isOddId ? 'odd-id' : undefined);
      if (fault !== undefined) faults.push({ at, fault });
      return text;
    }
    if (typeof value === 'number' && !Number.isSafeInteger(value)) {
      faults.push({ at, fault: 'not-whole' });
    }
    if (value === null || typeof value === 'boolean') faults.push({ at, fault: 'no-value' });
    if (value === null || typeof value !== 'object') return value;
    if (depth > GREATEST_DEPTH) {
      faults.push({ at, fault: 'too-deep' });
      return value;
    }
    // Most data are tidy, and are answered as they are.
    let copy: Record<string, unknown> | unknown[] | undefined;
    const isList = Array.isArray(value);
    for (const [key, item] of Object.entries(value)) {
      const sound = walk(item, isList ? field : key, `${at}/${pointed(key)}`, depth + 1);
      if (sound === item) continue;
      copy ??= isList ? [...(value as unknown[])] : { ...value };
      (copy as Record<string, unknown>)[key] = sound;
    }
    return copy ?? value;
  };
  // The same shape: only texts are replaced, by texts.
  return { data: walk(data, '', '', 1) as Data, faults };
};

const pointed = (key: string): string =>
  /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
