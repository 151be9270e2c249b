import { toLedgerEvent } from '#event-codec/decode';
import type { EventStore } from '#event-store/port';
import type { BusinessDate } from '#ledger/calendar';
import type { Actor } from '#ledger/context';
import { fundDecider } from '#ledger/fund/fund-decider';
import type { FundEvent } from '#ledger/fund/fund-events';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import type { Refusal } from '#ledger/refusals';
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
  /** What was recorded of it besides its allocation, and its voiding. */
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
    others: events.filter(({ type }) => type !== 'FundsAllocated' && type !== 'AllocationVoided'),
  };
};
