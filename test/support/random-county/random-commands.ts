import { readFileSync } from 'node:fs';
import type { Subjects } from './subjects.ts';

/**
 * Requests that a role may make, at random: every write that `docs/openapi.json` lists, with texts,
 * dates and amounts as tired or hostile people give them. What is added to the API is tried by itself.
 */
export interface RandomRequest {
  readonly route: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly subject: Readonly<Record<string, string>>;
}

export interface Route {
  readonly path: string;
  readonly parameters: readonly string[];
  readonly body: Schema;
}

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly example?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
}

interface OpenApi {
  readonly paths: Readonly<Record<string, { readonly post?: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
}

/** Reads a whole document, signs, or changes no event: not a command of one person on one subject. */
const LEFT_OUT = new Set([
  '/api/v1/notices',
  '/api/v1/checkpoints',
  '/api/v1/announcements/drafts',
]);

export const writeRoutes = (): readonly Route[] => {
  const { paths, components } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as OpenApi;
  const resolved = (schema: Schema): Schema => {
    const [first] = schema.allOf ?? [];
    if (first !== undefined) return resolved(first);
    if (schema.$ref === undefined) return schema;
    return components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {};
  };
  const deep = (given: Schema): Schema => {
    const schema = resolved(given);
    const { properties = {}, items } = schema;
    const entries = Object.entries(properties).map(([name, one]) => [name, deep(one)] as const);
    return {
      ...schema,
      properties: Object.fromEntries(entries),
      ...(items === undefined ? {} : { items: deep(items) }),
    };
  };
  return Object.entries(paths).flatMap(([path, { post }]) => {
    const content = post?.requestBody?.content['application/json'];
    if (post === undefined || content === undefined || LEFT_OUT.has(path)) return [];
    const parameters = post.parameters.filter((one) => one.in === 'path').map(({ name }) => name);
    return [{ path, parameters, body: deep(content.schema) }];
  });
};

/** A number from 0 up to, and without, `below`. */
export type Random = (below: number) => number;

/** The same numbers for the same seed (mulberry32). */
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};

const oneOf = <Item>(random: Random, items: readonly Item[]): Item => {
  const item = items[random(items.length)];
  if (item === undefined) throw new Error('There is nothing to choose from.');
  return item;
};

export const randomRequest = (
  random: Random,
  routes: readonly Route[],
  subjects: Subjects,
): RandomRequest => {
  let route = oneOf(random, routes);
  // What ends an allocation is asked for less often, so that much happens before.
  if (ENDS.test(route.path) && random(8) > 0) route = oneOf(random, routes);
  const subject = subjects.having(random, route.parameters);
  const path = route.parameters.reduce(
    (text, name) => text.replace(`{${name}}`, encodeURIComponent(subject[name] ?? 'none')),
    route.path,
  );
  const { properties = {}, required = [] } = route.body;
  // Half of the requests say no more than they must.
  const isBare = random(2) === 0;
  const body = Object.entries(properties).flatMap(([name, schema]) => {
    const isOptionalGiven = !isBare && random(2) === 0;
    const isGiven = required.includes(name) ? random(200) > 0 : isOptionalGiven;
    return isGiven ? [[name, valueOf(random, name, schema, subjects)] as const] : [];
  });
  return { route: route.path, path, body: Object.fromEntries(body), subject };
};

const ENDS = /(closing|withdrawal|take-back|voiding)$/;

