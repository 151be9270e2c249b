import type { Json } from './jcs.ts';
import { Malformed } from './malformed.ts';
import {
  MAX_DEPTH,
  MAX_LEAF_BYTES,
  numberFault,
  stringFault,
  TOO_DEEP,
  tooLong,
} from './strict.ts';
import { textOf } from './text.ts';

/**
 * The value whose `strictBytes` are exactly these bytes. Anything else throws `Malformed` with the
 * byte where it goes wrong: white space, an escape too many, keys out of order or twice, 1.0 for 1.
 */
export const parseStrict = (bytes: Uint8Array): Json => {
  if (bytes.length > MAX_LEAF_BYTES) throw new Malformed('leaf', tooLong(bytes.length));
  const cursor: Cursor = { text: textOf(bytes, 'leaf'), at: 0 };
  const value = readValue(cursor, MAX_DEPTH);
  if (cursor.at < cursor.text.length) throw fault(cursor, 'the value has ended');
  return value;
};

interface Cursor {
  readonly text: string;
  at: number;
}

const readValue = (cursor: Cursor, depthLeft: number): Json => {
  switch (cursor.text[cursor.at]) {
    case '{':
      return readObject(cursor, depthLeft);
    case '[':
      return readList(cursor, depthLeft);
    case '"':
      return readString(cursor);
    case 't':
      return readWord(cursor, 'true', true);
    case 'f':
      return readWord(cursor, 'false', false);
    case 'n':
      return readWord(cursor, 'null', null);
    default:
      return readNumber(cursor);
  }
};

const readObject = (cursor: Cursor, depthLeft: number): Json => {
  const fields: (readonly [string, Json])[] = [];
  let before: string | undefined;
  readItems(cursor, '}', depthLeft, () => {
    const start = cursor.at;
    const key = readString(cursor);
    if (before === key) throw fault({ ...cursor, at: start }, 'the key is there already');
    if (before !== undefined && key < before) {
      throw fault({ ...cursor, at: start }, 'the key is out of order');
    }
    before = key;
    if (!take(cursor, ':')) throw fault(cursor, 'a colon is missing');
    fields.push([key, readValue(cursor, depthLeft - 1)]);
  });
  // Unlike an assignment, this makes a field of a key such as __proto__.
  return Object.fromEntries(fields);
};

const readList = (cursor: Cursor, depthLeft: number): Json => {
  const items: Json[] = [];
  readItems(cursor, ']', depthLeft, () => items.push(readValue(cursor, depthLeft - 1)));
  return items;
};

const readItems = (
  cursor: Cursor,
  end: '}' | ']',
  depthLeft: number,
  readItem: () => void,
): void => {
  if (depthLeft === 0) throw fault(cursor, TOO_DEEP);
  cursor.at += 1;
  if (take(cursor, end)) return;
  do readItem();
  while (take(cursor, ','));
  if (!take(cursor, end)) throw fault(cursor, `a comma or ${end} is missing`);
};

const readString = (cursor: Cursor): string => {
  const start = cursor.at;
  const raw = match(cursor, STRING);
  if (raw === undefined) throw fault(cursor, 'a string is missing or ill-formed');
  // Most strings escape nothing, and then they are what stands between the quotes.
  const text = raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
  const isCanonical = text.length === raw.length - 2 || JSON.stringify(text) === raw;
  const reason = isCanonical ? stringFault(text) : 'the escape is not canonical';
  if (reason !== undefined) throw fault({ ...cursor, at: start }, reason);
  return text;
};

/** Plain text, then escapes with plain text behind each: no string is tried in two ways. */
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\bfnrt]|u00[01][0-9a-f])[^"\\\u0000-\u001f]*)*"/y;

const readNumber = (cursor: Cursor): number => {
  const start = cursor.at;
  const raw = match(cursor, /-?(?:0|[1-9][0-9]*)(?![0-9.eE])/y);
  if (raw === undefined) throw fault(cursor, 'a value is missing, or the number is not canonical');
  const reason = numberFault(Number(raw));
  if (reason !== undefined) throw fault({ ...cursor, at: start }, reason);
  return Number(raw);
};

const readWord = (cursor: Cursor, word: string, value: Json): Json => {
  if (!cursor.text.startsWith(word, cursor.at)) throw fault(cursor, 'a value is missing');
  cursor.at += word.length;
  return value;
};

const match = (cursor: Cursor, pattern: RegExp): string | undefined => {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  cursor.at += found?.length ?? 0;
  return found;
};

const take = (cursor: Cursor, character: string): boolean => {
  const isThere = cursor.text[cursor.at] === character;
  if (isThere) cursor.at += 1;
  return isThere;
};

const fault = ({ text, at }: Cursor, reason: string): Malformed =>
  new Malformed('leaf', `${reason} at byte ${Buffer.byteLength(text.slice(0, at))}`);
