import { parseDocumentNumber } from '#ledger/document-number';
import { formatWan, type Fen } from '#ledger/money';
import type { NoticeToIssue } from '#ledger/notice/notice-commands';
import type { Annex, AnnexLine } from '#ledger/notice/notice-events';
import { checkSum, readAmount, rowAmount } from './check-amounts.ts';
import { checkCells } from './check-cells.ts';
import { checkSumRows } from './check-sum-rows.ts';
import type { Findings } from './findings.ts';
import type { Plan, PlanAnnex, PlanRow } from './plan.ts';

/** Which notice it is: the first edition states neither number nor forerunner. */
export type NamedNotice = Pick<NoticeToIssue, 'noticeId' | 'edition' | 'replaces'>;

/** How rows name places. */
export interface PlaceNames {
  readonly idOf: (path: readonly string[]) => string;
  /** Whether a place is listed in the plan or registered in the ledger. */
  readonly canBeNamed: (placeId: string) => boolean;
}

/** The notice that a plan describes, all but its id; what is wrong with it is among the findings. */
export const toNotice = (
  { notice, annexes }: Plan,
  named: NamedNotice,
  names: PlaceNames,
  findings: Findings,
): NoticeToIssue => {
  const read = annexes.map((annex, index) => toAnnex(annex, `/annexes/${index}`, names, findings));
  const sums = read.map(({ lines }) => sumOf(lines));
  sums.forEach((sumFen, index) => checkSum(sumFen, `/annexes/${index}/rows`, findings));
  const sumFen = sums.reduce((sum, annexFen) => sum + annexFen, 0n);
  if (sums.length > 1) checkSum(sumFen, '/annexes/0/rows', findings);
  return {
    ...named,
    title: notice.title,
    documentNumber: parseDocumentNumber(notice.documentNumber),
    issuer: notice.issuer,
    basis: notice.basis.map(parseDocumentNumber),
    programme: notice.programme,
    fiscalYear: notice.fiscalYear,
    batch: notice.batch,
    fundingLevel: notice.fundingLevel,
    annexes: read,
  };
};

const toAnnex = (annex: PlanAnnex, at: string, names: PlaceNames, findings: Findings): Annex => {
  const lines = annex.rows.map((row, index) =>
    toLine(row, annex, `${at}/rows/${index}`, names, findings),
  );
  const amounts = lines.map(({ amountFen }) => amountFen);
  checkSumRows(annex, amounts, `${at}/rows`, findings);
  const { statedTotal, unit } = annex;
  const bare = { annex: annex.annex, title: annex.title, lines };
  if (lines.length === 0) {
    findings.fault(`${at}/rows`, '附件没有任何行。', 'The annex has no row.');
    return bare;
  }
  if (statedTotal === undefined) return bare;
  const statedTotalFen = readAmount(statedTotal, unit, `${at}/statedTotal`, findings);
  const sumFen = sumOf(lines);
  if (statedTotalFen !== undefined && statedTotalFen !== sumFen) {
    findings.fault(
      `${at}/statedTotal`,
      `写明合计 ${formatWan(statedTotalFen)} 万元,各行相加为 ${formatWan(sumFen)} 万元。`,
      `The stated total is ${formatWan(statedTotalFen)} 万元; the rows sum to ${formatWan(sumFen)} 万元.`,
    );
  }
  return statedTotalFen === undefined ? bare : { ...bare, statedTotalFen };
};

const sumOf = (lines: readonly AnnexLine[]): Fen =>
  lines.reduce((sum, { amountFen }) => sum + amountFen, 0n);

const toLine = (
  row: PlanRow,
  { annex, unit }: PlanAnnex,
  at: string,
  names: PlaceNames,
  findings: Findings,
): AnnexLine => {
  const placeId = names.idOf(row.place);
  if (!names.canBeNamed(placeId)) {
    findings.fault(
      `${at}/place`,
      `没有登记过“${row.place.join('')}”;请核对全称(镇与街道不同),或在 places 中列出。`,
      `“${row.place.join('/')}” is not registered; check its full name, or list it under places.`,
    );
  }
  checkCells(row, at, findings);
  const project = projectOf(row);
  const where = { at: `${at}/amount`, of: `${annex}/${row.row}` };
  const amountFen = rowAmount(row.amount, unit, where, findings) ?? 0n;
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
