import { toLedgerEvent } from '#event-codec/codec';
import type { EventStore, JsonObject, RecordedEvent } from '#event-store/port';
import { dayNumber } from '#ledger/calendar';
import type { Actor } from '#ledger/context';
import type { CorrectionRow } from '../corrections/view.ts';
import type { ReadDatabase } from '../engine/read-database.ts';
import { eventSentence, type Sentence } from '#presentation/event-sentence';

/** One event as an auditor reads it, with the events that correct it and those it corrects. */
export interface JournalEntry {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly occurredOn: string;
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly sentence: Sentence;
  readonly data: JsonObject;
  readonly corrects: readonly Correction[];
  readonly correctedBy: readonly Correction[];
}

export interface Correction {
  readonly kind: CorrectionRow['kind'];
  /** Absent when the document names no other side. */
  readonly eventId?: string;
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
  const places = db.all<{ placeId: string }>(
    `WITH RECURSIVE part (placeId) AS (
       VALUES (?) UNION SELECT p.placeId FROM place p JOIN part ON p.mergedInto = part.placeId
     ) SELECT placeId FROM part`,
    placeId,
  );
  return places.flatMap((place) => [
    `place-${place.placeId}`,
    ...db
      .all<{ allocationId: string }>(
        'SELECT allocationId FROM allocation WHERE placeId = ? ORDER BY allocationId',
        place.placeId,
      )
      .map(({ allocationId }) => `fund-${allocationId}`),
  ]);
};

const toEntry = (db: ReadDatabase, recorded: RecordedEvent): JournalEntry => {
  const event = toLedgerEvent(recorded);
  const corrects = db.all<CorrectionRow>('SELECT * FROM correction WHERE eventId = ?', event.id);
  const correctedBy = db.all<CorrectionRow>(
    'SELECT * FROM correction WHERE ofEventId = ? ORDER BY eventId',
    event.id,
  );
  return {
    position: Number(event.position),
    id: event.id,
    stream: event.stream,
    revision: Number(event.revision),
    type: event.type,
    occurredOn: event.occurredOn,
    recordedAt: event.recordedAt,
    actor: event.actor,
    sentence: eventSentence(event),
    data: recorded.data,
    corrects: corrects.map(({ kind, ofEventId }) =>
      ofEventId === null ? { kind } : { kind, eventId: ofEventId },
    ),
    correctedBy: correctedBy.map(({ kind, eventId }) => ({ kind, eventId })),
  };
};
