import { hash } from 'node:crypto';
import { lineOfTexts } from '#event-codec/event-line';
import type { InspectedRow } from '#event-store/inspection';

/**
 * The row before one character of its texts was changed: of all that differ in one, that which has the
 * leaf that stands beside it. Undefined when more was changed, or something else.
 */
export const restoredRow = (row: InspectedRow): InspectedRow | undefined => {
  for (const column of COLUMNS) {
    const before = restored(row, column);
    if (before !== undefined) return { ...row, [column]: before };
  }
  return undefined;
};

const COLUMNS = ['data', 'meta', 'id'] as const;
type Column = (typeof COLUMNS)[number];

/** What stands before each in a line; the last such place is the one. */
const BEFORE = { data: '{"data":', id: '},"id":"', meta: '","meta":' };

const restored = (row: InspectedRow, column: Column): string | undefined => {
  const offsets = offsetsToTry(row[column]);
  const text = row[column].replace(STRANGE, '0'); // A byte for a byte.
  const leafInput = inputOf(row, column, text);
  const start =
    (column === 'data' ? 1 : leafInput.lastIndexOf(BEFORE[column])) + BEFORE[column].length;
  for (const at of offsets) {
    const before = (code: number): string =>
      text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
    const isPlain = !text.slice(Math.max(0, at - ESCAPE), at + ESCAPE).includes('\\');
    const offset = start + Buffer.byteLength(canonicalOf(text.slice(0, at)));
    const codes = isLong(text) ? CODES.filter(isDigit) : CODES;
    const found = codes.find((code) => {
      // Away from escapes a character is one byte of what is hashed, which is the quick way.
      const input =
        isPlain && code !== BACKSLASH
          ? withByte(leafInput, offset, code)
          : inputOf(row, column, before(code));
      return hash('sha256', input, 'hex') === row.leaf;
    });
    if (found !== undefined) return before(found);
    if (isPlain) withByte(leafInput, offset, text.charCodeAt(at));
  }
  return undefined;
};

/** What the leaf is the hash of, with another text in a column. */
const inputOf = (row: InspectedRow, column: Column, text: string): Buffer => {
  const changed: InspectedRow = { ...row, [column]: text };
  const { stream, revision, type, id, data, meta } = changed;
  const texts = { id, type, data: canonicalOf(data), meta: canonicalOf(meta) };
  return Buffer.from(`\0${lineOfTexts(stream, revision, texts)}`);
};

const withByte = (bytes: Buffer, at: number, code: number): Buffer => {
  bytes[at] = code;
  return bytes;
};

/** Rows are stored in ASCII, so what is none stands where something was changed. */
const offsetsToTry = (text: string): readonly number[] => {
  const strange = text.search(STRANGE);
  if (strange >= 0) return [strange];
  const offsets = Array.from(text, (_, at) => at);
  return isLong(text) ? offsets.filter((at) => isDigit(text.charCodeAt(at))) : offsets;
};

const STRANGE = /[^ -~]/;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Of what is longer only digits are tried, for other digits. */
const isLong = (text: string): boolean => text.length > 4_000;
const ESCAPE = 6; // \u4e00
const BACKSLASH = 0x5c;

/** The digits first: they are what somebody changes. */
const CODES = Array.from({ length: 95 }, (_, n) => 32 + ((n + 16) % 95));

/** As `asciiJson` had it before; not by parsing, since it need not be JSON. */
const canonicalOf = (ascii: string): string =>
  ascii.replace(/\\u([0-9a-f]{4})/g, (escape, code: string) => {
    const unit = parseInt(code, 16);
    return unit < 0x20 ? escape : String.fromCharCode(unit);
  });
