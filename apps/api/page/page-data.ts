import type { Noted } from '#application/queries/noting';
import type { NoticeEntry } from '#projections/allocation-register/query';
import type { BoardEntry } from '#projections/announcement-board/query';
import type { ProgressReport } from '#projections/spending-progress/report';
import type { BalanceReport } from '#projections/village-balance/query';

export type Lang = 'zh' | 'en';

/** Chooses the words of the page's language. */
export type Say = (zh: string, en: string) => string;

/** Everything the page shows, at one position of the log. */
export interface PageData {
  readonly position: number;
  readonly on: string;
  readonly balances: BalanceReport & Noted;
  readonly progress: ProgressReport;
  readonly board: readonly BoardEntry[];
  readonly notices: readonly NoticeEntry[];
}
