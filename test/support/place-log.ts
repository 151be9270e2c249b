import { toNewEvents } from '#event-codec/encode';
import { idOf } from '#event-codec/ids';
import { openMemoryStore } from '#event-store/memory-store';
import type { EventStore } from '#event-store/port';
import type { LedgerEvent } from '#ledger/ledger-events';

/** An event, and the business day it is of. Its id is that of its place in the list, see `eventIdAt`. */
export type DatedEvent = LedgerEvent & { readonly on: string };

export const eventIdAt = (index: number): string => idOf('event', `${index}`);

/**
 * A log that holds these events, whatever the rules say to them: what two nodes may write at once,
 * or an earlier release accepted.
 */
export const logOf = async (events: readonly DatedEvent[]): Promise<EventStore> => {
  const store = openMemoryStore();
  await appendTo(store, events);
  return store;
};

export const appendTo = async (store: EventStore, events: readonly DatedEvent[]): Promise<void> => {
  const revisions = new Map<string, bigint>();
  for (const [index, { on, ...event }] of events.entries()) {
    const stream = streamOf(event);
    const before = revisions.get(stream);
    const [written] = toNewEvents([event], contextOf(index, on), 'hash', undefined);
    if (written === undefined) throw new Error('One event is written as one.');
    await store.append(stream, before ?? 'no_stream', [written]);
    revisions.set(stream, (before ?? -1n) + 1n);
  }
};

const streamOf = ({ data }: LedgerEvent): string => {
  if ('allocationId' in data) return `fund-${data.allocationId}`;
  if ('noticeId' in data) return `notice-${data.noticeId}`;
  if ('placeId' in data) return `place-${data.placeId}`;
  if ('payeeId' in data) return `payee-${data.payeeId}`;
  throw new Error('Only places, payees, notices and funds are written here.');
};

const contextOf = (index: number, occurredOn: string) => ({
  commandId: eventIdAt(index),
  actor: { id: 'wang', organisation: '衔接办', role: 'administrator' as const },
  occurredOn,
  recordedAt: new Date(Date.UTC(2024, 6, 1, index)).toISOString(),
});

export const registered = (
  placeId: string,
  level: 'county' | 'town' | 'village',
  parentId?: string,
): DatedEvent => ({
  type: 'PlaceRegistered',
  data: {
    ...{ placeId, level, name: placeId, validFrom: '2024-01-01' },
    ...(parentId === undefined ? {} : { parentId }),
  },
  on: '2024-01-01',
});

export const merged = (placeId: string, intoPlaceId: string, on = '2024-03-01'): DatedEvent => ({
  type: 'PlaceMerged',
  data: { placeId, intoPlaceId },
  on,
});

/** Takes back the merger that is at an index of the same list. */
export const mergerRevoked = (placeId: string, index: number, on: string): DatedEvent => ({
  type: 'PlaceMergerRevoked',
  data: { placeId, reversedEventId: eventIdAt(index), reason: '误', approval: '甲' },
  on,
});

export const movedUnder = (placeId: string, parentId: string, on: string): DatedEvent => ({
  type: 'PlaceParentChanged',
  data: { placeId, parentId, approval: '甲' },
  on,
});

const PROGRAMME = {
  noticeId: 'notice',
  programme: 'transition',
  fiscalYear: 2024,
  batch: '1',
  fundingLevel: 'county',
} as const;

const ISSUED: DatedEvent = {
  type: 'NoticeIssued',
  data: {
    ...PROGRAMME,
    edition: 1,
    title: '计划',
    documentNumber: { raw: '甲〔2024〕1号' },
    issuer: '甲',
    basis: [],
    annexes: [],
  },
  on: '2024-01-02',
};

/** A notice, and an allocation for each place: 1 fen for the first, 2 for the next, 4, 8 and so on. */
export const fundsOf = (placeIds: readonly string[]): readonly DatedEvent[] => [
  ISSUED,
  ...placeIds.map((placeId, index): DatedEvent => ({
    type: 'FundsAllocated',
    data: {
      ...PROGRAMME,
      allocationId: `fund-of-${placeId}`,
      annex: '1',
      row: index + 1,
      placeId,
      amountFen: 2n ** BigInt(index),
    },
    on: '2024-01-02',
  })),
];
