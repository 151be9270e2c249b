import { beforeEach, describe, expect, test } from '@jest/globals';
import { handleCommand, type CommandRules } from '#event-store/handle-command';
import { HotStreams, type Capacity } from '#event-store/hot-streams';
import { openMemoryStore } from '#event-store/memory-store';
import type { EventStore } from '#event-store/port';

/** A tally: each command adds a number to it, and zero leaves it as it is. */
const rulesFor = (
  commandId: string,
  contentHash: string,
): CommandRules<number, number, number, never> => ({
  decide: (amount) => ({ kind: 'accepted', events: amount === 0 ? [] : [amount] }),
  evolve: (total, amount) => total + amount,
  record: (amounts) =>
    amounts.map((amount) => ({
      id: `event of ${commandId}`,
      type: 'Added',
      data: { amount },
      meta: { commandId, contentHash },
    })),
});

const tally = (store: EventStore, capacity?: Capacity) => {
  const streams = new HotStreams<number, never>(
    store,
    {
      initialState: () => 0,
      evolve: (total, { data }) => total + Number(data['amount']),
      commandOf: ({ meta }) => ({
        commandId: meta['commandId'] ?? '',
        contentHash: meta['contentHash'] ?? '',
        refusal: undefined,
      }),
    },
    capacity,
  );
  return (stream: string, commandId: string, amount = 1) => {
    const contentHash = `add ${amount}`;
    const rules = rulesFor(commandId, contentHash);
    return handleCommand(store, streams, stream, rules, amount, { commandId, contentHash });
  };
};

const eventsIn = async (store: EventStore, stream: string): Promise<number> => {
  let events = 0;
  for await (const _event of store.readStream(stream)) events += 1;
  return events;
};

/** A memory store that says which streams were read. */
const countingStore = () => {
  const store = openMemoryStore();
  const reads: string[] = [];
  const counting: EventStore = {
    ...store,
    readStream: (stream, options) => {
      reads.push(stream);
      return store.readStream(stream, options);
    },
  };
  return { store: counting, reads };
};

describe('the streams in use', () => {
  test('when there are too many, the one not used for longest is read again, not the oldest', async () => {
    const { store, reads } = countingStore();
    const add = tally(store, { streams: 2, commandsPerStream: 10 });
    await add('busy', 'b1');
    await add('idle', 'i1');
    await add('busy', 'b2');
    await add('new', 'n1');
    reads.length = 0;
    await add('busy', 'b3');
    expect(reads).toEqual([]);
    await add('idle', 'i2');
    expect(reads).toEqual(['idle']);
  });
});

describe('the commands of a stream, when there were more than are remembered', () => {
  const stream = 'fund-long';
  let counting: ReturnType<typeof countingStore>;
  let add: ReturnType<typeof tally>;

  beforeEach(async () => {
    counting = countingStore();
    add = tally(counting.store, { streams: 10, commandsPerStream: 3 });
    for (let n = 0; n < 10; n += 1) await add(stream, `command ${n}`, n + 1);
    counting.reads.length = 0;
  });

  test('an old one that is repeated answers as the first time and is not carried out again', async () => {
    expect(await add(stream, 'command 2', 3)).toEqual({
      kind: 'repeated',
      stream,
      revision: 2n,
      position: 3n,
    });
    expect(await eventsIn(counting.store, stream)).toBe(10);
  });

  test('an old id with other content is a conflict, and nothing is recorded', async () => {
    expect(await add(stream, 'command 2', 99)).toEqual({ kind: 'conflicting' });
    expect(await eventsIn(counting.store, stream)).toBe(10);
  });

  test('each of them is still known after a restart', async () => {
    const restarted = tally(counting.store, { streams: 10, commandsPerStream: 3 });
    for (let n = 0; n < 10; n += 1) {
      expect(await restarted(stream, `command ${n}`, n + 1)).toMatchObject({ kind: 'repeated' });
    }
    expect(await eventsIn(counting.store, stream)).toBe(10);
  });

  test('are a thousand unless said otherwise', async () => {
    const add = tally(counting.store);
    for (let n = 0; n < 1_001; n += 1) await add('fund-busy', `command ${n}`);
    counting.reads.length = 0;
    await add('fund-busy', 'command 1');
    expect(counting.reads).toEqual([]);
    await add('fund-busy', 'command 0');
    expect(counting.reads).toEqual(['fund-busy']);
  });

  test('a new one is carried out without the stream being read', async () => {
    expect(await add(stream, 'command 10', 11)).toMatchObject({ kind: 'happened' });
    expect(counting.reads).toEqual([]);
  });
});

describe('a command whose fingerprint is that of an older one', () => {
  const stream = 'fund-long';

  /** Two ids that FNV-1a, cut to 30 bits, cannot tell apart; found by trying. */
  const [older, newer] = ['c18cbf', 'c25a11'] as const;

  test('is carried out, once, however many ask for it at the same time', async () => {
    const { store, reads } = countingStore();
    const add = tally(store, { streams: 10, commandsPerStream: 1 });
    await add(stream, older, 1);
    await add(stream, 'another', 1);
    reads.length = 0;
    const outcomes = await Promise.all([1, 2, 3].map(() => add(stream, newer, 5)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['happened', 'repeated', 'repeated']);
    expect(reads).not.toEqual([]);
    expect(await eventsIn(store, stream)).toBe(3);
    expect(await add(stream, older, 1)).toMatchObject({ kind: 'repeated', revision: 0n });
  });
});

describe('a command decided while the one before it is being appended', () => {
  const stream = 'fund-busy';

  /** A shared store whose appends wait for a signal, as on a slow network. */
  const slowStore = (store: EventStore) => {
    const waiting: (() => void)[] = [];
    const slow: EventStore = {
      ...store,
      append: async (...request) => {
        await new Promise<void>((resolve) => waiting.push(resolve));
        return store.append(...request);
      },
    };
    const release = async () => {
      for (const resolve of waiting.splice(0)) resolve();
      await new Promise(setImmediate);
    };
    return { slow, release, underWay: () => waiting.length };
  };

  test('is not recorded when another machine wrote where its predecessor was to stand', async () => {
    const store = openMemoryStore();
    await tally(store)(stream, 'first', 1);
    const { slow, release } = slowStore(store);
    const here = tally(slow);
    const outcomes = [here(stream, 'second', 2), here(stream, 'third', 3)];
    await new Promise(setImmediate);
    await tally(store)(stream, 'of another machine', 10);
    await release();
    await release();
    expect(await Promise.all(outcomes)).toMatchObject([{ kind: 'raced' }, { kind: 'raced' }]);
    expect(await eventsIn(store, stream)).toBe(2);
  });

  test('is appended after it, in turn, where no other machine writes', async () => {
    const store = openMemoryStore();
    const { slow, release, underWay } = slowStore(store);
    const here = tally(slow);
    const outcomes = Promise.all([here(stream, 'first', 2), here(stream, 'second', 3)]);
    await new Promise(setImmediate);
    expect(underWay()).toBe(1);
    await release();
    expect(underWay()).toBe(1);
    await release();
    expect(await outcomes).toMatchObject([{ revision: 0n }, { revision: 1n }]);
  });
});
