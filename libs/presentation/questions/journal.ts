import type { JsonObject } from '#event-store/port';
import type { Actor } from '#ledger/context';
import type { Correction } from '#projections/corrections/query';
import type { JournalEntry, JournalPage } from '#projections/journal/query';
import { eventSentence, type Sentence } from '../event-sentence.ts';

/** One event as an auditor reads it, with the events that correct it and those it corrects. */
export interface JournalEntryView {
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

export interface JournalView {
  readonly entries: readonly JournalEntryView[];
  /** The position to go on from; absent at the end. */
  readonly next?: number;
}

export const presentJournal = ({ entries, ...page }: JournalPage): JournalView => ({
  entries: entries.map(presentEntry),
  ...page,
});

const presentEntry = ({ event, data, corrects, correctedBy }: JournalEntry): JournalEntryView => ({
  position: Number(event.position),
  id: event.id,
  stream: event.stream,
  revision: Number(event.revision),
  type: event.type,
  occurredOn: event.occurredOn,
  recordedAt: event.recordedAt,
  actor: event.actor,
  sentence: eventSentence(event),
  data,
  corrects,
  correctedBy,
});
