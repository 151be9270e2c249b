import { expect, test } from '@jest/globals';
import { withdrawNotice } from '#application/notices/withdraw-notice';
import { createWorker, resumeWork } from '#application/work/worker';
import { createExecutor } from '#application/commands/execute';
import { openMemoryStore } from '#event-store/memory-store';
import type { EventStore } from '#event-store/port';
import { openViews } from '#projections/open-views';
import { allocations } from '#projections/allocation-register/query';
import { clerk } from '../ledger/given.ts';
import { county, dyingAfter, Killed } from './given.ts';

const NOW = '2024-12-31T00:00:00.000Z';
const FUNDS = ['fund0', 'fund1', 'fund2', 'fund3'];

const opened = async (store: EventStore) => {
  const views = openViews({ file: ':memory:', store });
  await views.catchUp();
  const execute = createExecutor(store, () => NOW);
  return { store, execute, carryOut: createWorker(store, execute), views };
};

const withdraw = async (store: EventStore, ledger: Awaited<ReturnType<typeof opened>>) =>
  withdrawNotice(
    { ...ledger, store },
    {
      entry: 'http',
      actor: clerk,
      noticeId: 'notice',
      key: 'withdraw',
      occurredOn: '2024-06-10',
      reason: '重复',
      isTakeBack: false,
    },
  );

const statuses = async (store: EventStore) => {
  const { views } = await opened(store);
  const { lines } = allocations(views.db);
  await views.close();
  return FUNDS.map((id) => lines.find(({ allocationId }) => allocationId === id)?.status);
};

const AFTER = ['open', 'open', 'void', 'void'];

test.each([0, 1, 2])(
  'a withdrawal that is killed after %i appends is as if never asked for, or done after the next start',
  async (appends) => {
    const store = await county();
    const dying = await opened(dyingAfter(store, appends));
    await expect(withdraw(dying.store, dying)).rejects.toThrow(Killed);
    const { views, carryOut } = await opened(store);
    await resumeWork(views.db, carryOut);
    expect(await statuses(store)).toEqual(appends === 0 ? FUNDS.map(() => 'open') : AFTER);
    await views.close();
    const again = await opened(store);
    const result = await withdraw(store, again);
    expect(result).toMatchObject({
      kind: 'withdrawn',
      voided: [{ allocationId: 'fund2' }, { allocationId: 'fund3' }],
      kept: [{ allocationId: 'fund0' }, { allocationId: 'fund1' }],
    });
    expect(await statuses(store)).toEqual(AFTER);
  },
);

test('rows are voided on the day of the withdrawal, not on that of the notice', async () => {
  const store = await county();
  await withdraw(store, await opened(store));
  const days: (string | undefined)[] = [];
  for await (const { type, meta } of store.readStream('fund-fund2')) {
    if (type === 'AllocationVoided') days.push(meta['occurredOn']);
  }
  expect(days).toEqual(['2024-06-10']);
});

test('a row whose money goes back after the withdrawal is not voided by a later start', async () => {
  const store = await county();
  const ledger = await opened(store);
  await withdraw(store, ledger);
  const recalled = await ledger.execute(
    {
      type: 'RecallFunds',
      data: { allocationId: 'fund0', amountFen: 30n, from: 'treasury', approval: '甲' },
    },
    { commandId: '0197a000-0000-7000-8000-000000000077', actor: clerk, occurredOn: '2024-06-11' },
  );
  expect(recalled.kind).toBe('happened');
  const { views, carryOut } = await opened(store);
  expect(await resumeWork(views.db, carryOut)).toEqual([]);
  expect(await statuses(store)).toEqual(AFTER);
});

test('a notice that was never issued is not withdrawn', async () => {
  const store = openMemoryStore();
  expect(await withdraw(store, await opened(store))).toMatchObject({
    kind: 'refused',
    code: 'notice-not-issued',
  });
});
