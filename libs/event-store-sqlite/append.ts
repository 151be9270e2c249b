import { leafOfLine, lineOfTexts } from '#event-codec/event-line';
import { toEventText } from '#event-store/event-text';
import { tooLarge } from '#event-store/judge-append';
import type { AppendOutcome, ExpectedRevision, NewEvent, RecordedEvent } from '#event-store/port';
import type { AppendRequest } from './append-group.ts';
import type { IndexedEvent, HotColumns } from './hot-columns.ts';
import { WriterQueue } from './writer-queue.ts';
import type { WriterSetting } from './writer-worker.ts';

export interface Appender {
  readonly append: (
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ) => Promise<AppendOutcome>;
  /** Events of another log, in its order: all of them in one commit, or none. Answers for the last. */
  readonly appendReplicated: (events: readonly RecordedEvent[]) => Promise<AppendOutcome>;
  close(): Promise<void>;
}

/** Turns events into what the writer stores, and gives them to its queue. */
export const startAppender = (
  setting: WriterSetting,
  hotColumns: HotColumns,
  onCommit: () => void,
): Appender => {
  const queue = new WriterQueue(setting, onCommit);
  return {
    append: (stream, expected, events) => {
      const request = toRequest(stream, expected, events, hotColumns);
      const failure = tooLarge(request.events) ?? queue.stopped();
      return failure === undefined ? queue.add(request) : Promise.resolve(failure);
    },
    appendReplicated: (events) => {
      const failure = queue.stopped();
      if (failure !== undefined) return Promise.resolve(failure);
      return queue.addWholly(
        events.map((event) => toRequest(event.stream, revisionBefore(event), [event], hotColumns)),
      );
    },
    close: () => queue.close(),
  };
};

const toRequest = (
  stream: string,
  expected: ExpectedRevision,
  events: readonly IndexedEvent[],
  hotColumns: HotColumns,
): AppendRequest => ({
  stream,
  expected,
  events: events.map((event, index) => {
    const text = toEventText(event);
    // Appended at this revision or not at all.
    const revision = (expected === 'no_stream' ? 0n : expected + 1n) + BigInt(index);
    const leaf = leafOfLine(lineOfTexts(stream, revision, text));
    return { ...text, hotColumns: hotColumns.of(event), leaf };
  }),
});

const revisionBefore = ({ revision }: RecordedEvent): ExpectedRevision =>
  revision === 0n ? 'no_stream' : revision - 1n;
