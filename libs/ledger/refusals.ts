import type { FaultyText } from './text.ts';
import type { BusinessDate } from './calendar.ts';
import type { FundingAccount } from './fund/transfer.ts';
import type { Fen } from './money.ts';

/**
 * Every reason for which the ledger refuses a command: a closed set of sentence-like names.
 * The sentence for people is in `libs/presentation/refusal-sentence.ts`, the HTTP status in
 * `apps/api/problems/refusal-status.ts`. `libs/ledger/README.md` states their order.
 */
export type Refusal =
  // any command
  | { readonly code: 'business-date-in-future'; readonly occurredOn: BusinessDate }
  | {
      readonly code: 'dated-before-its-fact';
      readonly occurredOn: BusinessDate;
      readonly fact: EarlierFact;
      readonly on: BusinessDate;
    }
  | { readonly code: 'amount-not-positive'; readonly amountFen: Fen }
  | { readonly code: 'amount-too-large'; readonly amountFen: Fen }
  | { readonly code: 'text-unsound'; readonly faults: readonly FaultyText[] }
  // references between streams
  | { readonly code: 'unknown-place'; readonly placeId: string }
  | { readonly code: 'unknown-payee'; readonly payeeId: string }
  | { readonly code: 'unknown-notice'; readonly noticeId: string }
  | { readonly code: 'unknown-allocation'; readonly allocationId: string }
  // places
  | { readonly code: 'place-already-registered'; readonly placeId: string }
  | { readonly code: 'place-not-registered'; readonly placeId: string }
  | { readonly code: 'place-already-merged'; readonly placeId: string }
  | { readonly code: 'place-merged-into-itself'; readonly placeId: string }
  | { readonly code: 'division-code-of-other-level'; readonly divisionCode: string }
  | { readonly code: 'parent-missing'; readonly placeId: string }
  | {
      readonly code: 'parent-of-wrong-level';
      readonly placeId: string;
      readonly parentId: string;
    }
  | { readonly code: 'parent-is-merged'; readonly parentId: string; readonly successorId: string }
  | { readonly code: 'place-not-merged'; readonly placeId: string }
  | {
      readonly code: 'revoked-before-merger';
      readonly occurredOn: BusinessDate;
      readonly mergedOn: BusinessDate;
    }
  | { readonly code: 'parent-unchanged'; readonly placeId: string; readonly parentId: string }
  | { readonly code: 'place-name-blank'; readonly placeId: string }
  | { readonly code: 'place-name-taken'; readonly name: string; readonly otherPlaceId: string }
  | {
      readonly code: 'merger-across-levels' | 'merger-in-circle';
      readonly placeId: string;
      readonly intoPlaceId: string;
    }
  | {
      readonly code: 'merger-into-merged-place';
      readonly intoPlaceId: string;
      readonly successorId: string;
    }
  // payees
  | {
      readonly code: 'payee-already-registered';
      /** Of the payee that there is. */
      readonly payeeId: string;
      readonly name?: string;
      readonly creditCode?: string;
      /** The payee that was found, where it is merged into the one that is named. */
      readonly mergedPayeeId?: string;
    }
  | { readonly code: 'payee-not-registered'; readonly payeeId: string }
  | { readonly code: 'payee-merged-into-itself' | 'payee-not-merged'; readonly payeeId: string }
  | {
      readonly code:
        'payee-already-merged' | 'payees-of-different-kinds' | 'payee-merger-in-circle';
      readonly payeeId: string;
      readonly intoPayeeId: string;
    }
  | {
      readonly code: 'merger-into-merged-payee';
      readonly intoPayeeId: string;
      readonly successorId: string;
    }
  | {
      readonly code: 'payee-is-merged';
      readonly payeeId: string;
      readonly successorId: string;
      /** Of the successor; absent of a person. */
      readonly name?: string;
    }
  | { readonly code: 'person-in-clear'; readonly payeeId: string }
  | { readonly code: 'organisation-without-name'; readonly payeeId: string }
  | { readonly code: 'credit-code-wrong'; readonly creditCode: string }
  // notices
  | { readonly code: 'notice-already-issued'; readonly noticeId: string }
  | { readonly code: 'notice-not-issued'; readonly noticeId: string }
  | { readonly code: 'notice-already-withdrawn'; readonly noticeId: string }
  | { readonly code: 'notice-withdrawn'; readonly noticeId: string; readonly withdrawnOn: string }
  | { readonly code: 'notice-without-lines'; readonly noticeId: string }
  | {
      readonly code: 'stated-total-differs';
      readonly annex: string;
      readonly statedFen: Fen;
      readonly sumFen: Fen;
    }
  // funds
  | { readonly code: 'allocation-already-exists'; readonly allocationId: string }
  | { readonly code: 'allocation-not-found'; readonly allocationId: string }
  | { readonly code: 'allocation-is-closed'; readonly allocationId: string }
  | {
      readonly code: 'amount-exceeds-allocated-funds';
      readonly amountFen: Fen;
      readonly availableFen: Fen;
    }
  | {
      readonly code: 'amount-exceeds-arrived-funds';
      readonly amountFen: Fen;
      readonly availableFen: Fen;
    }
  | {
      readonly code: 'amount-exceeds-released-funds';
      readonly amountFen: Fen;
      readonly availableFen: Fen;
    }
  | {
      readonly code: 'amount-is-reserved-by-requests';
      readonly amountFen: Fen;
      readonly availableFen: Fen;
      readonly reservedFen: Fen;
    }
  | {
      readonly code: 'amount-exceeds-funds-of-day';
      readonly account: FundingAccount;
      /** The day, from the business date on, on which the account holds least. */
      readonly on: BusinessDate;
      readonly amountFen: Fen;
      readonly availableFen: Fen;
    }
  | {
      readonly code: 'voucher-already-recorded';
      readonly voucher: string;
      readonly amountFen: Fen;
      /** The event that names it. */
      readonly eventId: string;
      readonly occurredOn: BusinessDate;
      /** Of that event in the log, where the ledger has it. */
      readonly position?: number;
    }
  | {
      readonly code: 'voucher-already-paid';
      readonly voucher: string;
      readonly payeeId: string;
      readonly amountFen: Fen;
      /** The payment that was made on it. */
      readonly paymentId: string;
      readonly allocationId: string;
      readonly occurredOn: BusinessDate;
      readonly position: number;
      /** Names from the county down. */
      readonly place: readonly string[];
    }
  | {
      readonly code: 'voucher-claimed';
      readonly voucher: string;
      readonly payeeId: string;
      readonly amountFen: Fen;
      /** A payment that claimed it and is not in the log of its allocation. */
      readonly paymentId: string;
      readonly allocationId: string;
      readonly occurredOn: BusinessDate;
    }
  | {
      readonly code: 'amount-is-reserved-by-adjustments';
      readonly amountFen: Fen;
      readonly availableFen: Fen;
      readonly reservedFen: Fen;
    }
  | {
      readonly code: 'leg-already-reserved' | 'leg-not-reserved';
      readonly adjustmentId: string;
      readonly ordinal: number;
    }
  | { readonly code: 'adjustments-in-flight'; readonly adjustmentId: string }
  | { readonly code: 'request-already-exists'; readonly requestId: string }
  | { readonly code: 'request-not-found'; readonly requestId: string }
  | { readonly code: 'request-already-decided'; readonly requestId: string }
  | { readonly code: 'request-not-approved'; readonly requestId: string }
  | { readonly code: 'request-already-paid'; readonly requestId: string }
  | { readonly code: 'approver-is-requester'; readonly actorId: string }
  | { readonly code: 'requests-in-flight'; readonly reservedFen: Fen }
  | { readonly code: 'advance-not-repaid'; readonly advanceFen: Fen }
  | { readonly code: 'payment-already-recorded'; readonly paymentId: string }
  | { readonly code: 'payment-not-found'; readonly paymentId: string }
  | { readonly code: 'payment-already-reversed'; readonly paymentId: string }
  | {
      readonly code: 'reversal-exceeds-payment';
      readonly paymentId: string;
      readonly amountFen: Fen;
      readonly remainingFen: Fen;
    }
  | { readonly code: 'allocation-is-void'; readonly allocationId: string }
  | {
      readonly code: 'allocation-not-as-entered';
      readonly allocationId: string;
      readonly amountFen: Fen;
      readonly unarrivedFen: Fen;
    }
  | { readonly code: 'entry-not-found'; readonly reversedEventId: string }
  | { readonly code: 'entry-already-reversed'; readonly reversedEventId: string }
  | {
      readonly code: 'reversal-exceeds-entry';
      readonly reversedEventId: string;
      readonly amountFen: Fen;
      readonly remainingFen: Fen;
    }
  | {
      readonly code: 'later-milestone-first';
      readonly project: 'none' | 'started' | 'completed' | 'accepted';
    }
  | { readonly code: 'project-already-started' }
  | { readonly code: 'project-not-started' }
  | { readonly code: 'project-already-completed' }
  | { readonly code: 'project-not-completed' }
  | { readonly code: 'project-already-accepted' }
  | { readonly code: 'asset-already-registered'; readonly assetId: string }
  // announcements
  | { readonly code: 'announcement-already-posted'; readonly announcementId: string }
  | { readonly code: 'announcement-not-posted'; readonly announcementId: string }
  | { readonly code: 'announcement-already-ended'; readonly announcementId: string }
  | { readonly code: 'announcement-already-withdrawn'; readonly announcementId: string }
  | { readonly code: 'announcement-covers-nothing'; readonly announcementId: string }
  | {
      readonly code: 'period-ends-before-it-begins';
      readonly from: BusinessDate;
      readonly until: BusinessDate;
    }
  | {
      readonly code: 'period-too-long';
      readonly from: BusinessDate;
      readonly until: BusinessDate;
      readonly mostDays: number;
    }
  | { readonly code: 'objection-already-raised'; readonly objectionId: string }
  | { readonly code: 'objection-not-found'; readonly objectionId: string }
  | { readonly code: 'objection-already-answered'; readonly objectionId: string }
  | { readonly code: 'objection-not-answered'; readonly objectionId: string }
  | { readonly code: 'objection-already-withdrawn'; readonly objectionId: string }
  | { readonly code: 'announcement-not-ended'; readonly announcementId: string }
  // adjustments
  | {
      readonly code:
        | 'unknown-adjustment'
        | 'adjustment-already-approved'
        | 'adjustment-not-found'
        | 'adjustment-not-waiting'
        | 'adjustment-without-legs';
      readonly adjustmentId: string;
    }
  | {
      readonly code: 'adjustment-of-too-many-legs';
      readonly legs: number;
      readonly most: number;
    }
  | { readonly code: 'leg-ordinal-repeated'; readonly ordinal: number }
  | { readonly code: 'counterpart-is-same-allocation'; readonly allocationId: string }
  | {
      readonly code: 'adjustment-not-at-this-step';
      readonly adjustmentId: string;
      readonly status: string;
    }
  // parameters
  | { readonly code: 'parameter-without-source'; readonly parameterId: string }
  | { readonly code: 'parameter-unknown'; readonly parameterId: string }
  | {
      readonly code: 'parameter-of-another-kind';
      readonly parameterId: string;
      readonly kind: 'integer' | 'text' | 'workingCalendar';
    }
  | {
      readonly code: 'parameter-out-of-range';
      readonly parameterId: string;
      readonly least: number;
      readonly most: number;
    }
  | {
      readonly code: 'calendar-days-unfit';
      readonly parameterId: string;
      readonly days: readonly BusinessDate[];
    };

export type RefusalCode = Refusal['code'];

/** A fact that others come after, on the same day at the earliest. */
export type EarlierFact =
  | 'notice'
  | 'allocation'
  | 'request'
  | 'approval'
  | 'payment'
  | 'movement'
  | 'start'
  | 'completion'
  | 'posting'
  | 'objection'
  | 'answer'
  | 'revocation'
  | 'entry'
  | 'decision'
  | 'registration';
