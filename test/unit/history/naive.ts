import { toLedgerEvent } from '#event-codec/decode';
import type { EventStore } from '#event-store/port';
import { transferOf } from '#ledger/event-types';
import type { Account } from '#ledger/fund/transfer';
import type { LedgerEvent, RecordedLedgerEvent } from '#ledger/ledger-events';

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
  const mergers = new Map<string, NaiveMerger>();
  const counted: RecordedLedgerEvent[] = [];
  for await (const recorded of store.readAll()) {
    const event = toLedgerEvent(recorded);
    if (event.recordedAt > knownAt) continue;
    if (event.type === 'FundsAllocated') home.set(event.stream, event.data.placeId);
    if (event.occurredOn > asOf) continue;
    takeMerger(mergers, event);
    counted.push(event);
  }
  openCircles(mergers);
  const balances = new Map<string, Record<Account, number>>();
  for (const event of counted) {
    if (!event.stream.startsWith('fund-')) continue;
    const movement = transferOf(event);
    if (movement === undefined) continue;
    let place = home.get(event.stream) ?? '';
    while (mergers.has(place)) place = mergers.get(place)?.into ?? '';
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
  advance: 0,
});

export interface NaiveMerger {
  readonly into: string;
  readonly eventId: string;
  readonly position: number;
}

/** The last merger of each place and payee, unless that very one was revoked. Events come in the order of the log. */
export const takeMerger = (
  mergers: Map<string, NaiveMerger>,
  {
    id: eventId,
    position,
    ...event
  }: LedgerEvent & { readonly id: string; readonly position: bigint },
): void => {
  if (event.type === 'PlaceMerged') {
    const { placeId, intoPlaceId: into } = event.data;
    mergers.set(placeId, { into, eventId, position: Number(position) });
  }
  if (event.type === 'PayeeMerged') {
    const { payeeId, intoPayeeId: into } = event.data;
    mergers.set(payeeId, { into, eventId, position: Number(position) });
  }
  if (event.type !== 'PlaceMergerRevoked' && event.type !== 'PayeeMergerRevoked') return;
  const { reversedEventId } = event.data;
  const from = 'placeId' in event.data ? event.data.placeId : event.data.payeeId;
  if (mergers.get(from)?.eventId === reversedEventId) mergers.delete(from);
};

/** Leaves out the newest merger of every circle. */
export const openCircles = (mergers: Map<string, NaiveMerger>): void => {
  for (const start of mergers.keys()) {
    const [newest] = circleFrom(start, mergers).toSorted((left, right) => right[1] - left[1]);
    if (newest !== undefined) mergers.delete(newest[0]);
  }
};

/** Places with the positions of their mergers, where a walk from a place comes back to it. */
const circleFrom = (
  start: string,
  mergers: ReadonlyMap<string, NaiveMerger>,
): readonly (readonly [string, number])[] => {
  const way: [string, number][] = [];
  let at = start;
  for (let next = mergers.get(at); next !== undefined; next = mergers.get(at)) {
    if (way.some(([place]) => place === at)) return [];
    way.push([at, next.position]);
    at = next.into;
    if (at === start) return way;
  }
  return [];
};
