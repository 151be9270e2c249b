import { beforeAll, afterAll, expect, test } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { createApi } from '#api/create-api';
import { openTokens } from '#application/access/tokens';
import { allocations } from '#projections/allocation-register/query';
import { openLedger } from '#wiring/ledger';
import { mz } from '../support/mz.ts';
import { copyDemo } from '../support/shared-ledgers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
const data = ['--data', directory];

/** The demo, and an event that a later release added to it. */
beforeAll(async () => {
  await copyDemo(directory);
  const db = new DatabaseSync(join(directory, 'events.sqlite'));
  db.exec(`INSERT INTO type (number, name) SELECT max(number) + 1, 'ContractSigned' FROM type;
    INSERT INTO event (position, stream, revision, type, id, meta, data, leaf)
    SELECT position + 1, stream, revision + 1, (SELECT max(number) FROM type),
      '01999999-0000-7000-8000-000000000001', meta, '{}', leaf
    FROM event ORDER BY position DESC LIMIT 1`);
  db.close();
});
afterAll(remove);

test('given an event of a later release, what reads it says so and to install that release', async () => {
  const { code, stdout, stderr } = await mz(['journal', ...data]);
  expect([code, stdout]).toEqual([5, '']);
  expect(stderr).toMatch(/^日志第 \d+ 个事件\(ContractSigned, version 1\)由更新的版本写入/);
});

test('given an event of a later release, doctor names it before any view has met it, and after', async () => {
  const before = await mz(['doctor', ...data]);
  expect([before.code, before.stdout]).toEqual([5, expect.stringContaining('ContractSigned')]);
  await mz(['digest', ...data]);
  const after = await mz(['doctor', ...data]);
  expect(after.stdout).toMatch(/视图 village-balance 停在它之前/);
});

test('given an event of a later release, nothing is recorded, and the reason is said', async () => {
  const token = (
    await mz(['token', '--role', 'administrator', '--name', 'li', ...data])
  ).stdout.trim();
  const place = ['place', 'rename', '朔城区/神头镇', '神头街道', '--on', '2024-12-30'];
  const { code, stderr } = await mz([...place, ...data], { MZ_TOKEN: token });
  expect([code, stderr]).toEqual([
    5,
    expect.stringMatching(/^没有记账:日志第 \d+ 个事件\(ContractSigned/),
  ]);
});

test('given an event of a later release, the API says 503 and why: now, about the past, and to a write', async () => {
  const ledger = await openLedger({ directory });
  const api = await createApi(ledger);
  const address = await api.listen(0, '127.0.0.1');
  const tokens = await openTokens(directory);
  const actor = { id: 'li', organisation: '财政局', role: 'finance' } as const;
  const headers = {
    authorization: `Bearer ${await tokens.issue({ actor, expiresIn: '1 hour' })}`,
    'content-type': 'application/json',
    'idempotency-key': 'key-1',
  };
  const ask = async (path: string, body?: unknown) => {
    const method = body === undefined ? 'GET' : 'POST';
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(address + path, { method, headers, ...sent });
    return [answer.status, ((await answer.json()) as { code?: string }).code];
  };
  const { allocationId = '' } = allocations(ledger.views.db).lines[0] ?? {};
  const arrival = { occurredOn: '2024-12-31', amount: '0.01', unit: '元' };
  const head = await ledger.log.head();
  expect(await ask('/api/v1/balances')).toEqual([503, 'view-halted']);
  expect(await ask('/api/v1/balances?asOf=2024-06-30')).toEqual([503, 'newer-release']);
  const before = Number(head) - 1;
  for (const path of ['balances', 'allocations', 'progress', 'ageing']) {
    const at = `/api/v1/${path}${path.includes('?') ? '&' : '?'}position=${before}`;
    expect([path, await ask(at)]).toEqual([path, [200, undefined]]);
  }
  expect(await ask(`/api/v1/allocations/${allocationId}/arrivals`, arrival)).toEqual([
    503,
    'view-halted',
  ]);
  expect(await ask('/readyz')).toEqual([503, undefined]);
  expect(await ledger.log.head()).toBe(head);
  await api.close();
  await ledger.close();
});
