import type { BusinessDate } from '../calendar.ts';
import type { EventMark } from '../decision.ts';
import type { Fen } from '../money.ts';
import type { DayBalance } from './day-balances.ts';
import type { Entries } from './entries.ts';
import type {
  AdjustmentReservation,
  DisbursementRequest,
  PayingAccount,
  SpendingAccount,
} from './fund-events.ts';
import { noMoney, type Account, type FundingAccount } from './transfer.ts';

/** What the rules need to know of one allocation; written to by `evolve` alone. */
export interface FundState {
  status: 'none' | 'open' | 'closed' | 'void';
  allocatedOn: BusinessDate | undefined;
  /** The notice it is a row of. */
  noticeId: string | undefined;
  /** The last business day on which money moved or was asked for. */
  latestMovementOn: BusinessDate | undefined;
  readonly accounts: Record<Account, Fen>;
  /** Reserved for requests that are not yet paid or rejected, by the account they will be paid from. */
  readonly reserved: Record<PayingAccount, Fen>;
  /** Set aside by open adjustments that will take it, by account. */
  readonly setAside: Record<FundingAccount, Fen>;
  /** The same on each past day, so that what is dated back finds only what was there. */
  readonly days: DayBalance[];
  /** Legs of open adjustments, by `reservationKey`, each with its day. */
  readonly reservations: Map<string, AdjustmentReservation & { readonly on: BusinessDate }>;
  readonly requests: Map<string, RequestState>;
  readonly payments: Map<string, PaymentState>;
  project: 'none' | 'started' | 'completed' | 'accepted';
  /** When the project got as far as it is. */
  projectOn: BusinessDate | undefined;
  readonly assets: Set<string>;
  /** The last event on each voucher that moved money in, on or out other than as a payment, by `voucherKey`. */
  readonly vouchers: Map<string, EventMark>;
  readonly entries: Entries;
}

export interface RequestState {
  readonly asked: DisbursementRequest;
  readonly requestedOn: BusinessDate;
  approvedOn: BusinessDate | undefined;
  status: 'requested' | 'approved' | 'rejected' | 'paid';
}

export interface PaymentState {
  readonly from: SpendingAccount;
  readonly amountFen: Fen;
  readonly paidOn: BusinessDate;
  reversedFen: Fen;
}

export const noFund = (): FundState => ({
  status: 'none',
  allocatedOn: undefined,
  noticeId: undefined,
  latestMovementOn: undefined,
  accounts: noMoney(),
  reserved: { treasury: 0n, unit: 0n },
  setAside: { quota: 0n, treasury: 0n, unit: 0n },
  days: [],
  reservations: new Map(),
  requests: new Map(),
  payments: new Map(),
  project: 'none',
  projectOn: undefined,
  assets: new Set(),
  vouchers: new Map(),
  entries: new Map(),
});

/** How a leg of an adjustment is known to an allocation. */
export const reservationKey = ({
  adjustmentId,
  ordinal,
}: {
  readonly adjustmentId: string;
  readonly ordinal: number;
}): string => `${adjustmentId}/${ordinal}`;
