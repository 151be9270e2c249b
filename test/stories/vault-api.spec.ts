import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { REFERENCE_PLAN } from '#importers/demo/reference-notice';
import { allocationIdOf, noticeIdOf } from '#event-codec/ids';
import { ROLES } from '#ledger/context';
import { looksAt } from '#vault/reveal';
import { startDemoApi, type DemoApi } from '../support/demo-api.ts';
import { filesThatTell, LI, ZHANG } from '../support/people.ts';

let demo: DemoApi;
beforeAll(async () => {
  demo = await startDemoApi();
});
afterAll(() => demo.close());

const person = { occurredOn: '2024-12-30', kind: 'person', person: ZHANG };
const head = async () => Number(await demo.ledger.store.head());
const json = async (response: Promise<Response>) => {
  const settled = await response;
  return { status: settled.status, body: (await settled.json()) as Record<string, unknown> };
};
const register = async (body: object = person, key?: string) => {
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  return json(demo.post('/api/v1/payees', body, 'finance', headers));
};
const registered = async (body?: object): Promise<string> =>
  ((await register(body)).body['ids'] as { payeeId: string }).payeeId;
const reveal = (payeeId: string, role: (typeof ROLES)[number] = 'auditor', reason = '抽查') =>
  json(demo.get(`/api/v1/payees/${payeeId}/person?reason=${encodeURIComponent(reason)}`, role));
const eventsOf = async (payeeId: string) => {
  const events = [];
  for await (const { data } of demo.ledger.store.readStream(`payee-${payeeId}`)) events.push(data);
  return events;
};

describe('a person who is registered', () => {
  test('is in the log as an id and a commitment, and nowhere in clear', async () => {
    const payeeId = await registered();
    const commitment = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(await eventsOf(payeeId)).toEqual([{ payeeId, kind: 'person', commitment }]);
    expect(filesThatTell(demo.ledger.directory, Object.values(ZHANG))).toEqual([]);
  });

  test('twice with one key is registered once, with one commitment', async () => {
    const first = await register(person, 'one-person');
    const before = await head();
    expect(await register(person, 'one-person')).toEqual({
      status: 200,
      body: { ...first.body, outcome: 'repeated' },
    });
    expect(await head()).toBe(before);
  });

  test.each([
    ['other data', { ...person, person: LI }],
    ['another day', { ...person, occurredOn: '2024-12-29' }],
  ])('with the same key and %s is a conflict', async (what, other) => {
    await register(person, `key of ${what.length}`);
    const before = await head();
    expect(await register(other, `key of ${what.length}`)).toMatchObject({
      status: 422,
      body: { code: 'same-key-different-content' },
    });
    expect(await head()).toBe(before);
  });

  test('may be changed, and is then shown as changed', async () => {
    const payeeId = await registered();
    const changed = { ...person, person: { ...ZHANG, phone: LI.phone } };
    expect((await json(demo.post(`/api/v1/payees/${payeeId}`, changed))).status).toBe(201);
    expect(await reveal(payeeId)).toEqual({ status: 200, body: changed.person });
    expect(await eventsOf(payeeId)).toHaveLength(2);
  });

  test('can be paid like anybody else', async () => {
    const payeeId = await registered();
    const noticeId = noticeIdOf(REFERENCE_PLAN.notice.issuer, '朔区脱贫巩固组〔2024〕2号');
    const allocationId = allocationIdOf(noticeId, '1', 2);
    const asked = await json(
      demo.post(
        `/api/v1/allocations/${allocationId}/requests`,
        {
          occurredOn: '2024-12-30',
          amount: '1',
          unit: '元',
          payeeId,
          from: 'treasury',
          stage: 'final',
          purpose: '到户补助',
        },
        'clerk',
      ),
    );
    expect(asked.status).toBe(201);
  });
});

describe('a person who makes no sense', () => {
  test.each<[string, object]>([
    ['without a field', { ...person, person: {} }],
    ['that is null', { ...person, person: null }],
    ['that is a text', { ...person, person: ZHANG.name }],
    ['with a wrong ID number', { ...person, person: { ...ZHANG, idNumber: '110105194912310021' } }],
    ['with a field nobody knows', { ...person, person: { ...ZHANG, 住址: '某村' } }],
    ['that is an enterprise', { ...person, kind: 'enterprise', name: '某公司' }],
    ['with a name beside it', { ...person, name: ZHANG.name }],
    ['with a commitment beside it', { ...person, commitment: '0'.repeat(64) }],
  ])('%s is refused whole, and the answer does not repeat it', async (_what, body) => {
    const before = await head();
    const { status, body: problem } = await register(body);
    expect([status, problem['code']]).toEqual([422, 'faulty-request']);
    expect((problem['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
      '/person',
    ]);
    expect(JSON.stringify(problem)).not.toMatch(/张三丰|110105|某村|某公司/);
    expect(await head()).toBe(before);
  });

  test('half a document is refused without quoting it', async () => {
    const { status, body } = await json(
      demo.post('/api/v1/payees', `{"kind":"person","person":{"name":"${ZHANG.name}`),
    );
    expect(status).toBe(400);
    expect(JSON.stringify(body)).not.toContain(ZHANG.name);
  });
});

describe('a look at a person', () => {
  test.each(ROLES)('by %s', async (role) => {
    const payeeId = await registered();
    const { status, body } = await reveal(payeeId, role);
    const may = ['finance', 'auditor', 'inspector'].includes(role);
    expect(status).toBe(may ? 200 : 403);
    if (may) expect(body).toEqual(ZHANG);
    else expect(JSON.stringify(body)).not.toContain(ZHANG.name);
    expect(looksAt(demo.ledger.directory, payeeId)).toMatchObject(may ? [{ role }] : []);
  });

  test('is not to be kept by any cache', async () => {
    const response = await demo.get(`/api/v1/payees/${await registered()}/person?reason=1`);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('needs a token and a reason, which must not tell of the person', async () => {
    const payeeId = await registered();
    const path = `/api/v1/payees/${payeeId}/person`;
    expect((await fetch(`${demo.address}${path}?reason=x`)).status).toBe(401);
    expect((await demo.get(path)).status).toBe(422);
    expect((await reveal(payeeId, 'auditor', ' ')).status).toBe(422);
    expect((await reveal(payeeId, 'auditor', 'x'.repeat(501))).status).toBe(422);
    const { status, body } = await reveal(payeeId, 'auditor', `查${ZHANG.name}`);
    expect([status, JSON.stringify(body).includes(ZHANG.name)]).toEqual([422, false]);
    expect(looksAt(demo.ledger.directory, payeeId)).toEqual([]);
  });

  test.each(['nobody', '00000000-0000-7000-8000-000000000000'])('%s is not found', async (id) => {
    expect(await reveal(id)).toMatchObject({ status: 404, body: { code: 'person-not-found' } });
  });

  test('at somebody whose data are kept elsewhere is not found', async () => {
    const payeeId = await registered({
      occurredOn: '2024-12-30',
      kind: 'person',
      commitment: 'c'.repeat(64),
    });
    expect((await reveal(payeeId)).status).toBe(404);
  });
});
