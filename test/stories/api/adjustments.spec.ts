import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allocationIdOf, noticeIdOf } from '#event-codec/ids';
import { REFERENCE_PLAN } from '#importers/demo/reference-notice';
import { startDemoApi, type DemoApi } from '../../support/demo-api.ts';

let demo: DemoApi;
beforeAll(async () => {
  demo = await startDemoApi();
});
afterAll(() => demo.close());

const NUMBER = '朔区脱贫巩固组〔2024〕2号';
const row = (annex: string, line: number) =>
  allocationIdOf(noticeIdOf(REFERENCE_PLAN.notice.issuer, NUMBER), annex, line);
const given = { approval: '朔区脱贫巩固组〔2024〕9号', occurredOn: '2024-12-24' };
const head = async () => Number(await demo.ledger.log.head());

interface Line {
  readonly allocatedFen: number;
  readonly unarrivedFen: number;
  readonly openAdjustments?: readonly { readonly approval: string }[];
}
const lineOf = async (allocationId: string): Promise<Line> => {
  const answer = await demo.get(`/api/v1/allocations/${allocationId}?waitFor=${await head()}`);
  return (await answer.json()) as Line;
};
const allocated = async (...ids: readonly string[]) => {
  const lines = [];
  for (const id of ids) lines.push((await lineOf(id)).allocatedFen);
  return lines;
};

describe('an adjustment of two allocations, over HTTP', () => {
  const from = row('4', 4);
  const to = row('4', 5);
  const path = `/api/v1/allocations/${from}/adjustments`;
  const body = { ...given, unit: '万元', counterpartAllocationId: to };

  test('that is refused with 409 has recorded no decrease', async () => {
    const before = await allocated(from, to);
    const answer = await demo.post(path, { ...body, amount: '9000' }, 'clerk');
    expect([answer.status, await answer.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'amount-exceeds-allocated-funds' }),
    ]);
    expect(await allocated(from, to)).toEqual(before);
  });

  test('that is refused with 412 has recorded nothing', async () => {
    const before = await head();
    const answer = await demo.post(path, { ...body, amount: '0.01' }, 'clerk', {
      'if-match': '"rev-99"',
    });
    expect(answer.status).toBe(412);
    expect(await head()).toBe(before);
  });

  test('that names the revision of the allocation that loses is carried out, and once', async () => {
    const before = await allocated(from, to);
    const stream = await demo.get(`/api/v1/journal?allocationId=${from}&limit=1000`);
    const { entries } = (await stream.json()) as { entries: { revision: number }[] };
    const asked = {
      'if-match': `"rev-${Math.max(...entries.map(({ revision }) => revision))}"`,
      'idempotency-key': 'a pair',
    };
    const answer = await demo.post(path, { ...body, amount: '0.01' }, 'clerk', asked);
    const receipts = (await answer.json()) as { stream: string }[];
    expect(answer.status).toBe(201);
    expect(receipts.map(({ stream: of }) => of)).toEqual([`fund-${from}`, `fund-${to}`]);
    const again = await demo.post(path, { ...body, amount: '0.01' }, 'clerk', asked);
    expect(again.status).toBe(200);
    const [less = 0, more = 0] = before;
    expect(await allocated(from, to)).toEqual([less - 10_000, more + 10_000]);
  });
});

