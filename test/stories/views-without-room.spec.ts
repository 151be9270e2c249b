import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { firstValueFrom, filter } from 'rxjs';
import { loadDemo } from '#importers/demo/load-demo';
import { openLedger, VIEWS_FILE } from '#wiring/ledger';
import { startDemoApi } from '../support/demo-api.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** What `readyz` answers, and what the page of figures does. */
const asked = async ({ get }: Awaited<ReturnType<typeof startDemoApi>>) => ({
  readiness: (await (await get('/readyz')).json()) as { ready: boolean; stalled?: string },
  balances: (await get('/api/v1/balances')).status,
});

test('given views that cannot be written, the ledger takes events, answers, says why, and catches up by itself', async () => {
  const demo = await startDemoApi();
  const { views, directory } = demo.ledger;
  const before = views.position();
  const other = new DatabaseSync(join(directory, VIEWS_FILE));
  other.exec('BEGIN IMMEDIATE');

  const body = { occurredOn: '2024-12-30', kind: 'enterprise', name: '新公司' };
  const written = await demo.post('/api/v1/payees', body);
  expect(written.status).toBe(201);
  const { position } = (await written.json()) as { position: number };
  expect(await views.waitFor(position, 200)).toBe(false);
  expect(await asked(demo)).toMatchObject({
    readiness: { ready: false, stalled: 'database is locked' },
    balances: 200,
  });
  expect(views.position()).toBe(before);

  const caughtUp = firstValueFrom(views.commits.pipe(filter((at) => at >= position)));
  other.exec('ROLLBACK');
  other.close();
  await caughtUp;
  expect((await asked(demo)).readiness).toMatchObject({ ready: true });
  const live = views.digest();
  await views.rebuild();
  expect(views.digest()).toEqual(live);
  await demo.close();
});

test('given a ledger that was closed meanwhile, nothing of it is missing when it is opened again', async () => {
  const { directory, remove } = temporaryDirectory();
  const first = await openLedger({ directory });
  await first.views.waitFor(0, 0);
  const other = new DatabaseSync(join(directory, VIEWS_FILE));
  other.exec('BEGIN IMMEDIATE');
  await loadDemo(first, () => undefined);
  await first.close();
  other.exec('ROLLBACK');
  other.close();
  const second = await openLedger({ directory });
  const live = second.views.digest();
  await second.views.rebuild();
  expect(second.views.digest()).toEqual(live);
  expect(second.views.position()).toBe(Number(await second.log.head()));
  await second.close();
  remove();
});
