import type { AppendResult } from '@eventstore/db-client';
import type { AppendOutcome, ExpectedRevision, RecordedEvent } from '#event-store/port';
import { StoreUnusable } from '#event-store/store-unusable';
import { reasonOf, type Failure } from './failure.ts';
import type { Reader } from './read.ts';
import { NO_POSITION } from './recorded.ts';

/** What an append asks for, as far as its outcome depends on it. */
export interface Request {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly ids: readonly string[];
}

/** Turns answers into outcomes that are true, reading the log where an answer does not say enough. */
export const createSettling = (reader: Reader) => {
  const acknowledged = async (
    { stream }: Request,
    { nextExpectedRevision: revision, position }: AppendResult,
  ): Promise<AppendOutcome> => {
    const answered = position?.commit ?? NO_POSITION;
    if (answered !== NO_POSITION) return { kind: 'appended', revision, position: answered };
    const [event] = await readBack(stream, revision, 1);
    if (event === undefined)
      throw new Error(`${stream}@${revision} was acknowledged and is missing`);
    return { kind: 'appended', revision, position: event.position };
  };

  /**
   * What a failure means for good, or undefined where another try may end otherwise. When an earlier
   * try was sent and never answered, a refusal may be of our own events, so only the log is believed.
   */
  const settled = async (
    request: Request,
    failure: Failure,
    mayBeApplied: boolean,
  ): Promise<AppendOutcome | undefined> => {
    switch (failure.kind) {
      case 'append-too-large':
        return { ...failure, bytes: failure.limit + 1 };
      case 'access-denied':
        return mayBeApplied ? unavailable(failure, mayBeApplied) : failure;
      case 'wrong-expected-revision': {
        const conflict = { ...failure, expected: request.expected };
        if (!mayBeApplied) return conflict;
        const found = await find(request).catch(unreachable);
        if (found !== undefined) return found === 'unreachable' ? undefined : found;
        // A stream that is still behind may yet take what an earlier try has sent.
        return isBehind(failure.actual, request.expected) ? undefined : conflict;
      }
      case 'stream-deleted':
      case 'stream-not-found':
      case 'refused':
      case 'misdirected':
      case 'interrupted':
        return undefined;
    }
  };

  /** The request as it stands in its stream, when every one of its ids is in its place. */
  const find = async ({ stream, expected, ids }: Request): Promise<AppendOutcome | undefined> => {
    const events = await readBack(stream, firstAfter(expected), ids.length);
    const last = events.at(-1);
    return last !== undefined && ids.every((id, index) => events[index]?.id === id)
      ? { kind: 'appended', revision: last.revision, position: last.position }
      : undefined;
  };

  const readBack = async (
    stream: string,
    from: bigint,
    limit: number,
  ): Promise<readonly RecordedEvent[]> => {
    const events: RecordedEvent[] = [];
    for await (const event of reader.patientReadStream(stream, { from, limit })) events.push(event);
    return events;
  };

  return { acknowledged, settled };
};

export const unavailable = (failure: Failure, mayBeApplied: boolean): AppendOutcome => ({
  kind: 'unavailable',
  outcome: mayBeApplied ? 'unknown' : 'not-applied',
  reason: reasonOf(failure),
});

/** The log may be read at the next try, unless something is wrong with it. */
const unreachable = (error: unknown): 'unreachable' => {
  if (error instanceof StoreUnusable && error.fault !== 'unreachable') throw error;
  return 'unreachable';
};

const firstAfter = (expected: ExpectedRevision): bigint =>
  expected === 'no_stream' ? 0n : expected + 1n;

const isBehind = (actual: ExpectedRevision, expected: ExpectedRevision): boolean =>
  firstAfter(actual) < firstAfter(expected);