const valueOf = (random: Random, name: string, schema: Schema, subjects: Subjects): unknown => {
  if (random(150) === 0) return oneOf(random, [null, true]);
  if (schema.enum !== undefined) {
    return random(100) === 0 ? 'something else' : oneOf(random, schema.enum);
  }
  if (name === 'legs') return legsOf(random, schema, subjects);
  if (schema.type === 'array') {
    const length = 1 + random(4);
    return Array.from({ length }, () => valueOf(random, name, schema.items ?? {}, subjects));
  }
  if (name === 'person') return { name: `某${random(1_000)}` };
  if (name === 'parameterId') return oneOf(random, PARAMETERS);
  if (/Ids?$/.test(name)) return subjects.one(random, SUBJECT_OF[name] ?? name.replace(/s$/, ''));
  if (/(On|Until|From|days?)$/i.test(name)) return dayOf(random);
  if (/^amount$/.test(name)) return amountOf(random);
  if (/sha256|commitment/i.test(name)) return String(random(10)).repeat(64);
  if (name === 'divisionCode') return `1406${String(random(10 ** 8)).padStart(8, '0')}`;
  if (name === 'creditCode') return oneOf(random, ['91350100M000100Y43', '乱写', '']);
  if (schema.type === 'number' || schema.type === 'integer') return oneOf(random, NUMBERS);
  if (schema.type === 'boolean') return random(2) === 0;
  if (schema.type === 'object' || schema.properties !== undefined) {
    const entries = Object.entries(schema.properties ?? {});
    if (entries.length > 0) {
      return Object.fromEntries(
        entries.map(([field, one]) => [field, valueOf(random, field, one, subjects)]),
      );
    }
  }
  return textOf(random);
};

/** Legs of an adjustment: mostly such as take quota, sum to zero, and have no ordinal of their own. */
const legsOf = (random: Random, schema: Schema, subjects: Subjects): unknown => {
  const leg = () => valueOf(random, 'leg', schema.items ?? { type: 'object' }, subjects) as object;
  const legs = Array.from({ length: 2 * (1 + random(3)) }, leg);
  if (random(10) === 0) return legs;
  const amount = `${1 + random(500)}.00`;
  return legs.map((_leg, index) => ({
    allocationId: subjects.one(random, 'allocationId'),
    account: random(4) === 0 ? 'treasury' : 'quota',
    amount,
    unit: '元',
    direction: index % 2 === 0 ? 'decrease' : 'increase',
  }));
};

const SUBJECT_OF: Readonly<Record<string, string>> = {
  counterpartAllocationId: 'allocationId',
  intoPlaceId: 'placeId',
  parentId: 'placeId',
  intoPayeeId: 'payeeId',
};

const PARAMETERS = [
  'announcement-minimum-days',
  'announcement-due-working-days',
  'working-calendar-2021',
  'audit-start',
  'idle-days',
];
const NUMBERS = [0, 1, 5, 10, 20, 24, 365, -1, 1.5, 2 ** 31, 2 ** 53, 1e21];

const dayOf = (random: Random): string => {
  if (random(40) === 0) return oneOf(random, ODD_DAYS);
  const month = String(1 + random(12)).padStart(2, '0');
  return `${2021 + random(2)}-${month}-${String(1 + random(28)).padStart(2, '0')}`;
};
const ODD_DAYS = ['2019-06-01', '2025-02-03', '2022-02-30', '9999-12-31', '0001-01-01', '', '昨天'];

const amountOf = (random: Random): string => {
  if (random(25) === 0) return oneOf(random, ODD_AMOUNTS);
  const yuan = Math.floor(Math.exp(random(12_000) / 1_000));
  return random(3) === 0 ? `${yuan}.${String(random(100)).padStart(2, '0')}` : `${yuan}`;
};
const ODD_AMOUNTS = [
  ...['0', '-1', '0.001', '1e9', 'NaN', '', '１２', '1,000', '10000000000', '9007199254740993'],
  ...['99999999999999999999999999', ' 5 ', '+5', '0x10', '5元'],
];

const textOf = (random: Random): string =>
  random(6) === 0 ? oneOf(random, ODD_TEXTS) : `第${random(10_000)}号`;
const ODD_TEXTS = [
  ...[
    '',
    ' ',
    '　',
    '\u202e甲',
    'a\nb',
    '\u0007',
    'e\u0301',
    '\ud83c',
    '\u0000',
    '𠀀村',
    '\ufeff甲',
  ],
  ...['=1+1', '<script>alert(1)</script>', "'; DROP TABLE event; --", '__proto__', '{"a":1}'],
  ...['13800138000', '11010519491231002X', '朔区〔２０２４〕２號', 'x'.repeat(5_000)],
];
