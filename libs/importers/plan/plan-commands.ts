import type { BusinessDate } from '#ledger/calendar';
import { divisionLevel } from '#ledger/division-code';
import { parseDocumentNumber } from '#ledger/document-number';
import type { LedgerCommand } from '#ledger/ledger-events';
import { formatWan, parseAmount, type AmountFault, type Fen } from '#ledger/money';
import type { Annex, AnnexLine, Notice } from '#ledger/notice/notice-events';
import { allocationIdOf, commandIdOf, noticeIdOf, placeIdOf } from '#event-codec/ids';
import type { Plan, PlanAnnex, PlanFault, PlanRow, Read, ReadPlan } from './plan.ts';

/** One command of an import, with the id that makes asking twice the same as asking once. */
export interface PlannedCommand {
  readonly commandId: string;
  readonly occurredOn: BusinessDate;
  readonly command: LedgerCommand;
}

/** What a plan comes to: the notice, and the commands that record it, in order. */
export interface PlannedImport {
  readonly notice: Notice;
  readonly places: readonly PlannedCommand[];
  readonly issue: PlannedCommand;
  readonly allocations: readonly PlannedCommand[];
}

/** Whether the ledger knows a place already. */
export type KnownPlace = (placeId: string) => boolean;

/**
 * Checks what a plan means and turns it into commands. Every fault comes at once, those of form
 * among them: amounts that are none, totals that differ, places nobody has registered, rows that
 * stand twice.
 */
export const planImport = (
  { plan, faults, placeOf }: ReadPlan,
  isKnown: KnownPlace,
): Read<PlannedImport> => {
  const planned = plan === undefined ? NOTHING : planCommands(plan, isKnown);
  if (faults.length === 0 && planned.kind === 'read') return planned;
  const meant = planned.kind === 'faulty' ? planned.faults : [];
  const all = [...faults, ...meant.filter(({ at }) => !isMoot(at, faults))];
  return { kind: 'faulty', faults: all.map((fault) => ({ ...fault, at: placeOf(fault.at) })) };
};

const NOTHING: Read<PlannedImport> = { kind: 'faulty', faults: [] };

/** What a fault of form has made unreadable is not judged by its meaning as well. */
const isMoot = (at: string, faultsOfForm: readonly PlanFault[]): boolean => {
  const [annex] = /^\/annexes\/\d+\//.exec(at) ?? [];
  return faultsOfForm.some(
    (fault) =>
      at.startsWith(fault.at) ||
      fault.at.startsWith(`${at}/`) ||
      (annex !== undefined && fault.at === `${annex}unit`) ||
      (annex !== undefined && at.endsWith('/statedTotal') && fault.at.startsWith(annex)),
  );
};

const planCommands = (plan: Plan, isKnown: KnownPlace): Read<PlannedImport> => {
  const faults: PlanFault[] = [];
  const places = plan.places.map((_place, index) => registerPlace(plan, index, faults));
  const declared = new Set(plan.places.map(({ path }) => placeIdOf(path)));
  const canBeNamed = (placeId: string) => declared.has(placeId) || isKnown(placeId);
  checkParents(plan, canBeNamed, faults);
  const annexes = plan.annexes.map((annex, index) =>
    toAnnex(annex, `/annexes/${index}`, canBeNamed, faults),
  );
  checkDuplicates(plan, faults);
  if (faults.length > 0) return { kind: 'faulty', faults };

  const notice = toNotice(plan, annexes);
  const { noticeId } = notice;
  const occurredOn = plan.notice.date;
  const issue: PlannedCommand = {
    commandId: commandIdOf('issue', noticeId),
    occurredOn,
    command: { type: 'IssueNotice', data: notice },
  };
  const allocations = annexes.flatMap((annex) =>
    annex.lines.map((line) => allocate(notice, annex.annex, line, occurredOn)),
  );
  return { kind: 'read', value: { notice, places, issue, allocations } };
};

