import { toLedgerEvent } from '#event-codec/decode';
import type { AdjustmentFault } from '#presentation/adjustment-fault';
import type { EventStore } from '#event-store/port';
import type { AdjustmentLeg } from '#ledger/adjustment/adjustment-events';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import type { FundEvent } from '#ledger/fund/fund-events';

export interface CheckedAdjustments {
  readonly faults: readonly AdjustmentFault[];
  /** Ids of the documents that have not ended. */
  readonly open: readonly string[];
}

interface OpenDocument {
  readonly legs: readonly AdjustmentLeg[];
  /** Legs that were not applied yet, by ordinal. */
  readonly waiting: Map<number, AdjustmentLeg>;
}

/** Holds every adjustment of a log to its document: all legs, each once, or none; reads the whole log. */
export const checkAdjustments = async (log: EventStore): Promise<CheckedAdjustments> => {
  const open = new Map<string, OpenDocument>();
  const faults: AdjustmentFault[] = [];
  const found = (adjustmentId: string, why: AdjustmentFault['why'] | undefined): void => {
    if (why !== undefined) faults.push({ adjustmentId, why });
  };
  for await (const recorded of log.readAll()) {
    if (!TYPES.has(recorded.type)) continue;
    const event = toLedgerEvent(recorded);
    switch (event.type) {
      case 'AdjustmentApproved': {
        const { adjustmentId, legs } = event.data;
        open.set(adjustmentId, {
          legs,
          waiting: new Map(legs.map((leg) => [leg.ordinal, leg])),
        });
        break;
      }
      case 'AllocationAdjusted':
        found(event.data.adjustmentId, applied(open, event));
        break;
      case 'AdjustmentCompleted':
      case 'AdjustmentAbandoned': {
        const { adjustmentId } = event.data;
        const document = open.get(adjustmentId);
        open.delete(adjustmentId);
        const isCompleted = event.type === 'AdjustmentCompleted';
        found(adjustmentId, document && (isCompleted ? completed(document) : abandoned(document)));
        break;
      }
      default:
        break;
    }
  }
  return { faults, open: [...open.keys()] };
};

const TYPES: ReadonlySet<string> = new Set<RecordedLedgerEvent['type']>([
  'AdjustmentApproved',
  'AllocationAdjusted',
  'AdjustmentCompleted',
  'AdjustmentAbandoned',
]);

/** A pair of older logs has no document. */
const applied = (
  open: ReadonlyMap<string, OpenDocument>,
  { data }: Extract<FundEvent, { readonly type: 'AllocationAdjusted' }>,
): AdjustmentFault['why'] | undefined => {
  const { adjustmentId, ordinal, allocationId, direction, account, amountFen } = data;
  if (ordinal === undefined) return undefined;
  const waiting = open.get(adjustmentId)?.waiting;
  const leg = waiting?.get(ordinal);
  const isOfDocument =
    leg?.allocationId === allocationId &&
    leg.direction === direction &&
    leg.account === account &&
    leg.amountFen === amountFen;
  if (!isOfDocument) return 'leg-of-no-document';
  waiting?.delete(ordinal);
  return undefined;
};

const completed = ({ legs, waiting }: OpenDocument): AdjustmentFault['why'] | undefined => {
  if (waiting.size > 0) return 'legs-missing';
  const sumFen = legs.reduce(
    (sum, { direction, amountFen }) => sum + (direction === 'increase' ? amountFen : -amountFen),
    0n,
  );
  return sumFen === 0n ? undefined : 'sum-not-zero';
};

const abandoned = ({ legs, waiting }: OpenDocument): AdjustmentFault['why'] | undefined =>
  waiting.size < legs.length ? 'legs-applied' : undefined;
