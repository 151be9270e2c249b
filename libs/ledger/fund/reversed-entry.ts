import type { CommandContext } from '../context.ts';
import { refuse, type Decision } from '../decision.ts';
import { beforeItsFact } from '../order-of-days.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type { EntryState } from './entries.ts';
import type { AmountToReverse } from './fund-commands.ts';
import type { AmountReversal, EntryReversal, FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';

/** The entries that one command takes back. */
type Types = readonly FundEvent['type'][];

/** Decides with the entry that a reversal names; refuses what is no such entry of this allocation. */
export const reverseEntry = (
  { reversedEventId }: EntryReversal,
  types: Types,
  { entries }: FundState,
  { occurredOn }: CommandContext,
  decide: (entry: EntryState) => Decision<FundEvent>,
): Decision<FundEvent> => {
  const entry = entries.get(reversedEventId);
  if (entry === undefined || !types.includes(entry.type)) {
    return refuse({ code: 'entry-not-found', reversedEventId });
  }
  if (entry.isReversed) return refuse({ code: 'entry-already-reversed', reversedEventId });
  const early = beforeItsFact(occurredOn, 'entry', entry.occurredOn);
  return early === undefined ? decide(entry) : refuse(early);
};

/**
 * Decides with the amount of an entry that is taken back: what was asked for, or all that is left of
 * it. Never more than is left, and not dated before the entry.
 */
export const reverseAmount = (
  data: AmountToReverse,
  types: Types,
  { entries }: FundState,
  { occurredOn }: CommandContext,
  decide: (reversal: AmountReversal, entry: EntryState) => Decision<FundEvent>,
): Decision<FundEvent> => {
  const { reversedEventId } = data;
  const entry = entries.get(reversedEventId);
  if (entry === undefined || !types.includes(entry.type)) {
    return refuse({ code: 'entry-not-found', reversedEventId });
  }
  const remainingFen = entry.amountFen - entry.reversedFen;
  const amountFen = data.amountFen ?? remainingFen;
  const unsound = data.amountFen === undefined ? undefined : unsoundAmount(data.amountFen);
  if (unsound) return refuse(unsound);
  if (entry.isReversed) return refuse({ code: 'entry-already-reversed', reversedEventId });
  if (amountFen > remainingFen) {
    return refuse({ code: 'reversal-exceeds-entry', reversedEventId, amountFen, remainingFen });
  }
  const early = beforeItsFact(occurredOn, 'entry', entry.occurredOn);
  return early === undefined ? decide({ ...data, amountFen }, entry) : refuse(early);
};
