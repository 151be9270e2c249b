import { FUNDING_LEVELS, PROGRAMMES } from '#ledger/notice/notice-events';
import { createFieldReader, type FieldReader } from './field-reader.ts';
import {
  asPointer,
  noPlan,
  type Plan,
  type PlanAnnex,
  type PlanNotice,
  type PlanPlace,
  type PlanRow,
  type ReadPlan,
} from './plan.ts';

/** Reads the text of a `plan.json` and looks at its form; `planImport` looks at its meaning. */
export const readPlanJson = (text: string): ReadPlan => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    return noPlan('文件不是完整的 JSON。', `This is not JSON: ${reason}.`);
  }
  return readPlanValue(json);
};

export const readPlanValue = (json: unknown): ReadPlan => {
  const read = createFieldReader();
  const fields = read.object(json, '', ['notice', 'places', 'annexes']);
  const plan: Plan = {
    notice: readNotice(read, fields['notice'], '/notice'),
    places: read
      .list(fields['places'] ?? [], '/places')
      .map((place, index) => readPlace(read, place, `/places/${index}`)),
    annexes: read
      .list(fields['annexes'], '/annexes')
      .map((annex, index) => readAnnex(read, annex, `/annexes/${index}`)),
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

const readAnnex = (read: FieldReader, value: unknown, at: string): PlanAnnex => {
  const fields = read.object(value, at, ['annex', 'title', 'unit', 'statedTotal', 'rows']);
  const statedTotal = read.optionalText(fields['statedTotal'], `${at}/statedTotal`);
  return {
    annex: read.text(fields['annex'], `${at}/annex`),
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

const readPath = (read: FieldReader, value: unknown, at: string): readonly string[] => {
  const path = read.list(value, at).map((name, index) => read.text(name, `${at}/${index}`));
  if (path.length < 1 || path.length > 3) {
    read.fault(
      at,
      '地点应写县区、乡镇、村(一至三级)。',
      'A place is county, town, village: one to three names.',
    );
  }
  return path;
};
