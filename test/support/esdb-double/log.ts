import { Subject } from 'rxjs';
import type { Behaviour } from './misbehaviour.ts';

/** An event as the server keeps it: bytes, and where it stands. */
export interface KeptEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  /** A byte offset: it grows with every event, and is never dense. */
  readonly position: bigint;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly customMetadata: Uint8Array;
  readonly created: Date;
}

export type ProposedEvent = Pick<
  KeptEvent,
  'id' | 'type' | 'contentType' | 'data' | 'customMetadata'
>;

export type Expectation = 'any' | 'no_stream' | 'stream_exists' | bigint;

export type Verdict =
  | { readonly kind: 'written'; readonly last: KeptEvent }
  | { readonly kind: 'wrong'; readonly current: bigint | undefined };

/** The log that all nodes of a double share; it outlives their restarts. */
export interface KeptLog {
  readonly events: readonly KeptEvent[];
  readonly written: Subject<void>;
  stream(name: string): readonly KeptEvent[];
  append(
    stream: string,
    expected: Expectation,
    events: readonly ProposedEvent[],
    repeats?: Behaviour['repeats'],
  ): Verdict;
  /** Index of the event at a position, or of the first after it; −1 − index where none begins there. */
  find(position: bigint): number;
}

/** Begins as a real server does: with events of its own. */
export const createLog = (): KeptLog => {
  const events: KeptEvent[] = [];
  const streams = new Map<string, KeptEvent[]>();
  const written = new Subject<void>();
  let end = 0n;

  const write = (stream: string, proposed: readonly ProposedEvent[]): void => {
    const kept = streams.get(stream) ?? [];
    streams.set(stream, kept);
    for (const event of proposed) {
      const size = 64 + stream.length + event.data.length + event.customMetadata.length;
      const revision = BigInt(kept.length);
      const entry = { ...event, stream, revision, position: end, created: new Date() };
      kept.push(entry);
      events.push(entry);
      end += BigInt(size);
    }
    written.next();
  };

  const log: KeptLog = {
    events,
    written,
    stream: (name) => streams.get(name) ?? [],
    append: (stream, expected, proposed, repeats = 'recognised') => {
      const kept = streams.get(stream) ?? [];
      const last = kept.at(-1);
      if (meets(expected, last)) {
        write(stream, proposed);
        return writtenAt(streams.get(stream)?.at(-1));
      }
      // As servers do: a repeated append is known by its ids at the revisions it asked for.
      const first = expected === 'no_stream' ? 0 : Number(expected) + 1;
      const isRepeated =
        repeats === 'recognised' && proposed.every(({ id }, n) => kept[first + n]?.id === id);
      if (isRepeated) return writtenAt(kept[first + proposed.length - 1]);
      return { kind: 'wrong', current: last?.revision };
    },
    find: (position) => {
      let [low, high] = [0, events.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        const at = events[middle];
        if (at !== undefined && at.position < position) low = middle + 1;
        else high = middle;
      }
      return events[low]?.position === position ? low : -1 - low;
    },
  };
  write('$settings', [systemEvent('$settings')]);
  return log;
};

export const systemEvent = (type: string): ProposedEvent => ({
  id: crypto.randomUUID(),
  type,
  contentType: 'application/json',
  data: Buffer.from('{}'),
  customMetadata: new Uint8Array(),
});

const meets = (expected: Expectation, last: KeptEvent | undefined): boolean => {
  if (expected === 'any') return true;
  if (expected === 'no_stream') return last === undefined;
  if (expected === 'stream_exists') return last !== undefined;
  return last?.revision === expected;
};

const writtenAt = (last: KeptEvent | undefined): Verdict => {
  if (last === undefined) throw new Error('Something was written.');
  return { kind: 'written', last };
};
