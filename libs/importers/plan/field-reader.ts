import { foldPrinted } from '#ledger/printed-text';
import type { PlanFault } from './plan.ts';
import { isSerialDay, readPrintedDay } from './printed-day.ts';

/** Reads fields of untrusted objects and collects every fault, each with its place. */
export interface FieldReader {
  readonly faults: readonly PlanFault[];
  fault(at: string, zh: string, en: string): void;
  object(value: unknown, at: string, fields: readonly string[]): Readonly<Record<string, unknown>>;
  list(value: unknown, at: string): readonly unknown[];
  text(value: unknown, at: string): string;
  optionalText(value: unknown, at: string): string | undefined;
  wholeNumber(value: unknown, at: string): number;
  date(value: unknown, at: string): string;
  oneOf<Choice extends string>(value: unknown, at: string, choices: readonly Choice[]): Choice;
}

const MAX_TEXT = 2_000;

export const createFieldReader = (): FieldReader => {
  const faults: PlanFault[] = [];
  const fault = (at: string, zh: string, en: string) => void faults.push({ at, zh, en });

  const text = (value: unknown, at: string): string => {
    if (typeof value !== 'string' || value.trim() === '') {
      fault(at, '必须填写文字。', 'Text is required here.');
      return '';
    }
    if (value.length > MAX_TEXT) fault(at, '文字太长。', `Longer than ${MAX_TEXT} characters.`);
    const folded = foldPrinted(value);
    if (folded === '') fault(at, '必须填写看得见的文字。', 'Text that can be seen is required.');
    if (!folded.isWellFormed()) {
      fault(
        at,
        '文字里有半个字符,无法保存。',
        'The text has half a character, which cannot be kept.',
      );
    }
    if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(folded)) {
      fault(
        at,
        '文字里有换行、制表符或其他控制字符。',
        'The text has a line break, a tab or another control character.',
      );
    }
    return folded;
  };

  return {
    faults,
    fault,
    text,
    optionalText: (value, at) => (value === undefined ? undefined : text(value, at)),
    object: (value, at, fields) => {
      if (value === null || typeof value !== 'object' || Array.isArray(value)) {
        fault(at, '这里应是一个对象。', 'An object is expected here.');
        return {};
      }
      for (const key of Object.keys(value)) {
        if (!fields.includes(key)) {
          fault(`${at}/${key}`, `没有“${key}”这一项。`, `There is no field “${key}”.`);
        }
      }
      return Object.fromEntries(Object.entries(value));
    },
    list: (value, at) => {
      if (Array.isArray(value)) return value as readonly unknown[];
      fault(at, '这里应是一个列表。', 'A list is expected here.');
      return [];
    },
    wholeNumber: (value, at) => {
      if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
      fault(at, '必须是正整数。', 'A positive whole number is required.');
      return 1;
    },
    date: (value, at) => {
      const day = typeof value === 'string' ? readPrintedDay(foldPrinted(value)) : undefined;
      if (day !== undefined) return day;
      fault(at, ...noDay(value));
      return NO_DAY;
    },
    oneOf: (value, at, choices) => {
      const choice = choices.find((one) => one === value);
      if (choice !== undefined) return choice;
      const listed = choices.join('、');
      fault(at, `只能是 ${listed} 之一。`, `One of ${choices.join(', ')} is required.`);
      const [first] = choices;
      if (first === undefined) throw new Error('A choice needs something to choose from.');
      return first;
    },
  };
};

/** Stands for a day that could not be read, beside its fault. */
const NO_DAY = '1970-01-01';

const noDay = (value: unknown): readonly [zh: string, en: string] => {
  const text = JSON.stringify(value);
  return isSerialDay(String(value))
    ? [
        `${text} 是电子表格里日期的序号;请把该格设为文本再填 YYYY-MM-DD。`,
        `${text} is how a spreadsheet counts days; make the cell text and write YYYY-MM-DD.`,
      ]
    : [`${text} 不是存在的日期(YYYY-MM-DD)。`, `${text} is not a day that exists (YYYY-MM-DD).`];
};
