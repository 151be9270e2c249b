import { formatWan, type Fen } from '#ledger/money';
import type { Findings } from './findings.ts';
import type { PlanAnnex, PlanRow } from './plan.ts';

/** A row beside its amount; an amount that could not be read is 0. */
interface Counted {
  readonly row: PlanRow;
  readonly amountFen: Fen;
}

/**
 * A 合计 that has a number like any row is money twice. A row that says 合计, 小计 or 总计 is a fault. A row
 * that names no project, or mentions a sum, is a question where it is as large as at least two others: those
 * above it, those since the last such row, those beside it in places within its own, or all that follow the
 * first.
 */
export const checkSumRows = (
  { annex, rows }: PlanAnnex,
  amountsFen: readonly Fen[],
  at: string,
  findings: Findings,
): void => {
  const counted = rows.map((row, index) => ({ row, amountFen: amountsFen[index] ?? 0n }));
  const plain: Counted[] = [];
  let plainFen = 0n;
  let since: Counted[] = [];
  counted.forEach((one, index) => {
    const { row, amountFen } = one;
    const isTotal = textsOf(row).some(saysTotal);
    const maySum = isTotal || row.project === undefined || textsOf(row).some(mentionsTotal);
    const summed = !maySum
      ? undefined
      : plain.length > 1 && plainFen === amountFen
        ? plain
        : [since, groupBeside(counted, index), index === 0 ? counted.slice(1) : []].find(
            (some) => some.length > 1 && sumOf(some) === amountFen,
          );
    if (isTotal || (summed !== undefined && amountFen > 0n)) {
      tell({ annex, row, amountFen, isTotal, summed }, `${at}/${index}`, findings);
      since = [];
    } else {
      plain.push(one);
      plainFen += amountFen;
      since.push(one);
    }
  });
};

interface SumRow extends Counted {
  readonly annex: string;
  readonly isTotal: boolean;
  readonly summed: readonly Counted[] | undefined;
}

const tell = (
  { annex, row, amountFen, isTotal, summed }: SumRow,
  at: string,
  findings: Findings,
): void => {
  const listed = summed === undefined ? undefined : rowsListed(summed);
  const sumZh = listed === undefined ? '' : `,金额等于第 ${listed} 行之和`;
  const sumEn = listed === undefined ? '' : `; its amount is the sum of the rows ${listed}`;
  if (isTotal) {
    return findings.fault(
      at,
      `第 ${row.row} 行写的是合计${sumZh};合计写在 annex 行上,不作为一行。`,
      `Row ${row.row} says that it is a total${sumEn}; a total belongs to the line annex, not to a row.`,
    );
  }
  findings.ask(
    { question: 'sumRow', of: `${annex}/${row.row}` },
    at,
    `第 ${row.row} 行 ${formatWan(amountFen)} 万元,没有项目名称${sumZh},像是合计。`,
    `Row ${row.row}, ${formatWan(amountFen)} 万元, names no project${sumEn}; it may be a total.`,
  );
};

const textsOf = ({ project, projectType, implementer, scale, placeText }: PlanRow) =>
  [project, projectType, implementer, scale, placeText].filter((text) => text !== undefined);

const TOTAL = /合计|小计|总计|共计|累计/;

/** `合 计`, `全县合计(万元)`, `神头镇小计`: a name that ends so is of no project. */
const saysTotal = (text: string): boolean => {
  const name = text.replace(/[（(].*?[)）]/g, '').replace(/[^\p{Script=Han}]/gu, '');
  return name.length <= LONGEST_TOTAL && new RegExp(`^计$|(${TOTAL.source})$`).test(name);
};

const LONGEST_TOTAL = 12;

const mentionsTotal = (text: string): boolean => TOTAL.test(text);

/** The rows just below, or else just above, that are of places within the place of a row. */
const groupBeside = (counted: readonly Counted[], index: number): readonly Counted[] => {
  const head = counted[index]?.row.place ?? [];
  const isWithin = ({ row: { place } }: Counted) =>
    place.length > head.length && head.every((name, level) => place[level] === name);
  const run = (step: 1 | -1): readonly Counted[] => {
    const found: Counted[] = [];
    for (let next = index + step; ; next += step) {
      const one = counted[next];
      if (one === undefined || !isWithin(one)) return found;
      found.push(one);
    }
  };
  const below = run(1);
  return sumOf(below) === counted[index]?.amountFen ? below : run(-1);
};

const sumOf = (some: readonly Counted[]): Fen =>
  some.reduce((sum, { amountFen }) => sum + amountFen, 0n);

const SHOWN = 6;

/** `1、2、3`, or `1、2 … 40` for many. */
const rowsListed = (some: readonly Counted[]): string => {
  const numbers = some.map(({ row }) => row.row);
  return numbers.length <= SHOWN
    ? numbers.join('、')
    : `${numbers.slice(0, 2).join('、')} … ${numbers.at(-1)}`;
};