describe('an adjustment document, over HTTP', () => {
  const legs = [
    { allocationId: row('1', 2), direction: 'decrease', amount: '3', unit: '元' },
    { allocationId: `${NUMBER}/1/7`, direction: 'increase', amount: '1', unit: '元' },
    { allocationId: row('1', 9), direction: 'increase', amount: '2', unit: '元', account: 'quota' },
  ];
  const ids = [row('1', 2), row('1', 7), row('1', 9)];

  test('of treasury money moves what has arrived, and shows each leg', async () => {
    const treasury = legs.map((leg) => ({ ...leg, account: 'treasury' }));
    const before = await allocated(...ids);
    const key = { 'idempotency-key': 'a document' };
    const post = () => demo.post('/api/v1/adjustments', { ...given, legs: treasury }, 'clerk', key);
    const first = await post();
    const receipt = (await first.json()) as { adjustmentId: string };
    expect([first.status, receipt]).toEqual([
      201,
      expect.objectContaining({
        status: 'completed',
        outcome: 'happened',
        legs: [1, 2, 3].map(() => expect.objectContaining({ outcome: 'happened' })),
      }),
    ]);
    const second = await post();
    expect([second.status, ((await second.json()) as { legs: object[] }).legs]).toEqual([
      200,
      [1, 2, 3].map(() => expect.objectContaining({ outcome: 'repeated' })),
    ]);
    const after = await allocated(...ids);
    expect(after.map((fen, index) => fen - (before[index] ?? 0))).toEqual([-300, 100, 200]);
    const shown = await demo.get(`/api/v1/adjustments/${receipt.adjustmentId}`);
    expect(await shown.json()).toMatchObject({
      status: 'completed',
      isOpen: false,
      legs: [1, 2, 3].map((ordinal) => ({ ordinal, account: 'treasury', state: 'applied' })),
    });
    const unknown = await demo.get('/api/v1/adjustments/none');
    expect(unknown.status).toBe(404);
  });

  test('with several faults is answered with each of them at its place', async () => {
    const faulty = {
      ...{ approval: '', decidedOn: '2024-02-30', legs: [...legs, 7] },
      extra: 1,
    };
    faulty.legs[0] = { ...legs[0], amount: '-1', direction: 'sideways' } as (typeof legs)[0];
    faulty.legs[1] = { ...legs[1], allocationId: 'nothing' } as (typeof legs)[1];
    const before = await head();
    const answer = await demo.post('/api/v1/adjustments', faulty, 'clerk');
    const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
    expect(answer.status).toBe(422);
    expect(errors.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining([
        '/extra',
        '/approval',
        '/decidedOn',
        '/legs/0/direction',
        '/legs/0/amount',
        '/legs/1/allocationId',
        '/legs/3',
      ]),
    );
    expect(await head()).toBe(before);
  });

  test('is not for other roles', async () => {
    const answer = await demo.post('/api/v1/adjustments', { ...given, legs }, 'finance');
    expect(answer.status).toBe(403);
  });

  test('that does not add up is recorded and waits; figures say so and posters refuse', async () => {
    const before = await allocated(...ids);
    const answer = await demo.post(
      '/api/v1/adjustments',
      { ...given, legs: legs.slice(0, 2) },
      'clerk',
    );
    const { adjustmentId } = (await answer.json()) as { adjustmentId: string };
    expect(answer.status).toBe(201);
    expect(await allocated(...ids)).toEqual(before);
    const open = { openAdjustments: [{ adjustmentId, approval: given.approval }] };
    expect(await lineOf(row('1', 2))).toMatchObject(open);
    expect(await lineOf(row('3', 1))).not.toHaveProperty('openAdjustments');
    const balances = await demo.get('/api/v1/balances');
    expect(await balances.json()).toMatchObject(open);
    expect(await (await fetch(demo.address)).text()).toContain('有资金调整没有办结');
    const draft = {
      ...{ occurredOn: '2024-12-30', stage: 'plan', level: 'county', medium: '公开栏' },
      ...{ plannedUntil: '2025-01-10', dayCount: 'calendar', allocationIds: [row('1', 2)] },
    };
    const { placeId } = (await lineOf(row('1', 2))) as unknown as { placeId: string };
    const poster = () => demo.post('/api/v1/announcements/drafts', { ...draft, placeId }, 'clerk');
    const refused = await poster();
    expect([refused.status, await refused.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'adjustment-open' }),
    ]);
    const withdrawn = await demo.post(
      `/api/v1/adjustments/${adjustmentId}/withdrawal`,
      { occurredOn: '2024-12-24', reason: '文件有误' },
      'clerk',
    );
    expect(withdrawn.status).toBe(201);
    expect(await lineOf(row('1', 2))).not.toHaveProperty('openAdjustments');
    expect((await poster()).status).toBe(200);
  });
});
