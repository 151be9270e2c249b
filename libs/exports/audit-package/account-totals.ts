import { canonicalJson } from '#event-store/canonical-json';
import type { RecordedEvent } from '#event-store/port';
import { base64OfHash, type Hash } from '#integrity/hash';
import { ACCOUNTS, type Account } from '#ledger/fund/transfer';
import { toViewEvent, type ViewTransfer } from '#projections/engine/view-event';

/** What one event moved. */
export type Posting = ViewTransfer & {
  readonly allocationId: string;
  /** The place the money was issued for, and the fiscal year it is of. */
  readonly placeId: string;
  readonly fiscalYear: number;
};

type Fen = Record<Account, number>;

/** What a balance states: every account but the source. */
type Stated = Exclude<Account, 'source'>;

/** Sums over all allocations after the last event. */
export type Totals = Readonly<Record<`${Stated | 'allocated'}Fen`, number>>;

interface Line {
  readonly placeId: string;
  readonly fiscalYear: number;
  readonly fen: Fen;
}

/** The accounts of every allocation, folded from the events alone. */
export const openAccountTotals = () => {
  const lines = new Map<string, Line>();
  return {
    /** Takes an event in; answers what it moved, if it moved anything. */
    take: (recorded: RecordedEvent): Posting | undefined => {
      const event = toViewEvent(recorded);
      const { data, transfer } = event;
      if (event.type === 'FundsAllocated') {
        const { allocationId, placeId, fiscalYear } = event.data;
        lines.set(allocationId, { placeId, fiscalYear, fen: noMoney() });
      }
      if (transfer === undefined || !('allocationId' in data)) return undefined;
      const line = lines.get(data.allocationId);
      if (line === undefined) throw new Error(`Money moves in ${event.stream}, never allocated.`);
      line.fen[transfer.from] -= transfer.amountFen;
      line.fen[transfer.to] += transfer.amountFen;
      const { placeId, fiscalYear } = line;
      return { ...transfer, allocationId: data.allocationId, placeId, fiscalYear };
    },
    /** How a bundle states them: a line for each allocation, by id, and one for all, with the root over all events. */
    *lines(root: Hash): Iterable<string> {
      for (const [allocationId, { placeId, fen }] of [...lines].sort(byId)) {
        yield canonicalJson({ kind: 'balance', allocationId, placeId, ...named(fen) });
      }
      const totals = totalsOf(lines.values());
      yield canonicalJson({ kind: 'totals', root: base64OfHash(root), ...totals });
    },
    totals: (): Totals => totalsOf(lines.values()),
  };
};

const byId = ([left]: readonly [string, Line], [right]: readonly [string, Line]): number =>
  left < right ? -1 : 1;

const noMoney = (): Fen =>
  // Made of every account there is.
  Object.fromEntries(ACCOUNTS.map((account) => [account, 0])) as Fen;

const named = ({ quota, treasury, unit, paid, returned, advance }: Fen) => ({
  quotaFen: quota,
  treasuryFen: treasury,
  unitFen: unit,
  paidFen: paid,
  returnedFen: returned,
  advanceFen: advance,
});

const totalsOf = (lines: Iterable<Line>): Totals => {
  const sum = noMoney();
  for (const { fen } of lines) for (const account of ACCOUNTS) sum[account] += fen[account];
  return {
    ...named(sum),
    allocatedFen: 0 - sum.source,
  };
};
