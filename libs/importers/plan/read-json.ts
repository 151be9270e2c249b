import { FUNDING_LEVELS, PROGRAMMES } from '#ledger/notice/notice-events';
import { foldForComparing, foldPrinted } from '#ledger/printed-text';
import { createFieldReader, type FieldReader } from './field-reader.ts';
import {
  asPointer,
  noPlan,
  type Plan,
  type PlanAnnex,
  type PlanNotice,
  type PlanPlace,
  type PlanRow,
  QUESTIONS,
  type Question,
  type ReadPlan,
} from './plan.ts';
import { repeatedKeys } from './repeated-keys.ts';

/** Reads the text of a `plan.json` and looks at its form; `planImport` looks at its meaning. */
export const readPlanJson = (text: string): ReadPlan => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    return noPlan('文件不是完整的 JSON。', `This is not JSON: ${reason}.`);
  }
  const read = readPlanValue(json);
  const repeated = repeatedKeys(text).map((at) => ({ at, ...SAID_TWICE }));
  return { ...read, faults: [...repeated, ...read.faults] };
};

/** Of a field that is said more than once where one value is meant. */
export const SAID_TWICE = {
  zh: '这一项写了不止一次,不知道以哪个为准。',
  en: 'This field is said more than once; which one counts is not clear.',
};

export const readPlanValue = (json: unknown): ReadPlan => {
  const read = createFieldReader();
  const fields = read.object(json, '', ['notice', 'places', 'annexes', 'confirmed']);
  const plan: Plan = {
    notice: readNotice(read, fields['notice'], '/notice'),
    places: read
      .list(fields['places'] ?? [], '/places')
      .map((place, index) => readPlace(read, place, `/places/${index}`)),
    annexes: read
      .list(fields['annexes'], '/annexes')
      .map((annex, index) => readAnnex(read, annex, `/annexes/${index}`)),
    confirmed: read
      .list(fields['confirmed'] ?? [], '/confirmed')
      .map((question, index) => readQuestion(read, question, `/confirmed/${index}`)),
  };
  return { plan, faults: read.faults, placeOf: asPointer };
};

const NOTICE_FIELDS = [
  'issuer',
  'documentNumber',
  'title',
  'date',
  'basis',
  'programme',
  'fiscalYear',
  'batch',
  'fundingLevel',
];

const readNotice = (read: FieldReader, value: unknown, at: string): PlanNotice => {
  const fields = read.object(value, at, NOTICE_FIELDS);
  return {
    issuer: read.text(fields['issuer'], `${at}/issuer`),
    documentNumber: read.text(fields['documentNumber'], `${at}/documentNumber`),
    title: read.text(fields['title'], `${at}/title`),
    date: read.date(fields['date'], `${at}/date`),
    basis: read
      .list(fields['basis'] ?? [], `${at}/basis`)
      .map((basis, index) => read.text(basis, `${at}/basis/${index}`)),
    programme: read.oneOf(fields['programme'], `${at}/programme`, PROGRAMMES),
    fiscalYear: read.wholeNumber(fields['fiscalYear'], `${at}/fiscalYear`),
    batch: read.text(fields['batch'], `${at}/batch`),
    fundingLevel: read.oneOf(fields['fundingLevel'], `${at}/fundingLevel`, FUNDING_LEVELS),
  };
};

const readPlace = (read: FieldReader, value: unknown, at: string): PlanPlace => {
  const fields = read.object(value, at, ['path', 'code']);
  const code = read.optionalText(fields['code'], `${at}/code`);
  return {
    path: readPath(read, fields['path'], `${at}/path`),
    ...(code === undefined ? {} : { code }),
  };
};

const readQuestion = (read: FieldReader, value: unknown, at: string): Question => {
  const fields = read.object(value, at, ['question', 'of']);
  return {
    question: read.oneOf(fields['question'], `${at}/question`, QUESTIONS),
    of: foldForComparing(read.text(fields['of'], `${at}/of`)),
  };
};

const readAnnex = (read: FieldReader, value: unknown, at: string): PlanAnnex => {
  const fields = read.object(value, at, ['annex', 'title', 'unit', 'statedTotal', 'rows']);
  const statedTotal = read.optionalText(fields['statedTotal'], `${at}/statedTotal`);
  return {
    annex: annexKey(read.text(fields['annex'], `${at}/annex`)),
    title: read.text(fields['title'], `${at}/title`),
    unit: read.oneOf(fields['unit'], `${at}/unit`, ['元', '万元']),
    ...(statedTotal === undefined ? {} : { statedTotal }),
    rows: read
      .list(fields['rows'], `${at}/rows`)
      .map((row, index) => readRow(read, row, `${at}/rows/${index}`)),
  };
};

const OPTIONAL_TEXTS = ['placeText', 'project', 'projectType', 'implementer', 'scale'] as const;

const readRow = (read: FieldReader, value: unknown, at: string): PlanRow => {
  const known = ['row', 'place', 'amount', 'taskYear', ...OPTIONAL_TEXTS];
  const fields = read.object(value, at, known);
  const texts = OPTIONAL_TEXTS.flatMap((field) => {
    const text = read.optionalText(fields[field], `${at}/${field}`);
    return text === undefined ? [] : [[field, text] as const];
  });
  const { taskYear } = fields;
  return {
    row: read.wholeNumber(fields['row'], `${at}/row`),
    place: readPath(read, fields['place'], `${at}/place`),
    amount: read.text(fields['amount'], `${at}/amount`),
    ...(taskYear === undefined ? {} : { taskYear: read.wholeNumber(taskYear, `${at}/taskYear`) }),
    ...Object.fromEntries(texts),
  };
};

/** An annex as rows name it: `1`, however wide its digit is printed. */
export const annexKey = (text: string): string => {
  const narrow = foldForComparing(text);
  return /^\d+$/.test(narrow) ? narrow : foldPrinted(text);
};

/** Names from the county down. Spaces that spread two characters over a column are no part of a name. */
const readPath = (read: FieldReader, value: unknown, at: string): readonly string[] => {
  const path = read.list(value, at).map((name, index) => {
    if (name !== '') return read.text(name, `${at}/${index}`).replace(/\s+/gu, '');
    read.fault(`${at}/${index}`, ...blankName(index));
    return '';
  });
  if (path.length < 1 || path.length > 3) {
    read.fault(
      at,
      '地点应写县区、乡镇、村(一至三级)。',
      'A place is county, town, village: one to three names.',
    );
  }
  return path;
};

const blankName = (level: number): readonly [zh: string, en: string] => {
  const zh = ['县区', '乡镇', '村'][level] ?? '地点';
  const en = ['county', 'town', 'village'][level] ?? 'place';
  return [
    `${zh}是空的;每一行都要写全县区、乡镇、村,合并的单元格也要逐行填满。`,
    `The ${en} is blank; every line names county, town and village, merged cells are filled in each.`,
  ];
};
