import { toLedgerEvent } from '#event-codec/decode';
import type { EventStore } from '#event-store/port';
import type { BusinessDate } from '#ledger/calendar';
import type { Actor } from '#ledger/context';
import { fundDecider } from '#ledger/fund/fund-decider';
import type { FundState } from '#ledger/fund/fund-state';
import type { FundEvent } from '#ledger/fund/fund-events';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import type { Refusal } from '#ledger/refusals';
import { REMEDIES } from '#ledger/remedies';
import { allocationIdsOfNotice } from '#projections/allocation-register/allocation-ids';
import type { ReadDatabase } from '#projections/engine/read-database';

/** An allocation of a notice, and whether it may be voided as it stands. */
export interface RowOfNotice {
  readonly allocationId: string;
  readonly annex: string;
  readonly row: number;
  readonly isVoid: boolean;
  /** Why it cannot be voided; undefined where it can. */
  readonly refusal: Refusal | undefined;
  /** What else is recorded of it and still holds; an entry that was taken back in whole holds nothing. */
  readonly others: readonly RecordedLedgerEvent[];
}

interface Asked {
  readonly actor: Actor;
  readonly occurredOn: BusinessDate;
}

/** The allocations of a notice in the order of its rows, each judged by its own rules. */
export const rowsOfNotice = async (
  store: EventStore,
  db: ReadDatabase,
  noticeId: string,
  asked: Asked,
): Promise<readonly RowOfNotice[]> => {
  const rows: RowOfNotice[] = [];
  for (const allocationId of allocationIdsOfNotice(db, noticeId)) {
    const events: RecordedLedgerEvent[] = [];
    for await (const recorded of store.readStream(`fund-${allocationId}`)) {
      events.push(toLedgerEvent(recorded));
    }
    const [allocated] = events;
    if (allocated?.type !== 'FundsAllocated') continue;
    const { annex, row } = allocated.data;
    rows.push({ allocationId, annex, row, ...judged(allocationId, events, asked) });
  }
  return rows;
};

const judged = (
  allocationId: string,
  events: readonly RecordedLedgerEvent[],
  asked: Asked,
): Pick<RowOfNotice, 'isVoid' | 'refusal' | 'others'> => {
  const fund = events.reduce(
    // The stream of an allocation holds its events only.
    (state, event) => fundDecider.evolve(state, event as FundEvent & typeof event, event),
    fundDecider.initialState(),
  );
  const command = { type: 'VoidAllocation', data: { allocationId, reason: '' } } as const;
  const decision = fundDecider.decide(command, fund, {
    commandId: '',
    // Whether the day has come is judged with the command itself.
    recordedAt: '9999-12-31T00:00:00.000Z',
    ...asked,
  });
  return {
    isVoid: fund.status === 'void',
    refusal: decision.kind === 'refused' ? decision.refusal : undefined,
    others: events.filter(
      (event) =>
        event.type !== 'FundsAllocated' &&
        event.type !== 'AllocationVoided' &&
        !holdsNothing(event, fund, events),
    ),
  };
};

/**
 * Whether an event was taken back in whole, took back one of which nothing is left, or is one that moves
 * nothing and is never taken back.
 */
const holdsNothing = (
  event: RecordedLedgerEvent,
  { entries, payments, requests }: FundState,
  events: readonly RecordedLedgerEvent[],
): boolean => {
  const isPaidBack = (paymentId: string): boolean => {
    const payment = payments.get(paymentId);
    return payment !== undefined && payment.reversedFen === payment.amountFen;
  };
  switch (event.type) {
    case 'FundsDisbursed':
    case 'DisbursementReversed':
      return isPaidBack(event.data.paymentId);
    case 'DisbursementRequested':
    case 'DisbursementApproved':
    case 'DisbursementRejected': {
      const { requestId } = event.data;
      const payment = events.find(
        ({ type, data }) =>
          type === 'FundsDisbursed' &&
          data.ground.kind === 'request' &&
          data.ground.requestId === requestId,
      );
      return payment?.type === 'FundsDisbursed'
        ? isPaidBack(payment.data.paymentId)
        : requests.get(requestId)?.status === 'rejected';
    }
    default: {
      const named = 'reversedEventId' in event.data ? event.data.reversedEventId : event.id;
      return entries.get(named)?.isReversed === true || REMEDIES[event.type].kind === 'stands';
    }
  }
};
