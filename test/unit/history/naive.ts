import { toLedgerEvent } from '#event-codec/decode';
import type { EventStore } from '#event-store/port';
import { transferOf } from '#ledger/event-types';
import type { Account } from '#ledger/fund/transfer';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';

/** Fen by account, for each place that has or had any. */
export type NaiveBalances = ReadonlyMap<string, Readonly<Record<Account, number>>>;

/**
 * The slow and obvious way: every event of the log, one after the other, and of those that were
 * known by an instant and dated until a day, every movement counted at the place it belonged to.
 */
export const naiveBalances = async (
  store: EventStore,
  asOf: string,
  knownAt: string,
): Promise<NaiveBalances> => {
  const home = new Map<string, string>();
  const mergedInto = new Map<string, string>();
  const counted: RecordedLedgerEvent[] = [];
  for await (const recorded of store.readAll()) {
    const event = toLedgerEvent(recorded);
    if (event.recordedAt > knownAt) continue;
    if (event.type === 'FundsAllocated') home.set(event.stream, event.data.placeId);
    if (event.occurredOn > asOf) continue;
    if (event.type === 'PlaceMerged') mergedInto.set(event.data.placeId, event.data.intoPlaceId);
    counted.push(event);
  }
  const balances = new Map<string, Record<Account, number>>();
  for (const event of counted) {
    if (!event.stream.startsWith('fund-')) continue;
    const movement = transferOf(event);
    if (movement === undefined) continue;
    let place = home.get(event.stream) ?? '';
    for (let into = mergedInto.get(place); into !== undefined; into = mergedInto.get(place))
      place = into;
    const accounts = balances.get(place) ?? noMoney();
    accounts[movement.from] -= Number(movement.amountFen);
    accounts[movement.to] += Number(movement.amountFen);
    balances.set(place, accounts);
  }
  return balances;
};

const noMoney = (): Record<Account, number> => ({
  source: 0,
  quota: 0,
  treasury: 0,
  unit: 0,
  paid: 0,
  returned: 0,
});
