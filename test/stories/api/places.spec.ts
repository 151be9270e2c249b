import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDemoApi, type DemoApi } from '../../support/demo-api.ts';

let demo: DemoApi;
beforeAll(async () => {
  demo = await startDemoApi();
});
afterAll(() => demo.close());

const on = '2024-12-30';

const post = async (path: string, body: object, key?: string) => {
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  const answer = await demo.post(path, { occurredOn: on, ...body }, 'administrator', headers);
  const read = (await answer.json()) as {
    code?: string;
    detail?: string;
    ids?: object;
    position?: number;
  };
  return { status: answer.status, ...read };
};

/** Registers a place and answers its id. */
const added = async (level: string, name: string, parentId?: string): Promise<string> => {
  const { status, ids } = await post('/api/v1/places', { level, name, parentId });
  expect(status).toBe(201);
  return (ids as { placeId: string }).placeId;
};

describe('places over HTTP', () => {
  test('are refused under a parent of the wrong level, without a name, and twice under one name', async () => {
    const county = await added('county', '甲县');
    const town = await added('town', '甲镇', county);
    const village = await added('village', '甲村', town);
    const refused = async (level: string, name: string, parentId?: string) => {
      const { status, code } = await post('/api/v1/places', { level, name, parentId });
      return [status, code];
    };
    expect(await refused('village', '乙村', village)).toEqual([422, 'parent-of-wrong-level']);
    expect(await refused('village', '乙村', county)).toEqual([422, 'parent-of-wrong-level']);
    expect(await refused('town', '乙镇', town)).toEqual([422, 'parent-of-wrong-level']);
    expect(await refused('county', '乙县', county)).toEqual([422, 'parent-missing']);
    expect(await refused('village', ' ', town)).toEqual([422, 'place-name-blank']);
    expect(await refused('village', '甲村', town)).toEqual([409, 'place-name-taken']);
    expect(await refused('village', ' 甲村\u3000', town)).toEqual([409, 'place-name-taken']);
    expect(await refused('county', '甲县')).toEqual([409, 'place-name-taken']);
  });

  test('with one name are registered once, however many ask at the same time', async () => {
    const county = await added('county', '丙县');
    const asked = Array.from({ length: 8 }, () =>
      post('/api/v1/places', { level: 'town', name: '丙镇', parentId: county }),
    );
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
  });

  test('merged into each other are refused, and so are a merger across levels and into a merged place', async () => {
    const county = await added('county', '丁县');
    const [one, two, three] = [
      await added('town', '丁一镇', county),
      await added('town', '丁二镇', county),
      await added('town', '丁三镇', county),
    ];
    const merge = (placeId: string, intoPlaceId: string) =>
      post(`/api/v1/places/${placeId}/merger`, { intoPlaceId });
    expect(await merge(one, county)).toMatchObject({ status: 422, code: 'merger-across-levels' });
    expect(await merge(one, two)).toMatchObject({ status: 201 });
    expect(await merge(two, one)).toMatchObject({ status: 409, code: 'merger-in-circle' });
    const third = await merge(three, one);
    expect(third).toMatchObject({ status: 409, code: 'merger-into-merged-place' });
    expect(third.detail).toContain(two);
    expect(await merge(three, two)).toMatchObject({ status: 201 });
    expect(await merge(two, three)).toMatchObject({ status: 409, code: 'merger-in-circle' });
  });

  test('merged and given back, and moved, are where they belong after each', async () => {
    const county = await added('county', '戊县');
    const [one, two] = [
      await added('town', '戊一镇', county),
      await added('town', '戊二镇', county),
    ];
    const village = await added('village', '戊村', one);
    const path = async (position: unknown) => {
      const answer = await demo.get(`/api/v1/places?name=戊村&waitFor=${String(position)}`);
      return ((await answer.json()) as { places: { path: string[] }[] }).places[0]?.path.join('/');
    };
    const approval = '甲〔2024〕1号';
    const merger = await post(`/api/v1/places/${one}/merger`, { intoPlaceId: two });
    expect(await path(merger.position)).toBe('戊县/戊二镇/戊村');
    const revocation = `/api/v1/places/${one}/merger/revocation`;
    const revoked = await post(revocation, { reason: '误', approval });
    expect(revoked.status).toBe(201);
    expect(await path(revoked.position)).toBe('戊县/戊一镇/戊村');
    const again = await post(revocation, { reason: '误', approval });
    expect(again).toMatchObject({ status: 409, code: 'place-not-merged' });
    const moved = await post(`/api/v1/places/${village}/parent`, { parentId: two, approval });
    expect(moved.status).toBe(201);
    expect(await path(moved.position)).toBe('戊县/戊二镇/戊村');
    const under = await post(`/api/v1/places/${village}/parent`, { parentId: county, approval });
    expect(under).toMatchObject({ status: 422, code: 'parent-of-wrong-level' });
  });
});

describe('a plan over HTTP', () => {
  const plan = (documentNumber: string, date: string, path: readonly string[]) => ({
    notice: {
      ...{ issuer: '己县农业农村局', documentNumber, title: '计划', date },
      ...{ programme: 'transition', fiscalYear: 2024, batch: '1', fundingLevel: 'county' },
    },
    places: path.map((_name, index) => ({ path: path.slice(0, index + 1) })),
    annexes: [
      { annex: '1', title: '表', unit: '万元', rows: [{ row: 1, place: path, amount: '1' }] },
    ],
  });
  const imported = async (...[number, date, path]: Parameters<typeof plan>) => {
    const answer = await demo.post('/api/v1/notices', plan(number, date, path), 'clerk');
    const { position } = (await answer.json()) as { position: number };
    return { status: answer.status, position };
  };

  test('finds places registered through the API, renamed and merged since, and makes none twice', async () => {
    const county = await added('county', '己县');
    const [one, two] = [
      await added('town', '己一镇', county),
      await added('town', '己二镇', county),
    ];
    const village = await added('village', '己村', one);
    const fen = async (position: number) => {
      const answer = await demo.get(`/api/v1/places?name=己村&waitFor=${position}`);
      const { places } = (await answer.json()) as { places: { placeId: string }[] };
      expect(places.map(({ placeId }) => placeId)).toEqual([village]);
      const balance = await demo.get(`/api/v1/balances/${village}`);
      return ((await balance.json()) as { allocatedFen: number }).allocatedFen;
    };
    const first = await imported('己农〔2024〕1号', on, ['己县', '己一镇', '己村']);
    expect(first.status).toBe(201);
    expect(await fen(first.position)).toBe(1_000_000);
    await post(`/api/v1/places/${one}/name`, { name: '己新街道' });
    const second = await imported('己农〔2024〕2号', on, ['己县', '己新街道', '己村']);
    expect(await fen(second.position)).toBe(2_000_000);
    const third = await imported('己农〔2024〕3号', on, ['己县', '己一镇', '己村']);
    expect(await fen(third.position)).toBe(3_000_000);
    await post(`/api/v1/places/${one}/merger`, { intoPlaceId: two });
    const fourth = await imported('己农〔2024〕4号', on, ['己县', '己二镇', '己村']);
    expect(await fen(fourth.position)).toBe(4_000_000);
    const again = await imported('己农〔2024〕4号', on, ['己县', '己二镇', '己村']);
    expect(again.status).toBe(200);
    expect(await fen(again.position)).toBe(4_000_000);
  });
});
