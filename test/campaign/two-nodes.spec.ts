import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_PEOPLE } from '#importers/demo/illustrative-year';
import { loadDemo } from '#importers/demo/load-demo';
import { allocationIdOf, idOf, noticeIdOf } from '#event-codec/ids';
import { REFERENCE_PLAN } from '#importers/demo/reference-notice';
import { openLedger } from '#wiring/ledger';
import { openTokens } from '#application/access/tokens';
import { startDouble, type EsdbDouble } from '../support/esdb-double/double.ts';
import { serveBuilt } from '../support/built-mz.ts';
import type { ServedMz } from '../support/mz.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { followEvents } from '../support/follow-events.ts';

const COMMANDS = 5_000;
const CLIENTS = 32;
const ROWS = 11;

const { directory, remove } = temporaryDirectory();
const keyFile = join(directory, 'signing-key.json');
const env = { MZ_SIGNING_KEY_FILE: keyFile };
const noticeId = noticeIdOf(REFERENCE_PLAN.notice.issuer, '朔区脱贫巩固组〔2024〕2号');
const payeeId = idOf('demo-payee', '朔州市朔城区青红绿农牧有限公司');

let double: EsdbDouble;
const nodes: ServedMz[] = [];
let authorization: string;

beforeAll(async () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(keyFile, JSON.stringify(privateKey.export({ format: 'jwk' })));
  double = await startDouble({ nodes: 3 });
  const address = double.clusterAddress;
  const first = await openLedger({ directory: join(directory, 'first'), address });
  await loadDemo(first, () => undefined);
  await first.close();
  const serve = (name: string) =>
    serveBuilt(['--data', join(directory, name), '--store', address], env);
  for (const name of ['a', 'b']) nodes.push(await serve(name));
  const finance = DEMO_PEOPLE.find(({ role }) => role === 'finance');
  if (finance === undefined) throw new Error('The demo has somebody of finance.');
  const tokens = await openTokens(directory, keyFile);
  authorization = `Bearer ${await tokens.issue({ actor: finance, expiresIn: '1 hour' })}`;
});

afterAll(async () => {
  for (const node of nodes) await node.stop();
  await double.stop();
  remove();
});

const both = (): readonly [ServedMz, ServedMz] => {
  const [a, b] = nodes;
  if (a === undefined || b === undefined) throw new Error('Two nodes were started.');
  return [a, b];
};

const get = (node: ServedMz, path: string): Promise<Response> =>
  fetch(node.address + path, { headers: { authorization } });

const headOf = async (node: ServedMz): Promise<number> => {
  const ready = (await (await get(node, '/readyz')).json()) as { readonly head: number };
  return Number(ready.head);
};

const post = (node: ServedMz, path: string, key: string, body: object): Promise<Response> =>
  fetch(node.address + path, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ occurredOn: '2024-12-30', unit: '元', ...body }),
  });

/** The n-th of a mixture: money arrives, is released, paid and given back; much of it is refused. */
const command = (n: number): readonly [path: string, body: object] => {
  const allocation = `/api/v1/allocations/${allocationIdOf(noticeId, '1', 1 + (n % ROWS))}`;
  const amount = `${1 + (n % 977)}.00`;
  const pay = { amount, payeeId, from: 'treasury', stage: 'progress', voucher: `v-${n}` };
  const mixture: readonly (readonly [string, object])[] = [
    [`${allocation}/payments`, pay],
    [`${allocation}/arrivals`, { amount }],
    [`${allocation}/releases`, { amount, unitName: '乡镇' }],
    [`${allocation}/payments`, { ...pay, from: 'unit' }],
    [`${allocation}/payments`, { ...pay, amount: '90000.00' }],
    [`${allocation}/returns`, { amount: '1.00', from: 'treasury', reason: '结余' }],
  ];
  return mixture[n % mixture.length] ?? [allocation, {}];
};

/** Of this allocation much has not arrived yet, and only the last tests touch it. */
const UNTOUCHED = `/api/v1/allocations/${allocationIdOf(noticeId, '2', 1)}`;
const oneYuan = { amount: '1.00' };

