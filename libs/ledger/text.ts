import { personalNumberIn, type PersonalNumber } from './personal-number.ts';

/** What is wrong with a text that a person or a program gave. */
export type TextFault =
  | 'half-a-character' // a surrogate without its other half: no program can write it down again
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

/** Fields that hold codes and ids: their digits are of documents, slips and registers, never of a person. */
const isCodeField = (field: string): boolean => CODE_FIELDS.has(field) || /Ids?$/.test(field);

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

/** Data with every text tidied, and the fault of each text that has one. */
export const tidiedData = <Data>(
  data: Data,
): { readonly data: Data; readonly faults: readonly FaultyText[] } => {
  const faults: FaultyText[] = [];
  const walk = (value: unknown, field: string, at: string): unknown => {
    if (typeof value === 'string') {
      const text = tidied(value);
      const fault = textFault(text, isCodeField(field));
      if (fault !== undefined) faults.push({ at, fault });
      return text;
    }
    if (value === null || typeof value !== 'object') return value;
    // Most data are tidy, and are answered as they are.
    let copy: Record<string, unknown> | unknown[] | undefined;
    const isList = Array.isArray(value);
    for (const [key, item] of Object.entries(value)) {
      const sound = walk(item, isList ? field : key, `${at}/${pointed(key)}`);
      if (sound === item) continue;
      copy ??= isList ? [...(value as unknown[])] : { ...value };
      (copy as Record<string, unknown>)[key] = sound;
    }
    return copy ?? value;
  };
  // The same shape: only texts are replaced, by texts.
  return { data: walk(data, '', '') as Data, faults };
};

const pointed = (key: string): string =>
  /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
