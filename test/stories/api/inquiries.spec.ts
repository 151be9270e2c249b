import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDemoApi, type DemoApi } from '../../support/demo-api.ts';

let demo: DemoApi;
let placeId: string;
beforeAll(async () => {
  demo = await startDemoApi();
  const { body } = await get('/api/v1/places?name=野狐涧村');
  placeId = (body['places'] as { placeId: string }[])[0]?.placeId ?? '';
});
afterAll(() => demo.close());

const get = async (path: string) => {
  const response = await demo.get(encodeURI(path));
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const text = async (path: string) => {
  const response = await demo.get(encodeURI(path));
  return { type: response.headers.get('content-type'), text: await response.text() };
};

describe('an auditor asks over HTTP', () => {
  test('what makes a figure: a page of events, the sum of all', async () => {
    const first = await get(`/api/v1/explanations/paidFen?placeId=${placeId}&limit=2`);
    expect(first).toMatchObject({
      status: 200,
      body: {
        sum: 152_000_000,
        count: 3,
        next: 2,
        contributions: [{ effect: 48_000_000 }, { effect: 80_000_000, running: 128_000_000 }],
      },
    });
    const rest = await get(`/api/v1/explanations/paidFen?placeId=${placeId}&limit=2&skip=2`);
    expect(rest.body).toMatchObject({ contributions: [{ running: 152_000_000 }] });
    expect(rest.body).not.toHaveProperty('next');
  });

  test('who was paid in how many villages, and by which payments and reversals', async () => {
    const all = await get('/api/v1/payee-payments');
    type Line = { payeeId: string; name: string; paidFen: number; villages: number };
    const [first] = all.body['payees'] as Line[];
    expect(all.status).toBe(200);
    expect(first?.villages).toBeGreaterThan(1);
    const one = await get(`/api/v1/payee-payments?payeeId=${first?.payeeId}`);
    expect(one.body).toMatchObject({ payees: [first], paidFen: first?.paidFen });
    const explained = await get(`/api/v1/payees/${first?.payeeId}/payments`);
    expect(explained.body).toMatchObject({ ...first });
    const entries = explained.body['entries'] as { effectFen: number }[];
    expect(explained.body['count']).toBe(entries.length);
    expect(entries.reduce((sum, { effectFen }) => sum + effectFen, 0)).toBe(first?.paidFen);
    const page = await get(`/api/v1/payees/${first?.payeeId}/payments?limit=1`);
    expect(page.body).toMatchObject({ entries: [entries[0]], next: 1 });
  });

  test('what changed between two points, and why', async () => {
    const { body } = await get(
      '/api/v1/differences?fromAsOf=2024-06-30&asOf=2024-09-30&by=place&figure=paidFen',
    );
    expect(body).toMatchObject({
      reflects: { asOf: '2024-09-30' },
      from: { asOf: '2024-06-30' },
      total: { openingFen: 58_000_000, inFen: 107_000_000, outFen: 0, closingFen: 165_000_000 },
    });
    for (const line of body['lines'] as { inFen: number; changes: { effectFen: number }[] }[]) {
      expect(line.changes.reduce((fen, { effectFen }) => fen + effectFen, 0)).toBe(line.inFen);
    }
  });

  test('a passbook, as JSON and for a spreadsheet', async () => {
    const { body } = await get(`/api/v1/statements/${placeId}?from=2024-08-01`);
    expect(body).toMatchObject({ openingFen: 112_000_000, closingFen: 8_000_000 });
    const csv = await text(`/api/v1/statements/${placeId}?format=csv`);
    expect(csv.type).toBe('text/csv; charset=utf-8');
    expect(csv.text.split('\r\n')[1]).toBe(',期初,,,,,,0.00,,,,');
    expect(csv.text).toContain('2024-05-24,"支付 480,000.00 元,凭证 示例-支付-20240524-d462"');
  });

  test('how long money has lain, on any day', async () => {
    const { body } = await get('/api/v1/ageing?asOf=2024-08-15');
    expect(body).toMatchObject({ on: '2024-08-15', bands: [{}, { zh: '91–180 天' }, {}, {}, {}] });
    const bands = (body['bands'] as { fen: number }[]).reduce((fen, band) => fen + band.fen, 0);
    expect(bands).toBe(body['onHandFen']);
  });

  test('where something is, and the way its money went', async () => {
    const { body } = await get('/api/v1/search?q=160万');
    const [hit] = body['hits'] as { kind: string; clue: string }[];
    const traced = await get(`/api/v1/traces?of=${hit?.clue}`);
    expect(traced.body).toMatchObject({
      direction: 'forward',
      chains: [{ annex: '3', row: 1, flow: { allocated: 160_000_000, paid: 152_000_000 } }],
    });
    const page = await text('/api/v1/traces?of=160万&format=text');
    expect(page.type).toBe('text/plain; charset=utf-8');
    expect(page.text).toMatch(/^资金链条\n/);
  });

  test('how the ledger looked, step by step', async () => {
    const { body } = await get('/api/v1/replay');
    expect(body['checkpoints']).toMatchObject([{ name: 'issue', on: '2024-04-26' }, {}]);
    const issued = await get('/api/v1/replay/issue');
    expect(issued.body).toMatchObject({
      at: '2024-04-26',
      totals: { allocatedFen: 749_550_000, arrivedFen: 0 },
      next: '2024-05-15',
    });
    const end = await get('/api/v1/replay/end?digest=true');
    expect(end.body['digests']).toEqual(demo.ledger.views.digest());
  });

  test.each([
    ['/api/v1/balances?asOf=2024-04-26', { arrivedFen: 0 }],
    // Everything was recorded when the test began: on that day in 2024 nothing was known.
    ['/api/v1/balances?knownAt=2024-05-15', { allocatedFen: 0, arrivedFen: 0 }],
    ['/api/v1/balances?position=60', { arrivedFen: 100_000_000 }],
  ])('%s is answered as of then', async (path, totals) => {
    expect((await get(path)).body).toMatchObject({ totals });
  });
});

describe('a question that cannot be answered', () => {
  test.each([
    ['/api/v1/balances?asOf=2024-02-30', 422, '“2024-02-30”不是存在的日期(YYYY-MM-DD)'],
    ['/api/v1/balances?asOf=2999-01-01', 422, '2999-01-01 还没有到;今天是'],
    ['/api/v1/balances?knownAt=2999-01-01T00:00:00Z', 422, '台账不知道以后的事'],
    ['/api/v1/balances?position=99999', 422, '日志只到位置'],
    ['/api/v1/balances?position=1&knownAt=2024-05-01', 422, '只能写一个'],
    ['/api/v1/differences?fromAsOf=gestern&fromPosition=-1', 422, '“-1”不是日志位置'],
    ['/api/v1/differences?by=colour&figure=colour', 422, '须是 place'],
    ['/api/v1/explanations/colour', 404, '没有指标“colour”'],
    ['/api/v1/explanations/paidFen?placeId=none', 404, '没有这个地点'],
    ['/api/v1/explanations/paidFen?allocationId=none', 404, '没有这个资金安排'],
    ['/api/v1/explanations/paidFen?noticeId=none', 404, '没有这个资金文件'],
    ['/api/v1/payees/none/payments', 404, '没有这个收款人'],
    ['/api/v1/ageing?on=2024-02-30', 422, '须是存在的日期'],
    ['/api/v1/statements/none', 404, '没有这个地点'],
    ['/api/v1/traces?of=没有这样的', 404, '没有找到'],
    ['/api/v1/traces?of=神头', 409, '神头街道'],
    ['/api/v1/replay/2024-02-30', 404, '不是日期、日志位置,也不是关键日(issue'],
    ['/api/v1/search?query=160', 422, '没有参数 query'],
  ])('%s is answered %i with a sentence', async (path, status, sentence) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(sentence);
  });
});