const drive = async (from: number, to: number, statuses: Map<number, number>): Promise<number> => {
  let next = from;
  let newest = 0;
  const client = async (): Promise<void> => {
    while (next < to) {
      const n = (next += 1);
      const [path, body] = command(n);
      const response = await post(both()[n % 2 === 0 ? 0 : 1], path, `command-${n}`, body);
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      const receipt = (await response.json()) as { readonly position?: number };
      newest = Math.max(newest, receipt.position ?? 0);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return newest;
};

describe('two nodes of one ledger', () => {
  test(`of ${COMMANDS} commands that alternate between them, both say the same, nothing is overspent, and a reader of the live stream who moves from one to the other sees every event once`, async () => {
    const [a, b] = both();
    const statuses = new Map<number, number>();
    const begun = double.log.events.length;
    const before = await headOf(a);
    const atFirst = followEvents(a.address, authorization, `${before}`);
    const half = await drive(0, COMMANDS / 2, statuses);
    const seen = await atFirst.until(half);
    // More happens while the reader is on its way to the other node.
    const meanwhile = drive(COMMANDS / 2, COMMANDS, statuses);
    const moved = followEvents(b.address, authorization, String(seen.at(-1)?.position));
    const newest = await meanwhile;

    expect(statuses.get(201)).toBeGreaterThan(COMMANDS / 4);
    expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);

    const head = await headOf(a);
    const all = [...seen, ...(await moved.until(head))];
    expect(newest).toBeLessThanOrEqual(head);
    expect(all.map(({ position }) => position)).toEqual(
      Array.from({ length: head - before }, (_, n) => before + 1 + n),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(head - before);
    expect(double.log.events.length - begun).toBe(head - before);

    const told = await Promise.all(
      nodes.map(async (node) => (await get(node, `/api/v1/balances?waitFor=${head}`)).text()),
    );
    expect(told[0]).toBe(told[1]);
    for (const place of (JSON.parse(told[0] ?? '') as { readonly places: readonly Sums[] })
      .places) {
      expect(place.paidFen + place.returnedFen).toBeLessThanOrEqual(place.arrivedFen);
      expect(Math.min(place.onHandFen, place.unarrivedFen)).toBeGreaterThanOrEqual(0);
    }
  });

  test('whoever wrote through one node finds it on the other by its position', async () => {
    const [a, b] = both();
    for (let n = 0; n < 20; n++) {
      const writer = n % 2 === 0 ? a : b;
      const written = await post(writer, `${UNTOUCHED}/arrivals`, `own-${n}`, oneYuan);
      const { position } = (await written.json()) as { readonly position: number };
      const read = await get(n % 2 === 0 ? b : a, `/api/v1/balances?waitFor=${position}`);
      const { reflects } = (await read.json()) as { readonly reflects: { position: number } };
      expect(reflects.position).toBeGreaterThanOrEqual(position);
    }
  });

  test('the same key asked of both nodes is one thing, and with another body it is none', async () => {
    const path = `${UNTOUCHED}/arrivals`;
    // Both have the stream at hand, as it was before.
    for (const node of nodes) await post(node, path, `hand-${node.address}`, oneYuan);
    const answers = [];
    for (const node of nodes) answers.push(await post(node, path, 'asked-of-both', oneYuan));
    expect(await Promise.all(answers.map((answer) => answer.json()))).toMatchObject([
      { outcome: 'happened' },
      { outcome: 'repeated' },
    ]);
    for (const node of nodes) await post(node, path, `hand-again-${node.address}`, oneYuan);
    const [a, b] = both();
    expect((await post(a, path, 'first-body', oneYuan)).status).toBe(201);
    expect((await post(b, path, 'first-body', { amount: '2.00' })).status).toBe(422);
  });

  test('a refusal that leaves no event behind is never given from what a node has not heard yet', async () => {
    const [a, b] = both();
    // Both have the stream at hand; then one of them writes, and the other is asked at once.
    for (const node of nodes) {
      await post(node, `${UNTOUCHED}/arrivals`, `warm-${node.address}`, oneYuan);
    }
    const paid = await post(a, `${UNTOUCHED}/payments`, 'to-reverse', {
      ...oneYuan,
      payeeId,
      from: 'treasury',
      stage: 'progress',
      voucher: 'v-r',
    });
    const { ids } = (await paid.json()) as { readonly ids: { readonly paymentId: string } };
    const path = `${UNTOUCHED}/payments/${ids.paymentId}/reversals`;
    const reversal = { ...oneYuan, reason: '录错' };
    expect((await post(b, path, 'reverse', reversal)).status).toBe(201);
  });

  test('every answer says how old it may be', async () => {
    const response = await get(both()[1], '/api/v1/balances');
    expect(Number(response.headers.get('mingzhang-lag-ms'))).toBeGreaterThanOrEqual(0);
    const metrics = await (await get(both()[1], '/metrics')).text();
    expect(metrics).toMatch(/^mingzhang_log_lag_ms \d/m);
  });
});

interface Sums {
  readonly arrivedFen: number;
  readonly paidFen: number;
  readonly returnedFen: number;
  readonly onHandFen: number;
  readonly unarrivedFen: number;
}
