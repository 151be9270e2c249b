import { toLedgerEvent } from '#event-codec/decode';
import type { EventStore, JsonObject, RecordedEvent } from '#event-store/port';
import { dayNumber } from '#ledger/calendar';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import { allocationIdsOfPlaces } from '../allocation-register/allocation-ids.ts';
import { correctionsOf, type CorrectionsOf } from '../corrections/query.ts';
import type { ReadDatabase } from '../engine/read-database.ts';
import { withMerged } from '../place-directory/query.ts';

/** One event, with the events that correct it and those it corrects. */
export interface JournalEntry extends CorrectionsOf {
  readonly event: RecordedLedgerEvent;
  /** The event's data as they were written. */
  readonly data: JsonObject;
}

export interface JournalQuestion {
  /** First position (inclusive). */
  readonly from?: number;
  /** Default 100. */
  readonly limit?: number;
  readonly allocationId?: string;
  readonly placeId?: string;
  readonly type?: string;
  /** Only events up to a position and a business day (a day number). */
  readonly within?: { readonly position: number; readonly day: number };
}

export interface JournalPage {
  readonly entries: readonly JournalEntry[];
  /** The position to go on from; absent at the end. */
  readonly next?: number;
}

/** Events in the order of the log, read from the log itself. */
export const journal = async (
  store: EventStore,
  db: ReadDatabase,
  question: JournalQuestion = {},
): Promise<JournalPage> => {
  const { from = 1, limit = 100 } = question;
  const events: RecordedEvent[] = [];
  for await (const event of candidates(store, db, question, from)) {
    if (question.type !== undefined && event.type !== question.type) continue;
    if (!isWithin(event, question.within)) continue;
    events.push(event);
    if (events.length > limit) break;
  }
  const entries = events.slice(0, limit).map((event) => toEntry(db, event));
  const next = events[limit];
  return next === undefined ? { entries } : { entries, next: Number(next.position) };
};

const isWithin = (event: RecordedEvent, within: JournalQuestion['within']): boolean =>
  within === undefined ||
  (event.position <= BigInt(within.position) &&
    dayNumber(event.meta['occurredOn'] ?? '') <= within.day);

/** Of one allocation or place only its streams are read; otherwise the log from a position on. */
async function* candidates(
  store: EventStore,
  db: ReadDatabase,
  { allocationId, placeId }: JournalQuestion,
  from: number,
): AsyncIterable<RecordedEvent> {
  if (allocationId === undefined && placeId === undefined) {
    yield* store.readAll({ from: BigInt(from) });
    return;
  }
  const streams =
    allocationId === undefined ? streamsOf(db, placeId ?? '') : [`fund-${allocationId}`];
  const events: RecordedEvent[] = [];
  for (const stream of streams) {
    for await (const event of store.readStream(stream)) events.push(event);
  }
  events.sort((left, right) => (left.position < right.position ? -1 : 1));
  yield* events.filter((event) => event.position >= BigInt(from));
}

/** The place itself, those merged into it, and every allocation made for one of them. */
const streamsOf = (db: ReadDatabase, placeId: string): readonly string[] => {
  const placeIds = withMerged(db, placeId);
  return [
    ...placeIds.map((id) => `place-${id}`),
    ...allocationIdsOfPlaces(db, placeIds).map((id) => `fund-${id}`),
  ];
};

const toEntry = (db: ReadDatabase, recorded: RecordedEvent): JournalEntry => {
  const event = toLedgerEvent(recorded);
  return { event, data: recorded.data, ...correctionsOf(db, event.id) };
};
