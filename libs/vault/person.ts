import { canonicalJson } from '#event-store/canonical-json';
import { isIdNumber } from './id-number.ts';

/** What is known of a person, in clear. It lives in the vault and nowhere else. */
export type Person = Readonly<Partial<Record<PersonField, string>>>;

const MOST_CHARACTERS = { name: 200, idNumber: 18, phone: 40, bankAccount: 60 } as const;
type PersonField = keyof typeof MOST_CHARACTERS;

export const PERSON_FIELDS = Object.keys(MOST_CHARACTERS) as readonly PersonField[];

/** A fault says where and what, and never repeats what it was given. */
export interface PersonFault {
  readonly field?: PersonField;
  readonly code: keyof typeof SENTENCES;
  readonly zh: string;
  readonly en: string;
}

export type PersonRead =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'faulty'; readonly faults: readonly PersonFault[] };

/** A person from JSON of any kind, or every fault in it at once. */
export const readPerson = (json: unknown): PersonRead => {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) {
    return { kind: 'faulty', faults: [fault('person-not-an-object')] };
  }
  const given = Object.entries(json);
  const faults = given.flatMap(([key, value]) => faultOf(key, value));
  if (given.length === 0) faults.push(fault('person-empty'));
  if (faults.length > 0) return { kind: 'faulty', faults };
  return { kind: 'person', person: Object.fromEntries(given) };
};

/** The text that is committed to and encrypted: the same person gives the same bytes. */
export const personText = (person: Person): string => canonicalJson({ ...person });

/** Whether a text, such as the reason for a look, tells something of the person itself. */
export const isDisclosedIn = (person: Person, text: string): boolean => {
  const squeezed = text.replace(/[\s-]/g, '').toUpperCase();
  return Object.values(person).some((value) =>
    squeezed.includes(value.replace(/[\s-]/g, '').toUpperCase()),
  );
};

const SENTENCES = {
  'person-not-an-object': ['须是一个 JSON 对象', 'A JSON object is required'],
  'person-empty': ['至少写一项', 'At least one field is required'],
  'unknown-field': [
    `只能有 ${PERSON_FIELDS.join('、')}`,
    `Only ${PERSON_FIELDS.join(', ')} are known`,
  ],
  'not-text': ['须是文字,不能为空', 'A text that is not empty is required'],
  'too-long': ['太长', 'Too long'],
  'id-number-wrong': [
    '不是身份证号(GB 11643:18 位,出生日期和校验码须对)',
    'Not an ID number (GB 11643: 18 characters, day of birth and check character must be right)',
  ],
} as const;

const faultOf = (key: string, value: unknown): PersonFault[] => {
  const field = PERSON_FIELDS.find((known) => known === key);
  if (field === undefined) return [fault('unknown-field')];
  if (typeof value !== 'string' || !/[\p{L}\p{N}]/u.test(value)) return [fault('not-text', field)];
  if (value.length > MOST_CHARACTERS[field]) return [fault('too-long', field)];
  if (field === 'idNumber' && !isIdNumber(value)) return [fault('id-number-wrong', field)];
  return [];
};

const fault = (code: PersonFault['code'], field?: PersonField): PersonFault => {
  const [zh, en] = SENTENCES[code];
  return field === undefined ? { code, zh, en } : { field, code, zh, en };
};
