import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { asciiJson } from '#event-store/canonical-json';
import { tooLarge, toEventText } from '#event-store/judge-append';
import type { AppendOutcome, ExpectedRevision, NewEvent } from '#event-store/port';
import type { AppendRequest } from './append-group.ts';
import type { Facets } from './facets.ts';
import type { WriterReply, WriterSetting } from './writer-worker.ts';

export interface Appender {
  readonly append: (
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ) => Promise<AppendOutcome>;
  close(): Promise<void>;
}

interface Waiting {
  readonly request: AppendRequest;
  readonly answer: (outcome: AppendOutcome) => void;
}

/**
 * Appends through a writer in a thread of its own, so that waiting for the disk holds up nobody.
 * While one group is being made durable the next one gathers: the more writers, the more events a
 * commit carries.
 */
export const startAppender = (
  setting: WriterSetting,
  facets: Facets,
  onCommit: () => void,
): Appender => {
  const worker = startWorker(setting);
  let gathering: Waiting[] = [];
  let underWay: Waiting[] = [];
  let stopped: string | undefined;

  const sendNext = () => {
    if (underWay.length > 0 || gathering.length === 0 || stopped !== undefined) return;
    underWay = gathering;
    gathering = [];
    worker.postMessage(underWay.map(({ request }) => request));
  };

  worker.on('message', ({ outcomes }: WriterReply) => {
    const answered = underWay;
    underWay = [];
    sendNext();
    onCommit();
    answered.forEach(({ answer }, index) => {
      answer(outcomes[index] ?? { kind: 'unavailable', outcome: 'unknown', reason: 'no answer' });
    });
  });

  const stop = (reason: string) => {
    stopped ??= reason;
    for (const { answer } of underWay) answer({ kind: 'unavailable', outcome: 'unknown', reason });
    for (const { answer } of gathering) {
      answer({ kind: 'unavailable', outcome: 'not-applied', reason });
    }
    underWay = [];
    gathering = [];
  };
  worker.on('error', (error: Error) => stop(error.message));
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      stop('The store is closed.');
      resolve();
    });
  });

  return {
    append: (stream, expected, events) => {
      const texts = events.map(toEventText);
      const failure = tooLarge(texts);
      if (failure !== undefined) return Promise.resolve(failure);
      if (stopped !== undefined) {
        return Promise.resolve({ kind: 'unavailable', outcome: 'not-applied', reason: stopped });
      }
      const request = {
        stream,
        expected,
        events: texts.map(({ id, type, data, meta }, index) => ({
          id,
          type,
          data: asciiJson(data),
          meta: asciiJson(meta),
          facets: facets.of(eventAt(events, index)),
        })),
      };
      return new Promise((answer) => {
        gathering.push({ request, answer });
        // A turn later, everything asked for in this one travels together.
        if (gathering.length === 1) queueMicrotask(sendNext);
      });
    },
    close: () => {
      if (stopped === undefined) worker.postMessage('close');
      return exited;
    },
  };
};

/** The worker beside this file, from source (.ts) or built (.js). */
const startWorker = (setting: WriterSetting): Worker => {
  const extension = extname(new URL(import.meta.url).pathname);
  const fromSource = extension === '.ts';
  return new Worker(new URL(`./writer-worker${extension}`, import.meta.url), {
    workerData: setting,
    execArgv: fromSource ? ['--conditions=source', '--disable-warning=ExperimentalWarning'] : [],
  });
};

const eventAt = (events: readonly NewEvent[], index: number): NewEvent => {
  const event = events[index];
  if (event === undefined) throw new Error('There is a text for each event.');
  return event;
};
