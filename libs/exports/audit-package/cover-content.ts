import { clockTimeOf, type Instant } from '#ledger/calendar';
import { formatYuan } from '#ledger/money';
import type { PublishedCheckpoint } from '#transparency-log/checkpoints/checkpoint-files';
import type { PackageFile } from './package-files.ts';
import type { WrittenTable } from './table-files.ts';
import type { BundleHead, WrittenEvents } from './write-events.ts';

/** All that a cover says. */
export interface CoverContent {
  readonly head: BundleHead;
  readonly written: WrittenEvents;
  readonly year: number | undefined;
  readonly newest: PublishedCheckpoint | undefined;
  readonly tables: readonly WrittenTable[];
  readonly files: readonly PackageFile[];
  readonly now: Instant;
}

/** One thing that a cover says, with what it is called. */
export interface CoverRow {
  readonly zh: string;
  readonly en: string;
  readonly value: string;
}

export const TITLE = { zh: '明账审计包', en: 'Mingzhang audit package' };

export const VERIFY_COMMAND = 'node verify.mjs bundle.ndjson --key ledger.vkey';

export const summaryOf = ({
  head,
  written,
  year,
  newest,
  now,
}: CoverContent): readonly CoverRow[] => {
  const { totals, root } = written;
  const period = head.events === 0 ? '—' : [head.from, head.to].map(clockTimeOf).join(' — ');
  const row = (zh: string, en: string, value: string): CoverRow => ({ zh, en, value });
  return [
    row('台账', 'ledger', head.place === '' ? '—' : head.place),
    row('日志名', 'log', head.origin),
    row('入账期间(北京时间)', 'recorded (Beijing time)', period),
    row('事件', 'events', `${head.events}`),
    row('表格所含年度', 'years in the tables', year === undefined ? '全部 all' : `${year}`),
    row('下达', 'allocated', yuan(totals.allocatedFen)),
    row('到账', 'arrived', yuan(totals.allocatedFen - totals.quotaFen)),
    row('支付', 'paid', yuan(totals.paidFen)),
    row('缴回', 'returned', yuan(totals.returnedFen)),
    row('结存', 'on hand', yuan(totals.treasuryFen + totals.unitFen)),
    row('全部事件的根哈希', 'root over all events', root),
    row('最新检查点', 'newest checkpoint', signedText(head.events, newest)),
    row('检查点根哈希', 'root of the checkpoint', newest?.root ?? '—'),
    row('制作时刻(北京时间)', 'made (Beijing time)', clockTimeOf(now)),
  ];
};

const yuan = (fen: number): string => `${formatYuan(BigInt(fen))} 元`;

const signedText = (events: number, newest: PublishedCheckpoint | undefined): string => {
  if (newest === undefined) return '没有签名 never signed';
  const after = events - newest.size;
  return after > 0
    ? `${newest.size} 个事件;其后 ${after} 个未签 ${newest.size} events; ${after} since are not signed`
    : `${newest.size} 个事件 events`;
};

/** What somebody with this sheet in hand has to know. */
export const REMARKS: readonly { readonly zh: string; readonly en: string }[] = [
  {
    zh: 'bundle.ndjson 总含全部事件;选定年度只缩小表格:事件、资金移动和附件按业务日期,其余按资金年度,地点、收款人和参数不缩小。',
    en: 'bundle.ndjson always holds all events. A year narrows the tables only: events, postings and attachments by business date, the others by fiscal year; places, payees and parameters not at all.',
  },
  {
    zh: '表格由 bundle.ndjson 的事件算出,供阅读;有出入时以 bundle.ndjson 为准。',
    en: 'The tables are worked out from the events in bundle.ndjson for reading; where they differ, it is bundle.ndjson that counts.',
  },
  {
    zh: '请自行保存检查点:下次核验时用 --since 与之对照,重写历史即被发现。',
    en: 'Keep the checkpoint yourself: hold the next package to it with --since, and a rewritten history is found out.',
  },
];
