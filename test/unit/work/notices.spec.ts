import { expect, test } from '@jest/globals';
import { createExecutor } from '#application/commands/execute';
import { createWorker } from '#application/work/worker';
import { openMemoryStore } from '#event-store/memory-store';
import type { EventStore } from '#event-store/port';
import { importPlan } from '#importers/plan/import-plan';
import { openViews } from '#projections/open-views';
import { allocations } from '#projections/allocation-register/query';
import { planOf, GIVEN } from '../importers/given-csv.ts';
import { beginning } from '../../support/histories.ts';
import { clerk } from '../ledger/given.ts';
import { asked, booksOf, dyingAfter, Killed, start } from './given.ts';

const NOW = '2024-12-31T00:00:00.000Z';

const importInto = async (store: EventStore): Promise<void> => {
  const plan = planOf(GIVEN.join('\n'));
  if (plan.kind === 'faulty') throw new Error('The plan that is given is sound.');
  const execute = createExecutor(store, () => NOW);
  const target = { store, execute, carryOut: createWorker(store, execute) };
  try {
    await importPlan(plan.value, target, clerk);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
};

const allocated = async (store: EventStore): Promise<readonly number[]> => {
  const views = openViews({ file: ':memory:', store });
  await views.catchUp();
  const { lines } = allocations(views.db, { limit: 100 });
  await views.close();
  return lines.map(({ allocatedFen }) => allocatedFen);
};

test('an import that is killed at any append has, after the next start, all rows of its notice or none', async () => {
  const whole = openMemoryStore();
  await importInto(whole);
  const rows = await allocated(whole);
  const appends = Number(await whole.head());
  expect(rows.length).toBeGreaterThan(1);
  const found = new Set<number>();
  for (let before = 0; before <= appends; before++) {
    const store = openMemoryStore();
    await importInto(dyingAfter(store, before));
    await start(store);
    const after = await allocated(store);
    found.add(after.length);
    if (after.length > 0) expect(after).toEqual(rows);
    expect(await start(store)).toEqual([]);
  }
  expect(found).toEqual(new Set([0, rows.length]));
});

test('rows of a notice that was withdrawn, or that are allocated under another id, are left alone', async () => {
  const store = openMemoryStore();
  const execute = createExecutor(store, () => NOW);
  // The rows of this notice are allocated under ids of their own.
  for (const [n, command] of beginning().entries()) await execute(command, asked(`beginning ${n}`));
  const before = await booksOf(store);
  expect(await start(store)).toEqual([]);
  expect(await booksOf(store)).toEqual(before);
  const other = openMemoryStore();
  await importInto(dyingAfter(other, 4));
  const withdraw = createExecutor(other, () => NOW);
  const noticeId = await noticeIn(other);
  const command = { type: 'WithdrawNotice', data: { noticeId, reason: '误' } } as const;
  expect((await withdraw(command, asked('withdrawal'))).kind).toBe('happened');
  const rows = await allocated(other);
  expect(await start(other)).toEqual([]);
  expect(await allocated(other)).toEqual(rows);
});

const noticeIn = async (store: EventStore): Promise<string> => {
  for await (const { stream, type } of store.readAll()) {
    if (type === 'NoticeIssued') return stream.slice('notice-'.length);
  }
  throw new Error('No notice was issued.');
};
