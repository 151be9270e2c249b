import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import { faulty, type Fault } from '../problems/problem.ts';

/** A body as its DTO, or every fault in it at once, unknown fields among them. */
export const validated = <Dto extends object>(Class: new () => Dto, body: unknown): Dto => {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    const detail = '请求内容须是一个 JSON 对象。';
    throw faulty([{ pointer: '', detail, detailEn: 'The body must be a JSON object.' }]);
  }
  const fields = fieldsOf(Class);
  const dto = new Class();
  // A field that no rule knows, `constructor` and `__proto__` among them, is never set.
  const unknown = Object.keys(body).filter((field) => !fields.has(field));
  Object.assign(
    dto,
    Object.fromEntries(Object.entries(body).filter(([field]) => fields.has(field))),
  );
  const faults = [
    ...unknown.map((field) => faultAt(field, UNKNOWN)),
    ...validateSync(dto, { stopAtFirstError: true }).flatMap(toFaults),
  ];
  if (faults.length > 0) throw faulty(faults);
  return withoutNulls(dto);
};

/** `null` is what some programs write for what they leave out; where a field may be left out, it is. */
const withoutNulls = <Dto extends object>(dto: Dto): Dto => {
  for (const [field, value] of Object.entries(dto)) {
    if (value === null) Reflect.deleteProperty(dto, field);
  }
  return dto;
};

/** Names of the fields that a body may have: those with a rule. */
const fieldsOf = (Class: new () => object): ReadonlySet<string> =>
  new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(Class, '', false, false)
      .map(({ propertyName }) => propertyName),
  );

const toFaults = ({ property, constraints = {} }: ValidationError): readonly Fault[] =>
  Object.entries(constraints).map(([rule, message]) => faultAt(property, rule, message));

/** The rule that a field is broken by which no other rule knows. */
const UNKNOWN = 'unknown';

const faultAt = (property: string, rule: string, message = ''): Fault => {
  const [detail, detailEn] = sentences(rule, property, message);
  const pointer = `/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return { pointer, detail, detailEn };
};

const sentences = (rule: string, property: string, message: string): readonly [string, string] => {
  if (rule === UNKNOWN) return [`没有“${property}”这一项`, `There is no field “${property}”`];
  const [zh, en] = message.split('|');
  return zh !== undefined && en !== undefined ? [zh, en] : [ZH[rule] ?? message, message];
};

/** What class-validator says in English. */
const ZH: Readonly<Record<string, string>> = {
  isString: '须是文字',
  isNotEmpty: '不能为空',
  isIn: '不在可选范围内',
  isInt: '须是整数',
  min: '太小',
  max: '太大',
  maxLength: '太长',
  isUuid: '须是编号(UUID)',
  isArray: '须是列表',
  arrayNotEmpty: '不能为空',
  isHash: '须是 SHA-256(64 位十六进制)',
  matches: '格式不符',
};
