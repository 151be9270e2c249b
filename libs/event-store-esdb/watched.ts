import { NoAnswer } from './timing.ts';

/** A read of the client: a stream of answers, and how to tell the server that we have had enough. */
interface Answers<Answer> {
  iterator(options: { readonly destroyOnReturn: boolean }): AsyncIterable<Answer>;
  resume(): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  destroy(error: Error): unknown;
  cancel(): Promise<void>;
}

/** The answers of a read, for as long as each comes in time. However it ends, nothing stays open. */
export async function* watched<Answer>(
  answers: Answers<Answer>,
  callMs: number,
): AsyncIterable<Answer> {
  // What goes wrong after we have left is nobody's concern, and must not end the process.
  answers.on('error', () => undefined);
  let isOver = false;
  let isAwaited = true;
  let isFresh = false;
  const watchdog = setInterval(() => {
    if (isAwaited && !isFresh) answers.destroy(new NoAnswer(callMs));
    isFresh = false;
  }, callMs);
  try {
    for await (const answer of answers.iterator({ destroyOnReturn: false })) {
      isAwaited = false;
      yield answer;
      isAwaited = isFresh = true;
    }
    isOver = true;
  } finally {
    clearInterval(watchdog);
    if (!isOver) {
      // What has come already must be read to its end: until then the client counts the call as open.
      answers.resume();
      void answers.cancel().catch(() => undefined);
    }
  }
}
