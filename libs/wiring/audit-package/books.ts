import { canonicalJson } from '#event-store/canonical-json';
import type { RecordedEvent } from '#event-store/port';
import type { FenJsonEvent } from '#ledger/fen-json';
import type { FundEvent } from '#ledger/fund/fund-events';
import { pathOf, type Account } from '#ledger/fund/movement';

/** What one event moved. */
export interface Posting {
  readonly allocationId: string;
  readonly from: Account;
  readonly to: Account;
  readonly amountFen: number;
}

type Held = Exclude<Account, 'source'>;
const HELD: readonly Held[] = ['quota', 'treasury', 'unit', 'paid', 'returned'];

interface Line {
  readonly placeId: string;
  readonly fen: Record<Account, number>;
}

/** The accounts of every allocation, folded from the events alone. */
export const openBooks = () => {
  const lines = new Map<string, Line>();
  const place = ({ type, data }: RecordedEvent): void => {
    if (type !== 'FundsAllocated') return;
    const { allocationId, placeId } = data;
    if (typeof allocationId !== 'string' || typeof placeId !== 'string') return;
    const fen = { source: 0, quota: 0, treasury: 0, unit: 0, paid: 0, returned: 0 };
    lines.set(allocationId, { placeId, fen });
  };
  return {
    /** Takes an event in; answers what it moved, if it moved anything. */
    take: (event: RecordedEvent): Posting | undefined => {
      place(event);
      const posting = postingOf(event);
      if (posting === undefined) return undefined;
      const line = lines.get(posting.allocationId);
      if (line === undefined) throw new Error(`Money moved before ${event.stream} was allocated.`);
      line.fen[posting.from] -= posting.amountFen;
      line.fen[posting.to] += posting.amountFen;
      return posting;
    },
    placeOf: (allocationId: string): string => lines.get(allocationId)?.placeId ?? '',
    /** The lines of a bundle that state them, by allocation, and their sums. */
    statedLines: (): readonly string[] => [
      ...[...lines]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([allocationId, { placeId, fen }]) =>
          canonicalJson({ kind: 'balance', allocationId, placeId, ...stated((held) => fen[held]) }),
        ),
      canonicalJson({ kind: 'totals', ...totals([...lines.values()]) }),
    ],
    totals: () => totals([...lines.values()]),
  };
};

const stated = (of: (held: Held) => number): Readonly<Record<string, number>> =>
  Object.fromEntries(HELD.map((held) => [`${held}Fen`, of(held)]));

const totals = (lines: readonly Line[]) => {
  const sum = (held: Held) => lines.reduce((total, { fen }) => total + fen[held], 0);
  return { ...stated(sum), allocatedFen: HELD.reduce((total, held) => total + sum(held), 0) };
};

const postingOf = ({ type, data }: RecordedEvent): Posting | undefined => {
  // `pathOf` looks at the type first, and only at fields that type has.
  const path = pathOf({ type, data } as unknown as FenJsonEvent<FundEvent>);
  const { allocationId, amountFen } = data;
  return path === undefined || typeof allocationId !== 'string' || typeof amountFen !== 'number'
    ? undefined
    : { ...path, allocationId, amountFen };
};
