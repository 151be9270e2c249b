import { beforeEach, describe, expect, test } from '@jest/globals';
import type { NotRecorded } from '#application/commands/command-result';
import type { Execute } from '#application/commands/envelope';
import { createExecutor } from '#application/commands/execute';
import { issueCommands, type ReadRequest } from '#application/commands/issue-commands';
import { commandIdOf } from '#event-codec/ids';
import { openMemoryStore } from '#event-store/memory-store';
import type { EventStore, RecordedEvent } from '#event-store/port';
import type { Actor } from '#ledger/context';
import { clerk, finance } from '../ledger/given.ts';

const occurredOn = '2024-06-03';
const instant = '2024-06-03T02:00:00.000Z';

const registering = (
  key: string,
  ...names: readonly string[]
): (() => ReadRequest<'RegisterPlace'>) => {
  return () => ({
    key,
    occurredOn,
    build: ({ idFor }) =>
      names.map((name) => ({
        type: 'RegisterPlace',
        data: { placeId: idFor(name), level: 'county', name, validFrom: occurredOn },
      })),
  });
};

describe('asking the ledger for something', () => {
  let store: EventStore;
  let execute: Execute;

  beforeEach(() => {
    store = openMemoryStore();
    execute = createExecutor(store, () => instant);
  });

  const ask = (
    read: () => ReadRequest<'RegisterPlace'>,
    actor: Actor = clerk,
    entry: 'http' | 'mz' = 'http',
  ) => issueCommands(execute, { entry, actor, type: 'RegisterPlace', read });
  const events = async (): Promise<readonly RecordedEvent[]> => {
    const all: RecordedEvent[] = [];
    for await (const event of store.readAll()) all.push(event);
    return all;
  };

  test('records what was asked for and names what a later command will name', async () => {
    const result = await ask(registering('k', '野狐涧'));
    const [event] = await events();
    const placeId = commandIdOf('http', clerk.id, 'k', '野狐涧');
    expect(event?.data).toMatchObject({ placeId });
    expect(result).toEqual({
      kind: 'recorded',
      recorded: [
        {
          outcome: 'happened',
          type: 'RegisterPlace',
          stream: `place-${placeId}`,
          revision: 0,
          position: 1,
          ids: { placeId },
        },
      ],
    });
  });

  test('with the same key is answered as before and recorded once', async () => {
    const first = await ask(registering('k', '野狐涧'));
    const again = await ask(registering('k', '野狐涧'));
    if (first.kind !== 'recorded') throw new Error('It was recorded.');
    const recorded = first.recorded.map((one) => ({ ...one, outcome: 'repeated' }));
    expect(again).toEqual({ kind: 'recorded', recorded });
    expect(await events()).toHaveLength(1);
  });

  test('with the same key over HTTP and by mz is two commands', async () => {
    await ask(registering('k', '野狐涧'), clerk, 'http');
    await ask(registering('k', '西野狐涧'), clerk, 'mz');
    expect(new Set((await events()).map(({ id }) => id)).size).toBe(2);
  });

  test('without permission reads nothing and says which roles may', async () => {
    const read = () => {
      throw new Error('This was read.');
    };
    expect(await ask(read, finance)).toEqual({
      kind: 'not-permitted',
      code: 'role-may-not',
      sentence: {
        zh: '角色 finance 不能做 RegisterPlace;可以做的角色是 administrator、clerk。',
        en: 'The role finance may not RegisterPlace; administrator、clerk may.',
      },
    });
  });

  test('for several things keeps them together in the log', async () => {
    expect(await ask(registering('k', '朔城区', '平鲁区'))).toMatchObject({
      recorded: [{ position: 1 }, { position: 2 }],
    });
    const [one, other] = await events();
    expect(one?.meta['correlationId']).toBe(other?.meta['correlationId']);
    expect(one?.meta['commandId']).not.toBe(other?.meta['commandId']);
  });

  test('ends at the first that is refused, with the sentence of the refusal', async () => {
    const twice = registering('k', '朔城区', '朔城区', '平鲁区');
    const refused = await ask(twice);
    expect(refused).toMatchObject({ kind: 'refused', code: 'place-already-registered' });
    expect(await events()).toHaveLength(1);
  });

  test('records nothing where the request says why there is no command', async () => {
    const sentence = { zh: '不行', en: 'no' };
    const reason: NotRecorded = {
      kind: 'conflicting',
      code: 'same-key-different-content',
      sentence,
    };
    const read = () => ({ key: 'k', occurredOn, build: () => reason });
    expect(await ask(read)).toBe(reason);
    expect(await events()).toEqual([]);
  });

  test.each([
    ['http', 'Idempotency-Key'],
    ['mz', '--key'],
  ] as const)('by %s calls the key %s in its answers', async (entry, keyName) => {
    await ask(registering('k', '野狐涧'), clerk, entry);
    const other = { ...registering('k', '野狐涧')(), occurredOn: '2024-06-02' };
    expect(await ask(() => other, clerk, entry)).toEqual({
      kind: 'conflicting',
      code: 'same-key-different-content',
      sentence: {
        zh: `这个 ${keyName} 已用于另一件事,原记录不变。`,
        en: `This ${keyName} was used for something else; what was recorded stays.`,
      },
    });
  });

  test('that meets another revision than the one stated is stale', async () => {
    await ask(registering('k', '野狐涧'));
    const stated = { ...registering('k', '野狐涧')(), ifRevision: 7n };
    expect(await ask(() => ({ ...stated, key: 'other' }))).toMatchObject({
      kind: 'stale',
      code: 'revision-has-moved-on',
    });
  });

  test('of a store that does not confirm answers that asking again is safe', async () => {
    const failure = { kind: 'unavailable', outcome: 'unknown', reason: 'full' } as const;
    execute = createExecutor({ ...store, append: () => Promise.resolve(failure) }, () => instant);
    expect(await ask(registering('k', '野狐涧'))).toMatchObject({
      kind: 'failed',
      code: 'store-unavailable',
      failure,
      sentence: {
        en: 'The store did not confirm; retrying with the same Idempotency-Key is safe.',
      },
    });
  });
});