const allocate = (
  notice: Notice,
  annex: string,
  line: AnnexLine,
  occurredOn: BusinessDate,
): PlannedCommand => {
  const { noticeId, programme, fiscalYear, batch, fundingLevel } = notice;
  const { row, placeId, amountFen, stated, project } = line;
  const allocationId = allocationIdOf(noticeId, annex, row);
  return {
    commandId: commandIdOf('allocate', allocationId),
    occurredOn,
    command: {
      type: 'AllocateFunds',
      data: {
        allocationId,
        noticeId,
        annex,
        row,
        placeId,
        amountFen,
        programme,
        fiscalYear,
        batch,
        fundingLevel,
        stated,
        ...(project === undefined ? {} : { project }),
      },
    },
  };
};

const toNotice = ({ notice }: Plan, annexes: readonly Annex[]): Notice => {
  const documentNumber = parseDocumentNumber(notice.documentNumber);
  return {
    noticeId: noticeIdOf(notice.issuer, documentNumber.normalised ?? documentNumber.raw),
    title: notice.title,
    documentNumber,
    issuer: notice.issuer,
    basis: notice.basis.map(parseDocumentNumber),
    programme: notice.programme,
    fiscalYear: notice.fiscalYear,
    batch: notice.batch,
    fundingLevel: notice.fundingLevel,
    annexes,
  };
};

const toAnnex = (
  annex: PlanAnnex,
  at: string,
  canBeNamed: KnownPlace,
  faults: PlanFault[],
): Annex => {
  const lines = annex.rows.map((row, index) =>
    toLine(row, annex.unit, `${at}/rows/${index}`, canBeNamed, faults),
  );
  const { statedTotal, unit } = annex;
  if (lines.length === 0)
    faults.push({ at: `${at}/rows`, zh: '附件没有任何行。', en: 'The annex has no row.' });
  if (statedTotal === undefined) return { annex: annex.annex, title: annex.title, lines };
  const statedTotalFen = amountIn(statedTotal, unit, `${at}/statedTotal`, faults);
  const sumFen = lines.reduce((sum, line) => sum + line.amountFen, 0n);
  if (statedTotalFen !== undefined && statedTotalFen !== sumFen) {
    faults.push(totalDiffers(`${at}/statedTotal`, statedTotalFen, sumFen));
  }
  const total = statedTotalFen === undefined ? {} : { statedTotalFen };
  return { annex: annex.annex, title: annex.title, ...total, lines };
};

const toLine = (
  row: PlanRow,
  unit: PlanAnnex['unit'],
  at: string,
  canBeNamed: KnownPlace,
  faults: PlanFault[],
): AnnexLine => {
  const placeId = placeIdOf(row.place);
  if (!canBeNamed(placeId)) {
    faults.push({
      at: `${at}/place`,
      zh: `没有登记过“${row.place.join('')}”;请核对全称(镇与街道不同),或在 places 中列出。`,
      en: `“${row.place.join('/')}” is not registered; check its full name, or list it under places.`,
    });
  }
  const project = projectOf(row);
  const amountFen = amountIn(row.amount, unit, `${at}/amount`, faults) ?? 0n;
  return {
    row: row.row,
    placeId,
    placeText: row.placeText ?? row.place.slice(row.place.length > 1 ? 1 : 0).join(''),
    amountFen,
    stated: { text: row.amount, unit },
    ...(project === undefined ? {} : { project }),
  };
};

const projectOf = (row: PlanRow): AnnexLine['project'] => {
  const { project: name, projectType, implementer, scale, taskYear } = row;
  if (name === undefined) return undefined;
  return {
    name,
    ...(projectType === undefined ? {} : { projectType }),
    ...(implementer === undefined ? {} : { implementer }),
    ...(scale === undefined ? {} : { scale }),
    ...(taskYear === undefined ? {} : { taskYear }),
  };
};

