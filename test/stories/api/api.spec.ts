import { mock } from 'node:test';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allocationIdOf, idOf, noticeIdOf } from '#event-codec/ids';
import { REFERENCE_PLAN } from '#importers/demo/reference-notice';
import { businessDateOf } from '#ledger/calendar';
import { ROLES } from '#ledger/context';
import { startDemoApi, type DemoApi } from '../../support/demo-api.ts';

let demo: DemoApi;
beforeAll(async () => {
  demo = await startDemoApi();
});
afterAll(() => demo.close());

const noticeId = noticeIdOf(REFERENCE_PLAN.notice.issuer, '朔区脱贫巩固组〔2024〕2号');
const fund = (annex: string, row: number) =>
  `/api/v1/allocations/${allocationIdOf(noticeId, annex, row)}`;
const payeeId = idOf('demo-payee', '朔州市朔城区青红绿农牧有限公司');
const on = '2024-12-30';
const wan = (amount: string) => ({ occurredOn: on, amount, unit: '万元' });
const head = async () => Number(await demo.ledger.store.head());
const json = async (response: Promise<Response>) => {
  const settled = await response;
  return { status: settled.status, body: (await settled.json()) as Record<string, unknown> };
};

describe('a county looks at its ledger', () => {
  test('all 20 rows are there, 749.55 万元 in four annexes', async () => {
    const { body } = await json(demo.get('/api/v1/balances'));
    expect(body['totals']).toMatchObject({ allocatedFen: 749_550_000, paidFen: 189_000_000 });
    expect(body['places']).toHaveLength(20);
    const notices = await json(demo.get('/api/v1/notices'));
    expect(notices.body['notices']).toMatchObject([
      {
        documentNumber: '朔区脱贫巩固组〔2024〕2号',
        basis: '朔农发〔2024〕6号',
        annexes: [145_000_000, 254_550_000, 200_000_000, 150_000_000].map((sumFen) => ({ sumFen })),
      },
    ]);
  });

  test('every answer says which position it reflects, and is not sent twice', async () => {
    const first = await demo.get('/api/v1/balances');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"pos-\d+-\d{4}-\d\d-\d\d"$/);
    const statusWith = async (tags: string): Promise<number> =>
      (await demo.get('/api/v1/balances', 'auditor', { 'if-none-match': tags })).status;
    for (const tags of [etag, `W/${etag}`, `"other", W/${etag}`, '*']) {
      expect([tags, await statusWith(tags)]).toEqual([tags, 304]);
    }
    for (const tags of ['"pos-1"', `${etag}x`, 'W/"pos-1", "other"']) {
      expect([tags, await statusWith(tags)]).toEqual([tags, 200]);
    }
  });

  test('what is held against today is another answer when midnight is over', async () => {
    const path = '/api/v1/progress?by=level';
    const ask = async (headers = {}) => {
      const response = await demo.get(path, 'auditor', headers);
      return { status: response.status, tag: response.headers.get('etag') ?? '', response };
    };
    const { response, tag } = await ask();
    const { on } = (await response.json()) as { readonly on: string };
    mock.timers.enable({ apis: ['Date'], now: Date.now() + 2 * 24 * 60 * 60 * 1000 });
    try {
      const later = await ask({ 'if-none-match': tag });
      expect(later.status).toBe(200);
      expect(await later.response.json()).toMatchObject({
        on: businessDateOf(new Date().toISOString()),
      });
      expect(businessDateOf(new Date().toISOString())).not.toBe(on);
    } finally {
      mock.timers.reset();
    }
  });

  test.each(['place', 'town', 'batch', 'level', 'type', 'month'])(
    'progress by %s sums',
    async (by) => {
      const { body } = await json(
        demo.get(`/api/v1/progress?by=${by}&fiscalYear=2024&on=2024-12-31`),
      );
      expect(body['total']).toMatchObject({ allocatedFen: 749_550_000, paidOfAllocatedBp: 2_522 });
      expect(body['timeProgress']).toEqual({ day: 366, days: 366, bp: 10_000 });
    },
  );

  test('pages follow each other until the end', async () => {
    let url: string | undefined = '/api/v1/allocations?limit=7';
    const seen: unknown[] = [];
    while (url !== undefined) {
      const response: Response = await demo.get(url);
      const { lines } = (await response.json()) as { lines: { allocationId: string }[] };
      seen.push(...lines.map(({ allocationId }) => allocationId));
      url = /<(.*)>/.exec(response.headers.get('link') ?? '')?.[1];
    }
    expect(new Set(seen).size).toBe(20);
  });

  test('the journal links a reversal to its payment', async () => {
    const { body } = await json(demo.get('/api/v1/journal?type=DisbursementReversed'));
    const [entry] = body['entries'] as { corrects: { eventId: string }[]; id: string }[];
    const paid = await json(demo.get('/api/v1/journal?type=FundsDisbursed'));
    const payment = (paid.body['entries'] as { id: string; correctedBy: object[] }[]).find(
      ({ id }) => id === entry?.corrects[0]?.eventId,
    );
    expect(payment?.correctedBy).toEqual([{ kind: 'reversal', eventId: entry?.id }]);
  });

  test.each([
    ['/api/v1/progress?by=colour&on=2024-02-30&foo=1', 422],
    ['/api/v1/balances/nowhere', 404],
    ['/api/v1/allocations/none', 404],
    ['/api/v1/balances?waitFor=soon', 422],
    ['/api/v1/nothing', 404],
  ])('%s is answered %i with a problem', async (path, status) => {
    const response = await demo.get(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });
});

