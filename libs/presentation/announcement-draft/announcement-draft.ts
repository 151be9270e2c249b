import type { Announcement, AnnouncementLevel } from '#ledger/announcement/announcement-events';
import { formatWan } from '#ledger/money';
import { notices, type RegisterLine } from '#projections/allocation-register/query';
import { place } from '#projections/place-directory/query';
import type { ReadDatabase } from '#projections/engine/read-database';

/** What is to be announced, as whoever will post it says. */
export interface DraftRequest extends Omit<
  Announcement,
  'announcementId' | 'allocationIds' | 'contentSha256' | 'attachments'
> {
  /** Who answers for the money, and at which telephone; the national one, 12317, is always there. */
  readonly responsible?: string;
  readonly telephone?: string;
  readonly beneficiaries?: string;
  readonly target?: string;
}

/** A 公告公示 as it hangs; once it is signed, with the checkpoint that holds the ledger to its figures. */
export interface AnnouncementDraft {
  readonly title: string;
  readonly particulars: readonly Particular[];
  readonly lines: readonly DraftLine[];
  readonly total: DraftAmounts;
}

export interface SignedDraft extends AnnouncementDraft {
  /** A C2SP signed note over everything the figures are made of. */
  readonly note: string;
}

export type Particular = readonly [name: string, value: string];

/** Amounts in 万元, exact. */
export interface DraftAmounts {
  readonly allocated: string;
  readonly arrived: string;
  readonly paid: string;
}

export interface DraftLine extends DraftAmounts {
  /** The document, annex and row it comes from. */
  readonly source: string;
  readonly place: string;
  readonly project: string;
  readonly implementer: string;
}

const LEVELS: Readonly<Record<AnnouncementLevel, string>> = {
  county: '县级',
  town: '乡级',
  village: '村级',
  implementer: '实施单位',
};

const BLANK = '＿＿＿＿＿＿＿＿';

/** Drafts the text of an announcement. What the ledger does not know is left blank, to be filled in by hand. */
export const draftAnnouncement = (
  db: ReadDatabase,
  allocations: readonly RegisterLine[],
  request: DraftRequest,
): AnnouncementDraft => {
  const { stage, level, placeId, medium, from, plannedUntil, dayCount } = request;
  const where = place(db, placeId)?.path.join('') ?? placeId;
  const noticeIds = new Set(allocations.map(({ noticeId }) => noticeId));
  const issued = notices(db).filter(({ noticeId }) => noticeIds.has(noticeId));
  const documents = issued.map(
    ({ title, documentNumber, issuer }) => `《${title}》(${documentNumber},${issuer})`,
  );
  return {
    title: `${where}衔接推进乡村振兴补助资金${stage === 'plan' ? '安排' : '使用结果'}公示`,
    particulars: [
      ['资金文件', documents.join('、')],
      ['公示级别与地点', `${LEVELS[level]},${where},${medium}`],
      ['公示期', `${from} 至 ${plannedUntil}${dayCount === 'working' ? '(按工作日计)' : ''}`],
      ['受益对象', request.beneficiaries ?? BLANK],
      ['绩效目标', request.target ?? BLANK],
      ['责任人', request.responsible ?? BLANK],
      ['监督电话', `12317;本地 ${request.telephone ?? BLANK}`],
    ],
    lines: allocations.map((line) => lineOf(db, line)),
    total: amountsOf(allocations),
  };
};

const lineOf = (db: ReadDatabase, line: RegisterLine): DraftLine => ({
  source: `${line.documentNumber} 附件${line.annex} 第${line.line}行`,
  place: place(db, line.placeId)?.path.slice(1).join('') || (place(db, line.placeId)?.name ?? ''),
  project: line.projectName ?? '—',
  implementer: line.implementer ?? '—',
  ...amountsOf([line]),
});

const amountsOf = (lines: readonly RegisterLine[]): DraftAmounts => {
  const sum = (of: (line: RegisterLine) => number): string =>
    formatWan(lines.reduce((total, line) => total + BigInt(of(line)), 0n));
  return {
    allocated: sum(({ allocatedFen }) => allocatedFen),
    arrived: sum(({ arrivedFen }) => arrivedFen),
    paid: sum(({ paidFen }) => paidFen),
  };
};
