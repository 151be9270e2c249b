import { beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Execute } from '#application/commands/envelope';
import { createExecutor } from '#application/commands/execute';
import { issueCommands, type CommandIds } from '#application/commands/issue-commands';
import { KeysInUse } from '#application/commands/keys-in-use';
import { commandIdOf } from '#event-codec/ids';
import { openMemoryStore } from '#event-store/memory-store';
import type { EventStore, RecordedEvent } from '#event-store/port';
import type { FundCommand } from '#ledger/fund/fund-commands';
import { usesOfKey } from '#projections/keys/query';
import { keysView } from '#projections/keys/view';
import { openViews } from '#projections/open-views';
import { allocation, statementPayment, yuan } from '../ledger/fund-examples.ts';
import { finance } from '../ledger/given.ts';
import { givenCounty } from './county.ts';

const instant = '2024-06-03T02:00:00.000Z';
const occurredOn = '2024-06-03';

type Built = (ids: CommandIds) => readonly FundCommand[];

const arrival =
  (allocationId: string, amount = 1): Built =>
  () => [{ type: 'ReceiveFunds', data: { allocationId, amountFen: yuan(amount) } }];

const payment =
  (allocationId: string): Built =>
  ({ idFor }) => [
    {
      type: 'DisburseFunds',
      data: {
        ...{ ...statementPayment(10), voucher: `zf-${allocationId}` },
        ...{ allocationId, paymentId: idFor('payment', allocationId) },
      },
    },
  ];

/** Two that belong together. */
const both =
  (...allocationIds: readonly string[]): Built =>
  (ids) =>
    allocationIds.flatMap((allocationId) => arrival(allocationId)(ids));