describe('a payment', () => {
  test('is asked for, approved by a second person, paid, and reversed once', async () => {
    const asked = await json(
      demo.post(
        `${fund('1', 2)}/requests`,
        { ...wan('12'), payeeId, from: 'treasury', stage: 'progress', purpose: '进度款' },
        'clerk',
      ),
    );
    expect(asked).toMatchObject({ status: 201, body: { outcome: 'happened' } });
    const { requestId } = asked.body['ids'] as { requestId: string };
    const request = `${fund('1', 2)}/requests/${requestId}`;
    expect((await demo.post(`${request}/payment`, { occurredOn: on, voucher: 'v' })).status).toBe(
      409,
    );
    expect((await demo.post(`${request}/approval`, { occurredOn: on })).status).toBe(201);
    const paid = await json(demo.post(`${request}/payment`, { occurredOn: on, voucher: 'v-1' }));
    const { paymentId } = paid.body['ids'] as { paymentId: string };
    const position = paid.body['position'] as number;
    const after = await json(demo.get(`${fund('1', 2)}?waitFor=${position}`));
    expect(after.body).toMatchObject({ paidFen: 12_000_000, onHandFen: 8_000_000 });
    const reversal = `${fund('1', 2)}/payments/${paymentId}/reversals`;
    expect((await demo.post(reversal, { ...wan('12'), reason: '错' })).status).toBe(201);
    expect(await json(demo.post(reversal, { ...wan('12'), reason: '错' }))).toMatchObject({
      status: 409,
      body: { code: 'payment-already-reversed' },
    });
  });

  test('beyond what arrived is refused, and the attempt is in the journal', async () => {
    const before = await head();
    const statement = { payeeId, from: 'treasury', stage: 'final', voucher: 'v' };
    expect(
      await json(demo.post(`${fund('1', 9)}/payments`, { ...wan('20.000001'), ...statement })),
    ).toMatchObject({
      status: 409,
      body: {
        code: 'amount-exceeds-arrived-funds',
        detail: '到账资金只有 200,000.00 元,不足 200,000.01 元。',
      },
    });
    const { body } = await json(demo.get(`/api/v1/journal?from=${before + 1}`));
    expect(body['entries']).toMatchObject([{ type: 'DisbursementRefused' }]);
  });

  test('repeated with its key answers the same; with another body it is refused', async () => {
    const headers = { 'idempotency-key': 'the-same' };
    const path = `${fund('1', 1)}/arrivals`;
    const first = await json(demo.post(path, wan('1'), 'finance', headers));
    const before = await head();
    const again = await json(demo.post(path, wan('1'), 'finance', headers));
    expect(again).toEqual({ status: 200, body: { ...first.body, outcome: 'repeated' } });
    const other = await json(demo.post(path, wan('2'), 'finance', headers));
    expect(other).toMatchObject({ status: 422, body: { code: 'same-key-different-content' } });
    expect(await head()).toBe(before);
  });

  test('on a revision that has passed is refused with 412', async () => {
    const headers = { 'if-match': '"rev-0"' };
    const path = `${fund('4', 1)}/arrivals`;
    expect((await demo.post(path, wan('1'), 'finance', headers)).status).toBe(412);
    const current = { 'if-match': '"rev-1"' };
    expect((await demo.post(path, wan('1'), 'finance', current)).status).toBe(201);
  });
});

