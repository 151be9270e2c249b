import type { BusinessDate } from '../calendar.ts';
import type { EventMark } from '../decision.ts';
import type { Fen } from '../money.ts';
import { voucherKey } from '../voucher/slip.ts';
import type { FundEvent } from './fund-events.ts';
import type { Account } from './transfer.ts';

/** What the rules remember of an event that a later one may take back. */
export interface EntryState {
  readonly type: FundEvent['type'];
  readonly occurredOn: BusinessDate;
  /** Zero where it is a fact without money. */
  readonly amountFen: Fen;
  /** What of the amount was taken back; an entry without money is taken back whole. */
  reversedFen: Fen;
  isReversed: boolean;
  /** The account that the money left, of an entry that may be of either. */
  readonly from?: Account;
  readonly assetId?: string;
  /** What makes the slip that it names the same as another, see `voucherKey`. */
  readonly voucher?: string;
}

/** Entries that can be named, by the ids of their events, in the order of the log. */
export type Entries = Map<string, EntryState>;

/** Takes in an event: a new entry, or what takes one back. Throws where the log takes back what it does not have. */
export const rememberEntry = (entries: Entries, event: FundEvent, mark: EventMark): void => {
  const entry = entryOf(event);
  if (entry !== undefined) {
    const { occurredOn } = mark;
    entries.set(mark.id, {
      ...entry,
      ...slipIn(event),
      occurredOn,
      reversedFen: 0n,
      isReversed: false,
    });
  }
  if (!('reversedEventId' in event.data)) return;
  const reversed = entries.get(event.data.reversedEventId);
  if (reversed === undefined)
    throw new Error(
      `The log reverses event ${event.data.reversedEventId}, which it does not have.`,
    );
  if ('amountFen' in event.data) reversed.reversedFen += event.data.amountFen;
  reversed.isReversed = reversed.reversedFen === reversed.amountFen;
};

const slipIn = ({ type, data }: FundEvent): Pick<EntryState, 'voucher'> =>
  'voucher' in data && data.voucher !== undefined
    ? { voucher: voucherKey(type, data.voucher, data.amountFen) }
    : {};

type NewEntry = Omit<EntryState, 'occurredOn' | 'reversedFen' | 'isReversed'>;

const entryOf = (event: FundEvent): NewEntry | undefined => {
  const { type } = event;
  switch (type) {
    case 'FundsAllocated':
    case 'FundsArrived':
    case 'AdvanceRepaid':
    case 'FundsReleased':
    case 'BenefitDistributed':
      return { type, amountFen: event.data.amountFen };
    case 'AllocationRecalled':
      return { type, amountFen: event.data.amountFen, from: 'quota' };
    case 'FundsReturned':
    case 'FundsRecalled':
      return { type, amountFen: event.data.amountFen, from: event.data.from };
    case 'AssetRegistered':
      return { type, amountFen: 0n, assetId: event.data.assetId };
    case 'ProjectStarted':
    case 'ProjectCompleted':
    case 'ProjectAccepted':
    case 'AllocationClosed':
      return { type, amountFen: 0n };
    default:
      return undefined;
  }
};
