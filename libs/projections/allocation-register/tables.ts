import type { FundingLevel, Programme } from '#ledger/notice/notice-events';
import { ACCOUNT_COLUMNS, SUM_COLUMNS, type AccountSums } from '../money/account-sums.ts';
import type { RowsOf } from '../engine/view.ts';
import { table } from '../engine/table.ts';

export interface NoticeRow {
  readonly noticeId: string;
  readonly documentNumber: string;
  readonly title: string;
  readonly issuer: string;
  /** Document numbers it relies on, separated by 、. */
  readonly basis: string;
  readonly programme: Programme;
  readonly fiscalYear: number;
  readonly batch: string;
  readonly fundingLevel: FundingLevel;
  readonly issuedOn: string;
  readonly withdrawnOn: string | null;
  readonly edition: number;
  /** The withdrawn edition before this one. */
  readonly replaces: string | null;
}

export interface AnnexRow {
  /** `<noticeId>/<annex>` */
  readonly key: string;
  readonly noticeId: string;
  readonly annex: string;
  readonly title: string;
  readonly statedTotalFen: number | null;
  readonly sumFen: number;
  readonly lines: number;
}

export interface AllocationRow extends AccountSums {
  readonly allocationId: string;
  readonly noticeId: string;
  readonly annex: string;
  /** The row's number in its annex. */
  readonly line: number;
  readonly placeId: string;
  readonly programme: Programme;
  readonly fiscalYear: number;
  readonly batch: string;
  readonly fundingLevel: FundingLevel;
  readonly allocatedOn: string;
  /** The sum with which it was issued: that of its row, as printed. */
  readonly issuedFen: number;
  readonly statedText: string | null;
  readonly projectName: string | null;
  readonly projectType: string | null;
  readonly implementer: string | null;
  readonly scale: string | null;
  readonly taskYear: number | null;
  readonly status: 'open' | 'closed' | 'void';
  readonly projectStatus: 'none' | 'started' | 'completed' | 'accepted';
  /** Held by requests in flight. */
  readonly reservedFen: number;
  /** Attempts to spend beyond what was there. */
  readonly refusals: number;
}

export interface RequestRow {
  readonly requestId: string;
  readonly allocationId: string;
  readonly payeeId: string;
  readonly amountFen: number;
  readonly fromAccount: string;
  readonly stage: string;
  readonly purpose: string;
  readonly status: 'requested' | 'approved' | 'rejected' | 'paid';
  readonly requestedBy: string;
  readonly requestedOn: string;
  readonly decidedBy: string | null;
  readonly decidedOn: string | null;
}

export interface PaymentRow {
  readonly paymentId: string;
  readonly allocationId: string;
  readonly payeeId: string;
  readonly amountFen: number;
  readonly reversedFen: number;
  readonly fromAccount: string;
  readonly stage: string;
  readonly voucher: string;
  /** The request it follows; null when it was taken over from a statement. */
  readonly requestId: string | null;
  readonly paidOn: string;
  readonly eventId: string;
}

export const tables = {
  notices: table<NoticeRow>('notice', 'noticeId', {
    noticeId: 'TEXT',
    documentNumber: 'TEXT',
    title: 'TEXT',
    issuer: 'TEXT',
    basis: 'TEXT',
    programme: 'TEXT',
    fiscalYear: 'INTEGER',
    batch: 'TEXT',
    fundingLevel: 'TEXT',
    issuedOn: 'TEXT',
    withdrawnOn: 'TEXT',
    edition: 'INTEGER',
    replaces: 'TEXT',
  }),
  annexes: table<AnnexRow>('notice_annex', 'key', {
    key: 'TEXT',
    noticeId: 'TEXT',
    annex: 'TEXT',
    title: 'TEXT',
    statedTotalFen: 'INTEGER',
    sumFen: 'INTEGER',
    lines: 'INTEGER',
  }),
  allocations: table<AllocationRow>(
    'allocation',
    'allocationId',
    {
      allocationId: 'TEXT',
      noticeId: 'TEXT',
      annex: 'TEXT',
      line: 'INTEGER',
      placeId: 'TEXT',
      programme: 'TEXT',
      fiscalYear: 'INTEGER',
      batch: 'TEXT',
      fundingLevel: 'TEXT',
      allocatedOn: 'TEXT',
      issuedFen: 'INTEGER',
      statedText: 'TEXT',
      projectName: 'TEXT',
      projectType: 'TEXT',
      implementer: 'TEXT',
      scale: 'TEXT',
      taskYear: 'INTEGER',
      status: 'TEXT',
      projectStatus: 'TEXT',
      reservedFen: 'INTEGER',
      refusals: 'INTEGER',
      ...ACCOUNT_COLUMNS,
    },
    { indexed: ['noticeId', 'placeId'], summed: SUM_COLUMNS },
  ),
  requests: table<RequestRow>(
    'request',
    'requestId',
    {
      requestId: 'TEXT',
      allocationId: 'TEXT',
      payeeId: 'TEXT',
      amountFen: 'INTEGER',
      fromAccount: 'TEXT',
      stage: 'TEXT',
      purpose: 'TEXT',
      status: 'TEXT',
      requestedBy: 'TEXT',
      requestedOn: 'TEXT',
      decidedBy: 'TEXT',
      decidedOn: 'TEXT',
    },
    { indexed: ['allocationId'] },
  ),
  payments: table<PaymentRow>(
    'payment',
    'paymentId',
    {
      paymentId: 'TEXT',
      allocationId: 'TEXT',
      payeeId: 'TEXT',
      amountFen: 'INTEGER',
      reversedFen: 'INTEGER',
      fromAccount: 'TEXT',
      stage: 'TEXT',
      voucher: 'TEXT',
      requestId: 'TEXT',
      paidOn: 'TEXT',
      eventId: 'TEXT',
    },
    { indexed: ['allocationId', 'payeeId'] },
  ),
};

export type Rows = RowsOf<typeof tables>;
