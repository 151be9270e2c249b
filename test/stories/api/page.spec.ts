import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startDemoApi, type DemoApi } from '../../support/demo-api.ts';

let demo: DemoApi;
beforeAll(async () => {
  demo = await startDemoApi();
});
afterAll(() => demo.close());

/** The first table of the page: in each row the label and what was allocated in 万元, and whether it is a sum. */
const rows = async () => {
  const page = await (await demo.get('/')).text();
  const [, table = ''] = /<tbody>(.*?)<\/tbody>/s.exec(page) ?? [];
  return [...table.matchAll(/<tr( class="town")?>\s*<td>(.*?)<\/td>\s*<td>(.*?)<\/td>/gs)].map(
    ([, sum, label = '', allocated]) => ({
      isSum: sum !== undefined,
      label,
      wan: Number(allocated),
    }),
  );
};

test('given towns with villages, the row of a town is the sum of the rows below it, the last of all', async () => {
  const all = await rows();
  expect(all.find(({ label }) => label === '神头镇')).toMatchObject({ isSum: true, wan: 65 });
  const total = all.at(-1);
  expect(total).toEqual({ isSum: true, label: '合计', wan: 749.55 });
  const sums = all.filter(({ isSum }) => isSum).slice(0, -1);
  expect(sums.reduce((fen, { wan }) => fen + Math.round(wan * 100), 0)).toBe(74_955);
  for (const [at, { isSum, label, wan }] of all.entries()) {
    const after = all.slice(at + 1);
    const below = after.slice(
      0,
      after.findIndex((one) => one.isSum),
    );
    if (!isSum || label === '合计' || below.length === 0) continue;
    expect([label, below.reduce((sum, one) => sum + one.wan, 0)]).toEqual([label, wan]);
  }
});
