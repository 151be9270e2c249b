import type { EventOf } from './decision.ts';
import { MAX_FEN } from './money.ts';

/** JSON as a log may hold it. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** The JSON of a value: the same shape with amounts as integers. */
export type FenJson<T> = T extends bigint
  ? number
  : T extends readonly (infer Item)[]
    ? readonly FenJson<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: FenJson<T[Key]> }
      : T;

/** The JSON of each event of a union. */
export type FenJsonEvent<Event> =
  Event extends EventOf<infer Type, infer Data> ? EventOf<Type, FenJson<Data>> : never;

/**
 * Turns data of the ledger into JSON: amounts, which are `bigint` in fields named `…Fen`, become
 * integers, absent fields are left out, and keys come in order, so that equal data have equal text.
 * Throws on anything JSON cannot carry exactly, and on `null`, `true` and `false`, which the format of an
 * audit bundle does not have: one such event would spoil every bundle after it.
 */
export const toFenJson = (value: unknown): JsonValue => {
  if (typeof value === 'bigint') return safeInteger(value);
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new Error(`The ledger holds whole numbers only, not ${value}.`);
  }
  if (value === null || typeof value !== 'object') return scalar(value);
  if (Array.isArray(value)) return value.map(toFenJson);
  const json: Record<string, JsonValue> = {};
  const fields = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(fields).sort()) {
    const field = fields[key];
    if (field !== undefined) json[key] = toFenJson(field);
  }
  return json;
};

/** The way back: integers in fields named `…Fen` become `bigint`. */
export const fromFenJson = (json: JsonValue): unknown => {
  if (json === null || typeof json !== 'object') return json;
  if (isList(json)) return json.map(fromFenJson);
  const value: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(json)) {
    value[key] =
      key.endsWith('Fen') && typeof field === 'number' ? BigInt(field) : fromFenJson(field);
  }
  return value;
};

const scalar = (value: unknown): JsonValue => {
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new Error(
    `${String(value)} has no place in an event: it holds numbers, texts, lists and objects.`,
  );
};

const safeInteger = (amountFen: bigint): number => {
  if (amountFen > MAX_FEN || amountFen < -MAX_FEN) {
    throw new Error(`${amountFen} fen is beyond what JSON carries exactly.`);
  }
  return Number(amountFen);
};

// Array.isArray does not narrow readonly arrays.
const isList = (json: JsonValue): json is readonly JsonValue[] => Array.isArray(json);
