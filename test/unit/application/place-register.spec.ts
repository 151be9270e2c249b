import { beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Execute } from '#application/commands/envelope';
import { createExecutor } from '#application/commands/execute';
import { openMemoryStore } from '#event-store/memory-store';
import type { EventStore } from '#event-store/port';
import type { LedgerCommand } from '#ledger/ledger-events';
import { openViews } from '#projections/open-views';
import { mergersInCircles } from '#projections/place-directory/query';
import { clerk } from '../ledger/given.ts';

const place = (placeId: string, name: string, parentId?: string): LedgerCommand => ({
  type: 'RegisterPlace',
  data: {
    ...{ placeId, name, level: parentId === undefined ? 'county' : 'town' },
    validFrom: '2024-01-01',
    ...(parentId === undefined ? {} : { parentId }),
  },
});

const merge = (placeId: string, intoPlaceId: string): LedgerCommand => ({
  type: 'MergePlace',
  data: { placeId, intoPlaceId },
});

let store: EventStore;
const node = (): Execute => createExecutor(store, () => '2024-06-03T02:00:00.000Z');

const ask = async (execute: Execute, command: LedgerCommand): Promise<string> => {
  const asked = { commandId: randomUUID(), actor: clerk, occurredOn: '2024-06-03' };
  const outcome = await execute(command, asked);
  return outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;
};

beforeEach(async () => {
  store = openMemoryStore();
  const execute = node();
  await ask(execute, place('county', '柳县'));
  await ask(execute, place('a', '甲镇', 'county'));
  await ask(execute, place('b', '乙镇', 'county'));
});

describe('commands on places', () => {
  test('asked at once in one process take turns: of eight places with one name, one is registered', async () => {
    const execute = node();
    const names = Array.from({ length: 8 }, (_, n) => place(`town-${n}`, '新镇', 'county'));
    const answers = await Promise.all(names.map((command) => ask(execute, command)));
    const refused = Array.from({ length: 7 }, () => 'place-name-taken');
    expect(answers.toSorted()).toEqual(['happened', ...refused]);
  });

  test('asked at once in one process take turns: of two mergers both ways, one happens', async () => {
    const execute = node();
    const answers = await Promise.all([
      ask(execute, merge('a', 'b')),
      ask(execute, merge('b', 'a')),
    ]);
    expect(answers.toSorted()).toEqual(['happened', 'merger-in-circle']);
  });

  test('are judged by what another node has recorded, though this node read the places before', async () => {
    const [one, two] = [node(), node()];
    const rename = (placeId: string, name: string): LedgerCommand => ({
      type: 'RenamePlace',
      data: { placeId, name },
    });
    expect(await ask(two, rename('b', '丙镇'))).toBe('happened');
    expect(await ask(one, merge('b', 'a'))).toBe('happened');
    expect(await ask(two, merge('a', 'b'))).toBe('merger-in-circle');
    expect(await ask(one, place('c', '丁镇', 'county'))).toBe('happened');
    expect(await ask(two, rename('a', '丁镇'))).toBe('place-name-taken');
  });

  test('of two nodes at the same moment may close a circle, and no view is halted', async () => {
    const [one, two] = [node(), node()];
    const answers = await Promise.all([ask(one, merge('a', 'b')), ask(two, merge('b', 'a'))]);
    expect(answers).toEqual(['happened', 'happened']);
    const views = openViews({ file: ':memory:', store });
    await views.catchUp();
    expect(views.status().filter(({ halted }) => halted !== undefined)).toEqual([]);
    expect(mergersInCircles(views.db)).toMatchObject([{ name: '乙镇', intoName: '甲镇' }]);
    await views.close();
  });
});
