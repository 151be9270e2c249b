import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { leafOfLine, lineOfTexts } from '#event-codec/event-line';
import { tooLarge, toEventText } from '#event-store/judge-append';
import type { AppendOutcome, ExpectedRevision, NewEvent, RecordedEvent } from '#event-store/port';
import type { AppendRequest } from './append-group.ts';
import {
  packRequests,
  unpackOutcomes,
  type OutcomePacket,
  type WriterMessage,
} from './append-packet.ts';
import type { IndexedEvent, HotColumns } from './hot-columns.ts';
import type { WriterSetting } from './writer-worker.ts';

export interface Appender {
  readonly append: (
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ) => Promise<AppendOutcome>;
  /** Events of another log, in its order: all of them in one commit, or none. Answers for the last. */
  readonly takeOver: (events: readonly RecordedEvent[]) => Promise<AppendOutcome>;
  close(): Promise<void>;
}

interface Waiting {
  readonly request: AppendRequest;
  readonly answer: (outcome: AppendOutcome) => void;
}

/** Groups under way: while one is made durable the next lies ready for the writer. */
const GROUPS_UNDER_WAY = 2;
/** As many events share a commit well enough not to wait for others. */
const FULL_GROUP = 2_000;

/**
 * Appends through a writer in a thread of its own, so that waiting for the disk holds up nobody.
 * While groups are being made durable the next one gathers: the more writers, the more events a
 * commit carries. A group takes its share of those waiting, not all of them, so that one group is
 * decided while another is written.
 */
export const startAppender = (
  setting: WriterSetting,
  hotColumns: HotColumns,
  onCommit: () => void,
): Appender => {
  const worker = startWorker(setting);
  const gathering: Waiting[] = [];
  const underWay: Waiting[][] = [];
  let unanswered = 0;
  let gatheredEvents = 0;
  let stopped: string | undefined;

  const send = () => {
    if (gathering.length === 0 || stopped !== undefined) return;
    const group = gathering.splice(0, Math.ceil(unanswered / GROUPS_UNDER_WAY));
    gatheredEvents -= eventsIn(group);
    post(group, false);
  };
  const post = (group: Waiting[], wholly: boolean) => {
    const message: WriterMessage = {
      packet: packRequests(group.map(({ request }) => request)),
      wholly,
    };
    worker.postMessage(message);
    underWay.push(group);
  };
  const gather = (waiting: Waiting) => {
    gathering.push(waiting);
    unanswered += 1;
    gatheredEvents += waiting.request.events.length;
    const itsShare = gathering.length >= unanswered / (GROUPS_UNDER_WAY + 1);
    const room = underWay.length < GROUPS_UNDER_WAY;
    if ((room && itsShare) || gatheredEvents >= FULL_GROUP) send();
  };

  worker.on('message', (reply: OutcomePacket) => {
    const answered = underWay.shift() ?? [];
    const outcomes = unpackOutcomes(reply);
    unanswered -= answered.length;
    send();
    onCommit();
    answered.forEach(({ answer }, index) => {
      answer(outcomes[index] ?? { kind: 'unavailable', outcome: 'unknown', reason: 'no answer' });
    });
  });

  const stop = (reason: string) => {
    stopped ??= reason;
    for (const { answer } of underWay.splice(0).flat()) {
      answer({ kind: 'unavailable', outcome: 'unknown', reason });
    }
    for (const { answer } of gathering.splice(0)) {
      answer({ kind: 'unavailable', outcome: 'not-applied', reason });
    }
  };
  worker.on('error', (error: Error) => stop(error.message));
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      stop('The store is closed.');
      resolve();
    });
  });

  const toRequest = (
    stream: string,
    expected: ExpectedRevision,
    events: readonly IndexedEvent[],
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
  const isStopped = (): AppendOutcome | undefined =>
    stopped === undefined
      ? undefined
      : { kind: 'unavailable', outcome: 'not-applied', reason: stopped };

  return {
    append: (stream, expected, events) => {
      const request = toRequest(stream, expected, events);
      const failure = tooLarge(request.events) ?? isStopped();
      if (failure !== undefined) return Promise.resolve(failure);
      return new Promise((answer) => gather({ request, answer }));
    },
    takeOver: (events) => {
      const failure = isStopped();
      if (failure !== undefined) return Promise.resolve(failure);
      return new Promise((answer) => {
        const last = events.length - 1;
        const group = events.map((event, index) => ({
          request: toRequest(event.stream, revisionBefore(event), [event]),
          answer: index === last ? answer : ignore,
        }));
        unanswered += group.length;
        post(group, true);
      });
    },
    close: () => {
      if (stopped === undefined) worker.postMessage('close');
      return exited;
    },
  };
};

const eventsIn = (group: readonly Waiting[]): number =>
  group.reduce((sum, { request }) => sum + request.events.length, 0);

/** The worker beside this file, from source (.ts) or built (.js). */
const startWorker = (setting: WriterSetting): Worker => {
  const extension = extname(new URL(import.meta.url).pathname);
  const fromSource = extension === '.ts';
  return new Worker(new URL(`./writer-worker${extension}`, import.meta.url), {
    workerData: setting,
    execArgv: fromSource ? ['--conditions=source', '--disable-warning=ExperimentalWarning'] : [],
  });
};

const revisionBefore = ({ revision }: RecordedEvent): ExpectedRevision =>
  revision === 0n ? 'no_stream' : revision - 1n;

const ignore = (): void => undefined;