describe('a key', () => {
  let store: EventStore;
  let execute: Execute;
  let before: number;
  beforeEach(async () => {
    store = openMemoryStore();
    execute = createExecutor(store, () => instant);
    await givenCounty(execute, ['greenhouse', 'orchard']);
    before = (await events()).length;
  });

  const events = async (): Promise<readonly RecordedEvent[]> => {
    const all: RecordedEvent[] = [];
    for await (const event of store.readAll()) all.push(event);
    return all.filter(({ stream }) => !stream.startsWith('voucher-'));
  };
  const recorded = async () => (await events()).slice(before);
  const ask = async (build: Built, by: Execute = execute) => {
    const [command] = build({ idFor: () => '', ownIdFor: () => '' });
    if (command === undefined) throw new Error('Something is asked for.');
    return issueCommands(by, {
      entry: 'http',
      actor: finance,
      type: command.type,
      // Builders of one type build commands of that type.
      read: () => ({ key: 'k', occurredOn, build: (ids) => build(ids) }),
    });
  };
  /** The ids that earlier releases gave: from the key alone. */
  const formerIdFor = (what: string) => commandIdOf('http', finance.id, 'k', what);
  const former: CommandIds = { idFor: formerIdFor, ownIdFor: formerIdFor };
  /** What an earlier release recorded for the first command of a request. */
  const recordedFormerly = async (build: Built): Promise<void> => {
    const [command] = build(former);
    if (command === undefined) throw new Error('Something is asked for.');
    const [commandId, correlationId] = [former.idFor('command 0'), former.idFor('correlation')];
    const by = { commandId, actor: finance, occurredOn, correlationId };
    expect(await execute(command, by)).toMatchObject({ kind: 'happened' });
  };
  /** A process that starts now and has its views caught up. */
  const restarted = async (): Promise<Execute> => {
    const views = openViews({ file: ':memory:', store, views: [keysView] });
    await views.catchUp();
    const keys = new KeysInUse((correlationId) => usesOfKey(views.db, correlationId));
    return createExecutor(store, () => instant, { keys });
  };
  const conflict = { kind: 'conflicting', code: 'same-key-different-content' };

  test('used again for the same thing answers as before', async () => {
    await ask(payment('greenhouse'));
    expect(await ask(payment('greenhouse'))).toMatchObject({ recorded: [{ outcome: 'repeated' }] });
    expect(await recorded()).toHaveLength(1);
  });

  test.each([
    ['for another allocation', arrival('orchard')],
    ['for another amount', arrival('greenhouse', 2)],
    ['for something else of the same allocation', payment('greenhouse')],
    ['for something else of another allocation', payment('orchard')],
  ])(
    'used again %s is a conflict, in the same process and after a restart',
    async (_how, other) => {
      await ask(arrival('greenhouse'));
      expect(await ask(other)).toMatchObject(conflict);
      expect(await ask(other, await restarted())).toMatchObject(conflict);
      expect(await ask(arrival('greenhouse'), await restarted())).toMatchObject({
        recorded: [{ outcome: 'repeated' }],
      });
      expect(await recorded()).toHaveLength(1);
    },
  );

  test('of two that belong together, used again in another order, is a conflict', async () => {
    await ask(both('greenhouse', 'orchard'));
    expect(await ask(both('orchard', 'greenhouse'))).toMatchObject(conflict);
    expect(await ask(both('greenhouse', 'orchard'))).toMatchObject({
      recorded: [{ outcome: 'repeated' }, { outcome: 'repeated' }],
    });
    expect(await recorded()).toHaveLength(2);
  });

  test('used for two allocations at the same time is used for one', async () => {
    const answers = await Promise.all([ask(arrival('greenhouse')), ask(arrival('orchard'))]);
    expect(answers).toMatchObject([{ kind: 'recorded' }, conflict]);
    expect(await recorded()).toHaveLength(1);
  });

  test('whose command was refused and left nothing may be used for something else', async () => {
    expect(await ask(arrival('greenhouse', 9_000_000))).toMatchObject({ kind: 'refused' });
    expect(await ask(arrival('orchard'))).toMatchObject({ kind: 'recorded' });
  });

  test('used on two machines at once for two allocations names two payments', async () => {
    const [one, other] = [
      createExecutor(store, () => instant),
      createExecutor(store, () => instant),
    ];
    await ask(payment('greenhouse'), one);
    await ask(payment('orchard'), other);
    const paid = (await recorded()).filter(({ type }) => type === 'FundsDisbursed');
    expect(new Set(paid.map(({ data }) => data['paymentId'])).size).toBe(2);
    expect(new Set(paid.map(({ id }) => id)).size).toBe(2);
  });

  describe('that an earlier release was given', () => {
    test('for a payment is recognised: it is not paid again', async () => {
      await recordedFormerly(payment('greenhouse'));
      const paymentId = former.idFor('payment');
      for (const by of [execute, await restarted()]) {
        expect(await ask(payment('greenhouse'), by)).toMatchObject({
          recorded: [{ outcome: 'repeated', ids: { paymentId } }],
        });
      }
      expect(await recorded()).toHaveLength(1);
    });

    test('for other content is a conflict', async () => {
      await recordedFormerly(arrival('greenhouse'));
      expect(await ask(arrival('greenhouse', 2))).toMatchObject(conflict);
    });

    test('for another allocation is a conflict', async () => {
      await recordedFormerly(arrival('greenhouse'));
      expect(await ask(arrival('orchard'), await restarted())).toMatchObject(conflict);
    });

    test('for two allocations is recognised on both', async () => {
      await recordedFormerly(arrival('greenhouse'));
      await recordedFormerly(arrival('orchard'));
      const by = await restarted();
      expect(await ask(arrival('greenhouse'), by)).toMatchObject({ kind: 'recorded' });
      expect(await ask(arrival('orchard'), by)).toMatchObject({ kind: 'recorded' });
      expect(await recorded()).toHaveLength(2);
    });

    test('for two that belong together, of which it recorded one, goes on under the ids of that release', async () => {
      await recordedFormerly(both('greenhouse', 'orchard'));
      expect(await ask(both('greenhouse', 'orchard'))).toMatchObject({
        recorded: [{ outcome: 'repeated' }, { outcome: 'happened' }],
      });
      const ids = (await recorded()).map(({ id }) => id);
      expect(ids).toEqual([former.idFor('command 0'), former.idFor('command 1')]);
    });
  });
});

test('a process without a view of keys knows those it was given', () => {
  const keys = new KeysInUse();
  const use = { stream: `fund-${allocation.allocationId}`, commandId: randomUUID() };
  keys.note('correlation', use);
  expect(keys.isUsedElsewhere('correlation', { uses: [use] })).toBe(false);
  expect(keys.isUsedElsewhere('correlation', { uses: [] })).toBe(true);
  expect(keys.isUsedElsewhere('another', { uses: [] })).toBe(false);
});
