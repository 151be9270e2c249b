import { pageOf, type PageQuestion } from '#presentation/questions/page';
import {
  payeeEntries,
  payeeSums,
  type PayeeEntry,
  type PayeeFigures,
} from '#projections/payee-payments/query';
import { payeePaymentsView } from '#projections/payee-payments/view';
import {
  payeeNow,
  payees,
  payeesMergedInto,
  type DirectoryPayee,
} from '#projections/place-directory/payees';
import { placeDirectoryView, type PayeeRow } from '#projections/place-directory/view';
import { alike, Refused } from './query.ts';

const VIEWS = [payeePaymentsView, placeDirectoryView];

export interface PayeePayments extends PayeeRow, PayeeFigures {}

export interface PayeePaymentsList {
  /** The payee paid in most villages first. */
  readonly payees: readonly PayeePayments[];
  /** Paid to all of them, net of reversals. */
  readonly paidFen: number;
}

/** What each payee was paid, those merged into it included, out of how many allocations and villages: 收款人支付汇总. */
export const payeePayments = alike(
  VIEWS,
  ({ db }, { payeeId }: { readonly payeeId?: string }): PayeePaymentsList => {
    const known = new Map(payees(db).map((row) => [row.payeeId, row]));
    const now = payeeId === undefined ? undefined : (known.get(payeeId)?.mergedInto ?? payeeId);
    const lines = payeeSums(db, now).map((sum) => {
      const row = known.get(sum.payeeId);
      if (row === undefined) throw new Error(`Payee ${sum.payeeId} was never registered.`);
      return { ...row, ...sum };
    });
    return { payees: lines, paidFen: lines.reduce((total, { paidFen }) => total + paidFen, 0) };
  },
);

export interface PayeePaymentsQuestion {
  readonly payeeId: string;
  readonly page: PageQuestion;
}

export interface ExplainedPayments extends PayeePayments {
  /** Payments and reversals whose effects sum to `paidFen`, a page of them, in the order of the log. */
  readonly entries: readonly PayeeEntry[];
  /** Payees that are merged into it, whose payments are its own; absent where there are none. */
  readonly merged?: readonly DirectoryPayee[];
  /** How many there are in all. */
  readonly count: number;
  /** How many to skip for the next page. */
  readonly next?: number;
}

/** What one payee was paid, and the events whose sum that is; of a merged payee, what its successor was paid. */
export const explainedPayments = alike(
  VIEWS,
  ({ db }, { payeeId, page }: PayeePaymentsQuestion): ExplainedPayments | Refused => {
    const row = payeeNow(db, payeeId);
    if (row === undefined) return new Refused({ kind: 'not-found', what: 'payee' });
    const [figures = NOTHING_PAID] = payeeSums(db, row.payeeId);
    const all = payeeEntries(db, row.payeeId);
    const merged = payeesMergedInto(db, row.payeeId);
    const { items: entries, ...next } = pageOf(all, page);
    return {
      ...row,
      ...figures,
      ...(merged.length > 0 && { merged }),
      entries,
      count: all.length,
      ...next,
    };
  },
);

const NOTHING_PAID: PayeeFigures = {
  paidFen: 0,
  reversedFen: 0,
  payments: 0,
  allocations: 0,
  villages: 0,
  firstPaidOn: null,
  lastPaidOn: null,
};
