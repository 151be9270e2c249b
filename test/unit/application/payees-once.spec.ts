import { beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Execute } from '#application/commands/envelope';
import { createExecutor } from '#application/commands/execute';
import { issueCommands } from '#application/commands/issue-commands';
import { commandIdOf } from '#event-codec/ids';
import { openMemoryStore } from '#event-store/memory-store';
import type { EventStore } from '#event-store/port';
import { describedBy } from '#ledger/payee/known-payees';
import type { PayeeIdentity } from '#ledger/payee/payee-events';
import { finance } from '../ledger/given.ts';

const instant = '2024-06-03T02:00:00.000Z';
const occurredOn = '2024-06-03';
const CODES = ['91350100M000100Y43', '91310000MA1FL7HR1N'] as const;

type Described = Omit<PayeeIdentity, 'payeeId'>;
const builder: Described = { kind: 'enterprise', name: '示例施工队(有限公司)' };

let store: EventStore;
let execute: Execute;
beforeEach(() => {
  store = openMemoryStore();
  execute = createExecutor(store, () => instant);
});

const register = (payee: Described, key: string = randomUUID(), by: Execute = execute) =>
  issueCommands(by, {
    entry: 'http',
    actor: finance,
    type: 'RegisterPayee',
    read: () => ({
      key,
      occurredOn,
      build: ({ idFor, ownIdFor }) => {
        const description = describedBy(payee);
        const payeeId = description === undefined ? idFor('payee') : ownIdFor('payee', description);
        return [{ type: 'RegisterPayee', data: { payeeId, ...payee } }];
      },
    }),
  });
const idOf = (result: Awaited<ReturnType<typeof register>>): string =>
  result.kind === 'recorded' ? (result.recorded[0]?.ids['payeeId'] ?? '') : '';
const payeesIn = async (): Promise<number> => {
  let count = 0;
  for await (const { type } of store.readAll()) if (type === 'PayeeRegistered') count += 1;
  return count;
};

describe('an organisation that is registered', () => {
  test.each<[string, Described, Described]>([
    ['under the same name', builder, builder],
    [
      'with other brackets and spaces',
      builder,
      { ...builder, name: ' 示例施工队\uFF08有限公司\uFF09 ' },
    ],
    ['with its credit code now', builder, { ...builder, creditCode: CODES[0] }],
    ['without its credit code now', { ...builder, creditCode: CODES[0] }, builder],
    [
      'under another name with its credit code',
      { ...builder, creditCode: CODES[0] },
      { ...builder, name: '示例建设', creditCode: CODES[0] },
    ],
    [
      'as another kind with its credit code',
      { ...builder, creditCode: CODES[0] },
      { ...builder, kind: 'cooperative', creditCode: CODES[0] },
    ],
  ])('once more %s is refused with the one that there is', async (_how, first, second) => {
    const payeeId = idOf(await register(first));
    const again = await register(second);
    expect(again).toMatchObject({ kind: 'refused', code: 'payee-already-registered' });
    if (again.kind === 'recorded') throw new Error('It was refused.');
    expect(again.sentence.zh).toContain(`示例施工队`);
    expect(again.sentence.zh).toContain(payeeId);
    expect(await payeesIn()).toBe(1);
  });

  test.each<[string, Described]>([
    ['of another kind and no credit code', { ...builder, kind: 'cooperative' }],
    ['of another name', { ...builder, name: '示例建设' }],
  ])('leaves one %s to be registered', async (_which, other) => {
    await register(builder);
    expect(await register(other)).toMatchObject({ kind: 'recorded' });
  });

  test('leaves one of its name with another credit code to be registered', async () => {
    await register({ ...builder, creditCode: CODES[0] });
    expect(await register({ ...builder, creditCode: CODES[1] })).toMatchObject({
      kind: 'recorded',
    });
  });

  test('on two machines at once is one', async () => {
    const machines = [createExecutor(store, () => instant), createExecutor(store, () => instant)];
    const answers = await Promise.all(machines.map((by) => register(builder, randomUUID(), by)));
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['recorded', 'refused']);
    expect(await payeesIn()).toBe(1);
  });

  test('with a key that an earlier release was given is answered as that release did', async () => {
    const formerIdFor = (what: string) => commandIdOf('http', finance.id, 'k', what);
    const payeeId = formerIdFor('payee');
    const by = { actor: finance, occurredOn, correlationId: formerIdFor('correlation') };
    const commandId = formerIdFor('command 0');
    await execute({ type: 'RegisterPayee', data: { payeeId, ...builder } }, { ...by, commandId });
    expect(await register(builder, 'k')).toMatchObject({
      recorded: [{ outcome: 'repeated', ids: { payeeId } }],
    });
  });

  test('is not renamed to what another is called, and its new name is taken', async () => {
    await register(builder);
    const payeeId = idOf(await register({ ...builder, name: '示例建设' }));
    const asked = () => ({ commandId: randomUUID(), actor: finance, occurredOn });
    expect(
      await execute({ type: 'ChangePayee', data: { payeeId, ...builder } }, asked()),
    ).toMatchObject({ refusal: { code: 'payee-already-registered', name: builder.name } });
    const renamed = { ...builder, name: '示例路桥' };
    expect(
      await execute({ type: 'ChangePayee', data: { payeeId, ...renamed } }, asked()),
    ).toMatchObject({ kind: 'happened' });
    expect(await register(renamed)).toMatchObject({ code: 'payee-already-registered' });
  });
});

test('persons are never taken for each other', async () => {
  const person: Described = { kind: 'person', commitment: 'a'.repeat(64) };
  expect(await register(person)).toMatchObject({ kind: 'recorded' });
  expect(await register(person)).toMatchObject({ kind: 'recorded' });
  expect(await payeesIn()).toBe(2);
});
