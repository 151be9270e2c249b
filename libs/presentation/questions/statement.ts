import { stringify } from 'csv-stringify/sync';
import { clockTimeOf } from '#ledger/calendar';
import { formatYuan } from '#ledger/money';
import type { History } from '#history/postings/history';
import type { Statement, StatementLine } from '#history/questions/statement';
import { allocationPresenter, allocationText, type AllocationView } from './allocation.ts';
import { printable } from '../printable.ts';
import { linkedSentence, withLinkedEvents, type EventSource, type EventView } from './event.ts';

export interface StatementLineView extends Omit<StatementLine, 'allocation'> {
  readonly allocation?: AllocationView;
  readonly event: EventView;
}

export interface StatementView extends Omit<Statement, 'lines'> {
  readonly lines: readonly StatementLineView[];
}

export const presentStatement = async (
  { dimensions }: Pick<History, 'dimensions'>,
  source: EventSource,
  { lines, ...book }: Statement,
): Promise<StatementView> => {
  const present = allocationPresenter(dimensions, source.asOf);
  const presented = (await withLinkedEvents(source, lines)).map(({ allocation, ...line }) => ({
    ...line,
    ...(allocation === undefined ? {} : { allocation: present(allocation) }),
  }));
  return { ...book, lines: presented };
};

/** What a line is about: what happened, or whose money a merger brought or took. */
export const remarkOf = ({ event, carried, inFen, outFen }: StatementLineView): string => {
  if (carried === undefined) return linkedSentence(event).zh;
  return outFen > inFen ? `结转到 ${carried}` : `${carried} 并入结转`;
};

/**
 * The passbook for a spreadsheet: UTF-8 with its mark, amounts in 元, no cell taken for a formula, and
 * no text that begins a line of its own.
 */
export const statementCsv = ({ openingFen, lines }: StatementView): string => {
  const opening = ['', '期初', '', '', '', '', '', BigInt(openingFen), '', '', '', ''];
  return stringify([HEADER, opening, ...lines.map(cellsOf)], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
    cast: { bigint: (fen) => formatYuan(fen).replaceAll(',', ''), string: printable },
  });
};

const cellsOf = (line: StatementLineView) => [
  line.on,
  remarkOf(line),
  line.allocation === undefined ? '' : allocationText(line.allocation),
  line.allocation?.projectName ?? '',
  BigInt(line.allocatedFen),
  BigInt(line.inFen),
  BigInt(line.outFen),
  BigInt(line.balanceFen),
  line.event.position,
  line.event.id,
  clockTimeOf(line.event.recordedAt),
  `${line.event.actor.id}(${line.event.actor.role})`,
];

const HEADER = [
  '业务日期',
  '摘要',
  '资金',
  '项目',
  '下达(元)',
  '收入(元)',
  '支出(元)',
  '结存(元)',
  '日志位置',
  '事件编号',
  '记账时刻(北京时间)',
  '经手',
];
