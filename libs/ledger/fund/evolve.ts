import type { EventMark } from '../decision.ts';
import { transferOf } from '../event-types.ts';
import type { BusinessDate } from '../calendar.ts';
import type { Fen } from '../money.ts';
import { voucherKey, type OnVoucher } from '../voucher/slip.ts';
import { balancesFrom } from './day-balances.ts';
import { rememberEntry } from './entries.ts';
import type { FundEvent, PayingAccount, ReservedLeg } from './fund-events.ts';
import { BEFORE_MILESTONE, reachedOn } from './milestones.ts';
import type { FundingAccount, Transfer } from './transfer.ts';
import { reservationKey } from './fund-state.ts';
import type { FundState, PaymentState, RequestState } from './fund-state.ts';

/** The state after an event: first the money, then what the rules remember of it. */
export const evolve = (fund: FundState, event: FundEvent, mark: EventMark): FundState => {
  const transfer = transferOf(event);
  if (transfer !== undefined) move(fund, transfer, mark.occurredOn);
  // A handler takes the data of the type it is listed under.
  const remember = REMEMBERS[event.type] as Remember<never> | null;
  remember?.(fund, event.data as never, mark);
  rememberEntry(fund.entries, event, mark);
  return fund;
};

const move = (fund: FundState, { from, to, amountFen }: Transfer, on: BusinessDate): void => {
  for (const { accounts } of [fund, ...balancesFrom(fund.days, on)]) {
    accounts[from] -= amountFen;
    accounts[to] += amountFen;
  }
  noteMovement(fund, on);
};

/** Reserves an amount from a day on; one below zero gives it free again, as if it never was. */
const reserve = (fund: FundState, from: PayingAccount, amountFen: Fen, on: BusinessDate): void => {
  for (const { reserved } of [fund, ...balancesFrom(fund.days, on)]) reserved[from] += amountFen;
  noteMovement(fund, on);
};

/** Sets an amount aside from a day on; one below zero gives it free again. */
const setAside = (
  fund: FundState,
  account: FundingAccount,
  amountFen: Fen,
  on: BusinessDate,
): void => {
  for (const balance of [fund, ...balancesFrom(fund.days, on)])
    balance.setAside[account] += amountFen;
};

const noteMovement = (fund: FundState, on: BusinessDate): void => {
  if (fund.latestMovementOn === undefined || on > fund.latestMovementOn) fund.latestMovementOn = on;
};

type Remember<Data> = (fund: FundState, data: Data, mark: EventMark) => void;

/** A leg that is applied or released sets nothing aside any more. */
const endReservation = (fund: FundState, leg: ReservedLeg): void => {
  const key = reservationKey(leg);
  const reservation = fund.reservations.get(key);
  if (reservation === undefined) throw new Error(`The log ends leg ${key}, never reserved.`);
  fund.reservations.delete(key);
  const { direction, account, amountFen, on } = reservation;
  if (direction === 'decrease') setAside(fund, account, -amountFen, on);
};

/** What the rules need to know of each event besides the accounts; null for nothing. */
const REMEMBERS: {
  readonly [Type in FundEvent['type']]: Remember<Extract<FundEvent, { type: Type }>['data']> | null;
} = {
  AdjustmentReserved: (fund, data, { occurredOn: on }) => {
    fund.reservations.set(reservationKey(data), { ...data, on });
    if (data.direction === 'decrease') setAside(fund, data.account, data.amountFen, on);
  },
  AdjustmentReservationReleased: (fund, data) => endReservation(fund, data),
  AllocationAdjusted: (fund, { ordinal, ...data }) => {
    if (ordinal !== undefined) endReservation(fund, { ...data, ordinal });
  },
  FundsAllocated: (fund, { noticeId }, { occurredOn }) => {
    fund.status = 'open';
    fund.noticeId = noticeId;
    fund.allocatedOn = occurredOn;
  },
  DisbursementRequested: (fund, data, { occurredOn: requestedOn }) => {
    fund.requests.set(data.requestId, {
      asked: data,
      requestedOn,
      approvedOn: undefined,
      status: 'requested',
    });
    reserve(fund, data.from, data.amountFen, requestedOn);
  },
  DisbursementApproved: (fund, { requestId }, { occurredOn }) => {
    const request = requestOf(fund, requestId);
    request.status = 'approved';
    request.approvedOn = occurredOn;
  },
  DisbursementRejected: (fund, { requestId }) => settle(fund, requestId, 'rejected'),
  FundsDisbursed: (fund, { paymentId, from, amountFen, ground }, { occurredOn: paidOn }) => {
    if (ground.kind === 'request') settle(fund, ground.requestId, 'paid');
    fund.payments.set(paymentId, { from, amountFen, paidOn, reversedFen: 0n });
  },
  DisbursementReversed: (fund, { paymentId, amountFen }) => {
    paymentOf(fund, paymentId).reversedFen += amountFen;
  },
  ProjectStarted: (fund, _data, mark) => reach(fund, 'started', mark),
  ProjectCompleted: (fund, _data, mark) => reach(fund, 'completed', mark),
  ProjectAccepted: (fund, _data, mark) => reach(fund, 'accepted', mark),
  AssetRegistered: (fund, { assetId }) => {
    fund.assets.add(assetId);
  },
  AllocationClosed: (fund) => {
    fund.status = 'closed';
  },
  AdvanceRepaid: null,
  AllocationReopened: (fund) => {
    fund.status = 'open';
  },
  AllocationVoided: (fund) => {
    fund.status = 'void';
  },
  MilestoneReversed: (fund, { milestone }) => {
    fund.project = BEFORE_MILESTONE[milestone];
    fund.projectOn = reachedOn(fund.entries, fund.project);
  },
  AdvanceRepaymentReversed: null,
  ArrivalReversed: null,
  AssetRegistrationReversed: null,
  BenefitReversed: null,
  RecallReversed: null,
  ReleaseReversed: null,
  ReturnReversed: null,
  AllocationClassified: null,
  AllocationRecalled: null,
  BenefitDistributed: null,
  DisbursementRefused: null,
  FundsArrived: rememberVoucher('FundsArrived'),
  FundsRecalled: rememberVoucher('FundsRecalled'),
  FundsReleased: rememberVoucher('FundsReleased'),
  FundsReturned: rememberVoucher('FundsReturned'),
};

/** A slip is known by the last event that names it. */
function rememberVoucher(
  type: FundEvent['type'],
): Remember<OnVoucher & { readonly amountFen: Fen }> {
  return (fund, { voucher, amountFen }, mark) => {
    if (voucher !== undefined) fund.vouchers.set(voucherKey(type, voucher, amountFen), mark);
  };
}

/** A request that is paid or rejected reserves nothing any more. */
const settle = (fund: FundState, requestId: string, status: 'paid' | 'rejected'): void => {
  const request = requestOf(fund, requestId);
  request.status = status;
  reserve(fund, request.asked.from, -request.asked.amountFen, request.requestedOn);
};

const reach = (
  fund: FundState,
  milestone: 'started' | 'completed' | 'accepted',
  { occurredOn }: EventMark,
): void => {
  fund.project = milestone;
  fund.projectOn = occurredOn;
};

const requestOf = (fund: FundState, requestId: string): RequestState => {
  const request = fund.requests.get(requestId);
  if (request === undefined) throw new Error(`The log names request ${requestId}, never made.`);
  return request;
};

const paymentOf = (fund: FundState, paymentId: string): PaymentState => {
  const payment = fund.payments.get(paymentId);
  if (payment === undefined) throw new Error(`The log reverses payment ${paymentId}, never made.`);
  return payment;
};
