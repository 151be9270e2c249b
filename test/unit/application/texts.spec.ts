import { expect, test } from '@jest/globals';
import { createExecutor } from '#application/commands/execute';
import { soundActor } from '#application/access/sound-actor';
import { idOf } from '#event-codec/ids';
import { openMemoryStore } from '#event-store/memory-store';
import type { LedgerCommand } from '#ledger/ledger-events';
import { clerk } from '../ledger/given.ts';

const NOW = '2024-07-01T00:00:00.000Z';
const asked = { commandId: idOf('texts', '1'), actor: clerk, occurredOn: '2024-06-01' };
const cooperative = (name: string): LedgerCommand => ({
  type: 'RegisterPayee',
  data: { payeeId: 'payee', kind: 'cooperative', name },
});

test('given a text with half a character, the command is refused with its place, and nothing is recorded', async () => {
  const store = openMemoryStore();
  const execute = createExecutor(store, () => NOW);
  expect(await execute(cooperative('甲\uD83C社'), asked)).toEqual({
    kind: 'refused',
    refusal: { code: 'text-unsound', faults: [{ at: '/name', fault: 'half-a-character' }] },
  });
  expect(await store.head()).toBeUndefined();
});

test('given a text with space around it, what is recorded has none, and the same without is the same again', async () => {
  const store = openMemoryStore();
  const execute = createExecutor(store, () => NOW);
  expect(await execute(cooperative(' 甲社　'), asked)).toMatchObject({ kind: 'happened' });
  expect(await execute(cooperative('甲社'), asked)).toMatchObject({ kind: 'repeated' });
  for await (const { data } of store.readAll()) expect(data).toMatchObject({ name: '甲社' });
});

test('given a request of 赵, the same person under another spelling may not approve it', () => {
  const spelled = (id: string) => soundActor({ ...clerk, id });
  expect(spelled(' 赵 ')).toEqual(spelled('赵'));
  expect(spelled('e\u0301')).toEqual(spelled('é'));
});

test.each(['', ' ', '\u200E', '王\n五', '13800138000'])('a person is not called “%s”', (id) => {
  expect(soundActor({ ...clerk, id })).toEqual({ kind: 'unsound' });
});
