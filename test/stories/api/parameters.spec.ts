import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDemoApi, type DemoApi } from '../../support/demo-api.ts';

let demo: DemoApi;
beforeAll(async () => {
  demo = await startDemoApi();
});
afterAll(() => demo.close());

const set = async (body: object) => {
  const ground = {
    occurredOn: '2024-12-30',
    validFrom: '2024-01-01',
    source: '国办发明电〔2023〕7号',
  };
  const answer = await demo.post('/api/v1/parameters', { ...ground, ...body }, 'administrator');
  const { code, detail, errors } = (await answer.json()) as {
    code?: string;
    detail?: string;
    errors?: readonly { readonly pointer: string }[];
  };
  return { status: answer.status, code, detail, pointers: errors?.map(({ pointer }) => pointer) };
};

interface Board {
  readonly entries: readonly { readonly allocationId: string; readonly dueOn?: string }[];
}
const dueDays = async () => {
  const answer = await demo.get('/api/v1/announcements?on=2024-12-30', 'auditor');
  const { entries } = (await answer.json()) as Board;
  return entries.flatMap(({ dueOn }) => dueOn ?? []);
};

describe('parameters over HTTP', () => {
  test('a working calendar moves the days on which announcements are due', async () => {
    const before = await dueDays();
    expect(before.length).toBeGreaterThan(0);
    const holidays = ['2024-05-01', '2024-05-02', '2024-05-03', '2024-05-06', '2024-05-07'];
    expect(
      await set({ parameterId: 'working-calendar-2024', holidays, workedWeekendDays: [] }),
    ).toMatchObject({ status: 201 });
    expect(await dueDays()).not.toEqual(before);
  });

  test.each([
    ['a number beyond its range', { integer: 1_000_000 }, 422, 'parameter-out-of-range'],
    ['a text where a number belongs', { text: '十天' }, 422, 'parameter-of-another-kind'],
    [
      'a name that nothing reads',
      { parameterId: 'due-days', integer: 3 },
      422,
      'parameter-unknown',
    ],
    [
      'a day worked that is a Monday',
      { parameterId: 'working-calendar-2024', workedWeekendDays: ['2024-04-29'] },
      422,
      'calendar-days-unfit',
    ],
  ])('%s is refused by name', async (_name, body, status, code) => {
    const asked = { parameterId: 'announcement-due-working-days', ...body };
    expect(await set(asked)).toMatchObject({ status, code });
  });

  test('every fault of a body is named at once, each in its place', async () => {
    const answer = await set({
      parameterId: 'working-calendar-2024',
      integer: 1.5,
      holidays: ['2024-02-30'],
      source: '',
      constructor: {},
    });
    expect(answer.status).toBe(422);
    expect(answer.pointers?.toSorted()).toEqual([
      '/constructor',
      '/holidays',
      '/integer',
      '/parameterId',
      '/source',
    ]);
  });

  test.each(['constructor', 'prototype', '__proto__', 'hasOwnProperty', 'toString', 'then'])(
    'a field “%s” is a field that there is not',
    async (field) => {
      const body = `{"parameterId":"audit-start","text":"县审计局","${field}":{"name":"x"},
        "occurredOn":"2024-12-30","validFrom":"2024-01-01","source":"审计通知书"}`;
      const answer = await demo.post('/api/v1/parameters', JSON.parse(body), 'administrator');
      expect([answer.status, await answer.text()]).toEqual([
        422,
        expect.stringContaining(`/${field}`),
      ]);
    },
  );
});

describe('a field that may be left out', () => {
  test('is left out where it is null, so that every bundle after it can be read', async () => {
    const body = {
      ...{ level: 'county', name: '甲县', divisionCode: null },
      occurredOn: '2024-12-30',
    };
    const answer = await demo.post('/api/v1/places', body, 'administrator');
    const { position } = (await answer.json()) as { position: number };
    expect(answer.status).toBe(201);
    for await (const { data } of demo.ledger.store.readAll({ from: BigInt(position), limit: 1 })) {
      expect(Object.values(data)).not.toContain(null);
    }
  });

  test('where it may not be left out, null is a fault', async () => {
    const body = { level: 'county', name: null, occurredOn: '2024-12-30' };
    expect((await demo.post('/api/v1/places', body, 'administrator')).status).toBe(422);
  });
});
