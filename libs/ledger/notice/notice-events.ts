import type { Attachment } from '../context.ts';
import type { EventOf } from '../decision.ts';
import type { DocumentNumber } from '../document-number.ts';
import type { Fen, StatedAmount } from '../money.ts';

/** `notice-<id>`: a 资金文件 that issues funds, with its annexes as they were printed. */
export type NoticeEvent =
  | EventOf<'NoticeIssued', Notice> // 印发
  | EventOf<'NoticeWithdrawn', NoticeWithdrawal>; // 撤回

export interface Notice extends PrintedNotice {
  /** 1 for the first; a notice that was withdrawn is entered again as the next, with an id of its own. */
  readonly edition: number;
}

export interface PrintedNotice {
  readonly noticeId: string;
  /** The withdrawn edition before this one. */
  readonly replaces?: string;
  readonly title: string;
  readonly documentNumber: DocumentNumber;
  readonly issuer: string;
  /** The documents it relies on, such as 朔农发〔2024〕6号. */
  readonly basis: readonly DocumentNumber[];
  readonly programme: Programme;
  readonly fiscalYear: number;
  readonly batch: string;
  readonly fundingLevel: FundingLevel;
  readonly annexes: readonly Annex[];
  readonly attachments?: readonly Attachment[];
}

/** The rules under which money was issued, which it keeps: 衔接资金 2021–2025, 常态化帮扶资金 from 2026. */
export const PROGRAMMES = ['transition', 'normalisedAssistance'] as const;
export type Programme = (typeof PROGRAMMES)[number];

/** 资金级次: 中央, 省, 市, 县. */
export const FUNDING_LEVELS = ['central', 'provincial', 'municipal', 'county'] as const;
export type FundingLevel = (typeof FUNDING_LEVELS)[number];

export interface Annex {
  /** As printed: `1`, `2` … */
  readonly annex: string;
  readonly title: string;
  /** The 合计 it states, when it states one. */
  readonly statedTotalFen?: Fen;
  readonly lines: readonly AnnexLine[];
}

/** One row of an annex: one sum for one place or project. */
export interface AnnexLine {
  readonly row: number;
  readonly placeId: string;
  /** The place as it was printed, which may hold town and village in one cell. */
  readonly placeText: string;
  readonly amountFen: Fen;
  readonly stated: StatedAmount;
  readonly project?: Project;
}

export interface Project {
  readonly name: string;
  /** As printed: 产业发展, 基础设施 …; absent while unclassified. */
  readonly projectType?: string;
  readonly implementer?: string;
  /** A scale that is not money, such as 2.20 万亩. */
  readonly scale?: string;
  /** The year of the task when it is not the year of the funds. */
  readonly taskYear?: number;
}

export interface NoticeWithdrawal {
  readonly noticeId: string;
  readonly reason: string;
  /** Its allocations that were as they had been entered: they are voided with it, and all others stay. */
  readonly voids: readonly string[];
}
