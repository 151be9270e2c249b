import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createApi, type Api } from '#api/create-api';
import { openTokens } from '#application/access/tokens';
import { USUAL_TIMING } from '#event-store-esdb/timing';
import { openLedger, type Ledger } from '#wiring/ledger';
import { filter, firstValueFrom } from 'rxjs';
import { startDouble, type EsdbDouble } from '../../support/esdb-double/double.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
const logged: string[] = [];
let double: EsdbDouble;
let ledger: Ledger;
let api: Api;
let address: string;
let authorization: string;

beforeAll(async () => {
  double = await startDouble({ nodes: 3 });
  const timing = { ...USUAL_TIMING, patienceMs: 3_600_000, refusalMs: 20, leaderProbeMs: 10 };
  ledger = await openLedger({ directory, address: double.clusterAddress, timing });
  api = await createApi(ledger);
  Logger.overrideLogger({
    log: (line: string) => logged.push(line),
    warn: (line: string) => logged.push(line),
    error: (line: string) => logged.push(line),
  });
  address = await api.listen(0, '127.0.0.1');
  const tokens = await openTokens(directory);
  const actor = { id: '王五', organisation: '财政局', role: 'administrator' } as const;
  authorization = `Bearer ${await tokens.issue({ actor, expiresIn: '7 days' })}`;
});
afterAll(async () => {
  Logger.overrideLogger(false);
  await api.close();
  await ledger.close();
  await double.stop();
  remove();
});

let keys = 0;
const record = () =>
  fetch(`${address}/api/v1/places`, {
    method: 'POST',
    headers: {
      authorization,
      'content-type': 'application/json',
      'idempotency-key': `place-${(keys += 1)}`,
    },
    body: JSON.stringify({ occurredOn: '2024-06-03', name: '北曹村', level: 'village' }),
  });

const readiness = async (path = '/readyz') => {
  const answer = await fetch(address + path);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

test('while nothing can be written, commands and readiness say so at once, and the log says it once', async () => {
  expect(await readiness()).toMatchObject({ status: 200, body: { ready: true } });
  const known = firstValueFrom(ledger.outages.outages.pipe(filter((it) => it !== undefined)));
  logged.length = 0;
  double.loseMajority();
  const { en, zh } = (await known) ?? {};
  for (let n = 0; n < 6; n++) {
    const answer = await record();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  }
  expect(await readiness()).toMatchObject({
    status: 503,
    body: { ready: false, unwritable: { en, zh } },
  });
  expect(await readiness('/readyz/reading')).toMatchObject({ status: 200, body: { ready: true } });
  expect(logged).toEqual([`${en} ${zh}`]);
  double.regainMajority();
  await firstValueFrom(ledger.outages.outages.pipe(filter((it) => it === undefined)));
  expect(logged).toHaveLength(2);
});

test('a copy that lags beyond the limit is not ready, and says since when', async () => {
  const lag = ledger.replicationLag;
  Object.assign(ledger, { replicationLag: () => ({ lagMs: 160_000, fault: undefined }) });
  const answer = await readiness();
  Object.assign(ledger, { replicationLag: lag });
  expect(answer).toMatchObject({
    status: 503,
    body: { ready: false, lagMs: 160_000, unwritable: { zh: expect.stringContaining('160 秒') } },
  });
});