describe('bad input', () => {
  const arrival = `${fund('1', 3)}/arrivals`;

  test('gets all its faults at once, each with its place, and the log is as before', async () => {
    const before = await head();
    const body = {
      occurredOn: '2024-02-30',
      amount: '1.0000001',
      unit: '万元',
      colour: 'red',
      voucher: '',
    };
    const { status, body: problem } = await json(demo.post(arrival, body));
    expect(status).toBe(422);
    const pointers = (problem['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers.sort()).toEqual(['/amount', '/colour', '/occurredOn', '/voucher']);
    expect(await head()).toBe(before);
  });

  test.each<[string, unknown, number]>([
    ['a negative amount', wan('-1'), 422],
    ['seven decimals of 万元', wan('1.0000001'), 422],
    ['three decimals of 元', { ...wan('1.001'), unit: '元' }, 422],
    ['a wrong unit', { ...wan('1'), unit: '亿元' }, 422],
    ['a number instead of text', { ...wan('1'), amount: 1 }, 422],
    ['an impossible date', { ...wan('1'), occurredOn: '2024-02-30' }, 422],
    ['a date to come', { ...wan('1'), occurredOn: '2999-01-01' }, 422],
    ['more than was allocated', wan('10.000001'), 409],
    ['a list', [], 422],
    ['nothing', 'null', 422],
    ['half a document', '{"amount":', 400],
    ['a prototype', '{"__proto__":{"a":1}}', 422],
    ['bytes that are not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400],
    ['10 MB', 'a'.repeat(10_000_000), 413],
  ])('%s changes nothing', async (_name, body, status) => {
    const before = await head();
    const response = await demo.post(arrival, body);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await head()).toBe(before);
  });

  test('a notice whose total differs, or whose place nobody knows, is refused whole', async () => {
    const before = await head();
    const [annex] = REFERENCE_PLAN.annexes;
    const plan = {
      ...REFERENCE_PLAN,
      notice: { ...REFERENCE_PLAN.notice, documentNumber: '朔区脱贫巩固组〔2024〕3号' },
      annexes: [
        {
          ...annex,
          statedTotal: '146',
          rows: [...(annex?.rows ?? []), { row: 12, place: ['朔城区', '神头'], amount: '1' }],
        },
      ],
    };
    const { status, body } = await json(demo.post('/api/v1/notices', plan, 'clerk'));
    expect(status).toBe(422);
    expect(body['errors']).toMatchObject([{ pointer: '/annexes/0/rows/11/place' }]);
    const total = { ...plan, annexes: [{ ...annex, statedTotal: '146' }] };
    expect((await json(demo.post('/api/v1/notices', total, 'clerk'))).body['errors']).toMatchObject(
      [{ pointer: '/annexes/0/statedTotal', detail: '写明合计 146 万元,各行相加为 145 万元。' }],
    );
    expect(await head()).toBe(before);
  });

  test('a body that says a field twice is refused at its pointer', async () => {
    const before = await head();
    const said = JSON.stringify(REFERENCE_PLAN).replace(
      '"basis":',
      '"basis":["朔农发〔2024〕5号"],"basis":',
    );
    const { status, body } = await json(demo.post('/api/v1/notices', said, 'clerk'));
    expect(status).toBe(422);
    expect(body['errors']).toMatchObject([{ pointer: '/notice/basis' }]);
    expect(await head()).toBe(before);
  });

  test('the same notice again records nothing; with another amount it is a conflict', async () => {
    const before = await head();
    expect((await demo.post('/api/v1/notices', REFERENCE_PLAN, 'clerk')).status).toBe(200);
    const [first, ...others] = REFERENCE_PLAN.annexes;
    const rows = (first?.rows ?? []).map((row) => (row.row === 1 ? { ...row, amount: '11' } : row));
    const changed = {
      ...REFERENCE_PLAN,
      annexes: [{ ...first, statedTotal: '146', rows }, ...others],
    };
    const { status, body } = await json(demo.post('/api/v1/notices', changed, 'clerk'));
    expect(status).toBe(409);
    expect(body['errors']).toMatchObject([{ pointer: '/annexes/0/rows/0/amount' }]);
    expect(await head()).toBe(before);
  });
});

describe('who may what', () => {
  const arrival = `${fund('1', 4)}/arrivals`;

  test('nobody writes or reads without a token, or with one that is forged', async () => {
    expect((await fetch(demo.address + arrival, { method: 'POST' })).status).toBe(401);
    expect((await fetch(`${demo.address}/api/v1/balances`)).status).toBe(401);
    const forged = { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.' };
    const response = await demo.get('/api/v1/balances', 'auditor', forged);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  test.each(ROLES)('%s', async (role) => {
    const before = await head();
    const { status } = await demo.post(arrival, wan('0.0001'), role);
    expect(status).toBe(role === 'finance' ? 201 : 403);
    expect(await head()).toBe(role === 'finance' ? before + 1 : before);
    expect((await demo.get('/api/v1/balances', role)).status).toBe(200);
  });

  test('no write without an Idempotency-Key', async () => {
    const { status, body } = await json(
      demo.post(arrival, wan('1'), 'finance', { 'idempotency-key': '' }),
    );
    expect(status).toBe(422);
    expect(body['errors']).toMatchObject([{ pointer: 'Idempotency-Key' }]);
  });

  test.each(['/', '/healthz', '/readyz', '/docs-json'])('%s is open to everybody', async (path) => {
    expect((await fetch(demo.address + path)).status).toBe(200);
  });
});

describe('the live stream', () => {
  test('answers its head without ever beginning', async () => {
    const response = await fetch(`${demo.address}/api/v1/stream`, {
      method: 'HEAD',
      headers: { authorization },
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    expect(await response.text()).toBe('');
  });

  const read = async (lastEventId: number, count: number): Promise<readonly number[]> => {
    const stop = new AbortController();
    const response = await fetch(`${demo.address}/api/v1/stream`, {
      signal: stop.signal,
      headers: {
        authorization,
        'last-event-id': `${lastEventId}`,
      },
    });
    const ids: number[] = [];
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString('utf8');
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) if (line.startsWith('id: ')) ids.push(Number(line.slice(4)));
      if (ids.length >= count) break;
    }
    stop.abort();
    return ids.slice(0, count);
  };
  let authorization: string;
  beforeAll(async () => {
    const { openTokens } = await import('#application/access/tokens');
    const tokens = await openTokens(demo.ledger.directory);
    const actor = { id: 'a', organisation: 'b', role: 'auditor' as const };
    authorization = `Bearer ${await tokens.issue({ actor, expiresIn: '1 hour' })}`;
  });

  test('resumes after an event without a gap while others write', async () => {
    const before = await head();
    const reading = read(before - 5, 25);
    for (let n = 0; n < 20; n++) await demo.post(`${fund('1', 5)}/arrivals`, wan('0.01'));
    expect(await reading).toEqual(Array.from({ length: 25 }, (_, n) => before - 4 + n));
  });

  test('is refused after an event that the log has not, and does not come to have', async () => {
    const beyond = (await head()) + 1;
    const { status, body } = await json(
      demo.get('/api/v1/stream', 'auditor', { 'last-event-id': `${beyond}` }),
    );
    expect(status).toBe(422);
    expect(body['errors']).toMatchObject([{ pointer: 'Last-Event-ID' }]);
    const reading = read(beyond, 1);
    for (let n = 0; n < 2; n++) await demo.post(`${fund('1', 5)}/arrivals`, wan('0.01'));
    expect(await reading).toEqual([beyond + 1]);
  }, 20_000);
});

describe('a text that the ledger may not hold', () => {
  test('is refused over HTTP with the place of each, and nothing is recorded', async () => {
    const before = await head();
    const body = { kind: 'cooperative', name: '甲\uD83C社', occurredOn: '2024-05-01' };
    const answer = await json(demo.post('/api/v1/payees', body, 'clerk'));
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'text-unsound', errors: [{ pointer: '/name' }] },
    });
    expect(await head()).toBe(before);
  });
});

describe('the page', () => {
  test('tells the figures without a script, in both languages', async () => {
    const zh = await (await fetch(demo.address)).text();
    expect(zh).toMatch(/<html lang="zh-CN">/);
    expect(zh).toMatch(/749\.55/);
    expect(zh).toMatch(/野狐涧村/);
    expect(zh).not.toMatch(/<script/);
    expect(await (await fetch(`${demo.address}/?lang=en`)).text()).toMatch(
      /Spending progress|spending progress/,
    );
  });

  test('shows names as text, whatever they hold', async () => {
    const body = { occurredOn: on, level: 'county', name: '<script>alert(1)</script>县' };
    const { status, body: placed } = await json(demo.post('/api/v1/places', body, 'administrator'));
    expect(status).toBe(201);
    await demo.get(`/api/v1/places?waitFor=${placed['position'] as number}`);
    const page = await (await fetch(demo.address)).text();
    expect(page).not.toMatch(/<script>alert/);
  });
});
