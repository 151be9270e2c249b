import { stringify } from 'csv-stringify/sync';
import { toLedgerEvent } from '#event-store/ledger-log';
import type { RecordedEvent } from '#event-store/port';
import { formatYuan } from '#ledger/money';
import { eventSentence } from '#projections/journal/event-sentence';
import type { Posting } from './books.ts';

export type Cells = readonly (string | number | null)[];

/** A column as the dictionary explains it. */
export interface ColumnNote {
  readonly name: string;
  readonly type: 'TEXT' | 'INTEGER';
  readonly zh: string;
  readonly en: string;
}

const text = (name: string, zh: string, en: string): ColumnNote => ({ name, type: 'TEXT', zh, en });
const whole = (name: string, zh: string, en: string): ColumnNote => ({
  ...text(name, zh, en),
  type: 'INTEGER',
});

/** One row for each event, in the order of the ledger. */
export const EVENT_COLUMNS: readonly ColumnNote[] = [
  whole('position', '日志位置,从 1 起', 'position in the ledger, from 1'),
  text('recordedAt', '记账时刻(UTC)', 'instant of recording (UTC)'),
  text('occurredOn', '业务日期', 'business date'),
  text('type', '事件类型', 'type of event'),
  text('stream', '流:资金、地点、文件等', 'stream: allocation, place, notice, …'),
  whole('revision', '流内序号,从 0 起', 'place in its stream, from 0'),
  text('actorId', '经手人', 'who'),
  text('actorOrganisation', '经手单位', 'of which organisation'),
  text('actorRole', '经手角色', 'in which role'),
  text('zh', '事项', 'what happened, in Chinese'),
  text('en', '事项(英文)', 'what happened, in English'),
  text('id', '事件编号', 'id of the event'),
  text('leaf', '叶哈希(SHA-256)', 'leaf hash (SHA-256)'),
];

/** One row for each movement of money. */
export const POSTING_COLUMNS: readonly ColumnNote[] = [
  whole('position', '日志位置', 'position in the ledger'),
  text('occurredOn', '业务日期', 'business date'),
  text('allocationId', '资金编号', 'allocation'),
  text('placeId', '下达地点编号', 'place the money was issued for'),
  text('place', '下达地点', 'its name now'),
  text('fromAccount', '转出账户', 'account it left'),
  text('toAccount', '转入账户', 'account it went to'),
  whole('amountFen', '金额(分)', 'amount in fen'),
  text('amountYuan', '金额(元)', 'amount in yuan'),
];

export const eventCells = (event: RecordedEvent, leaf: string): Cells => {
  const known = toLedgerEvent(event);
  const { zh, en } = eventSentence(known);
  const { actor } = known;
  return [
    Number(event.position),
    known.recordedAt,
    known.occurredOn,
    event.type,
    event.stream,
    Number(event.revision),
    actor.id,
    actor.organisation,
    actor.role,
    zh,
    en,
    event.id,
    leaf,
  ];
};

export const postingCells = (
  event: RecordedEvent,
  { allocationId, from, to, amountFen }: Posting,
  placeId: string,
  place: string,
): Cells => [
  Number(event.position),
  event.meta['occurredOn'] ?? '',
  allocationId,
  placeId,
  place,
  from,
  to,
  amountFen,
  formatYuan(BigInt(amountFen)).replaceAll(',', ''),
];

/** A line for a spreadsheet; no cell is taken for a formula. */
export const csvLine = (cells: Cells): string =>
  stringify([[...cells]], { escape_formulas: true, record_delimiter: 'windows' });

export const csvHead = (columns: readonly ColumnNote[]): string =>
  `\uFEFF${csvLine(columns.map(({ name }) => name))}`;

/** Every table and column, explained. */
export const dictionaryCsv = (): string =>
  [
    `\uFEFF${csvLine(['table', 'column', 'type', '说明', 'meaning'])}`,
    ...explained('events', EVENT_COLUMNS),
    ...explained('postings', POSTING_COLUMNS),
  ].join('');

const explained = (table: string, columns: readonly ColumnNote[]): readonly string[] =>
  columns.map(({ name, type, zh, en }) => csvLine([table, name, type, zh, en]));