const registerPlace = (plan: Plan, index: number, faults: PlanFault[]): PlannedCommand => {
  const { path, code } = plan.places[index] ?? { path: [] };
  const level = (['county', 'town', 'village'] as const)[path.length - 1] ?? 'village';
  if (code !== undefined && divisionLevel(code) !== level) {
    faults.push({
      at: `/places/${index}/code`,
      zh: `区划代码 ${code} 与“${path.join('')}”的级别不符。`,
      en: `Division code ${code} is not of the level of “${path.join('/')}”.`,
    });
  }
  const placeId = placeIdOf(path);
  const occurredOn = plan.notice.date;
  return {
    commandId: commandIdOf('register-place', placeId),
    occurredOn,
    command: {
      type: 'RegisterPlace',
      data: {
        placeId,
        level,
        name: path.at(-1) ?? '',
        validFrom: occurredOn,
        ...(path.length > 1 ? { parentId: placeIdOf(path.slice(0, -1)) } : {}),
        ...(code === undefined ? {} : { divisionCode: code }),
      },
    },
  };
};

const checkParents = (plan: Plan, canBeNamed: KnownPlace, faults: PlanFault[]): void => {
  plan.places.forEach(({ path }, index) => {
    if (path.length < 2 || canBeNamed(placeIdOf(path.slice(0, -1)))) return;
    const parent = path.slice(0, -1).join('');
    const zh = `上级“${parent}”没有登记,也没有列出。`;
    faults.push({ at: `/places/${index}/path`, zh, en: `Its parent “${parent}” is unknown.` });
  });
};

/** A row is named by annex and number, an annex by its number. */
const checkDuplicates = (plan: Plan, faults: PlanFault[]): void => {
  const met = new Set<string>();
  const meet = (name: string, at: string) => {
    if (met.has(name)) faults.push({ at, zh: '编号重复。', en: 'This number stands twice.' });
    met.add(name);
  };
  plan.annexes.forEach(({ annex, rows }, index) => {
    meet(annex, `/annexes/${index}/annex`);
    rows.forEach(({ row }, place) =>
      meet(`${annex}/${row}`, `/annexes/${index}/rows/${place}/row`),
    );
  });
};

const amountIn = (
  text: string,
  unit: PlanAnnex['unit'],
  at: string,
  faults: PlanFault[],
): Fen | undefined => {
  const parsed = parseAmount(text, unit);
  if (parsed.kind === 'fault') {
    faults.push({ at, ...amountFault(text, unit)[parsed.fault] });
    return undefined;
  }
  if (parsed.amountFen > 0n) return parsed.amountFen;
  faults.push({ at, zh: '金额必须大于零。', en: 'The amount must be above zero.' });
  return undefined;
};

const amountFault = (
  text: string,
  unit: string,
): Record<AmountFault, { readonly zh: string; readonly en: string }> => ({
  'not-a-number': {
    zh: `“${text}”不是金额;请只写数字,单位写在附件上(${unit})。`,
    en: `“${text}” is not an amount; write digits only, the unit (${unit}) stands with the annex.`,
  },
  negative: { zh: `金额 ${text} 不能是负数。`, en: `The amount ${text} must not be negative.` },
  'too-many-decimals': {
    zh: `${text} ${unit}不足一分;${unit === '元' ? '最多两位' : '最多六位'}小数。`,
    en: `${text} ${unit} is finer than one fen; ${unit === '元' ? 'two' : 'six'} decimals at most.`,
  },
  'too-large': { zh: `金额 ${text} 太大。`, en: `The amount ${text} is too large.` },
});

const totalDiffers = (at: string, statedFen: Fen, sumFen: Fen): PlanFault => ({
  at,
  zh: `写明合计 ${formatWan(statedFen)} 万元,各行相加为 ${formatWan(sumFen)} 万元。`,
  en: `The stated total is ${formatWan(statedFen)} 万元; the rows sum to ${formatWan(sumFen)} 万元.`,
});
