import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDemoApi, type DemoApi } from '../support/demo-api.ts';
import { mz } from '../support/mz.ts';

let demo: DemoApi;
beforeAll(async () => {
  demo = await startDemoApi();
});
afterAll(() => demo.close());

const asked = async (...parameters: readonly string[]) => {
  const { code, stdout, stderr } = await mz(parameters, { MZ_DATA: demo.ledger.directory });
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
};

interface Line {
  readonly key: string;
  readonly paidFen: number;
  readonly behindBp: number | null;
}

describe('given the year of the demo', () => {
  test('progress by month has every month, and June is held against the end of June', async () => {
    const { lines } = JSON.parse(
      await asked('progress', '--by', 'month', '--year', '2024', '--json'),
    ) as { readonly lines: readonly Line[] };
    expect(lines.map(({ key }) => key)).toEqual([
      ...[
        '2024-04',
        '2024-05',
        '2024-06',
        '2024-07',
        '2024-08',
        '2024-09',
        '2024-10',
        '2024-11',
        '2024-12',
      ],
    ]);
    // 182/366 = 49.73 %, of which 7.74 % is paid.
    expect(lines.find(({ key }) => key === '2024-06')?.behindBp).toBe(4_973 - 774);
  });

  test('mz progress --on a day and --as-of that day answer the same', async () => {
    for (const rest of [['--json'], [], ['--by', 'month'], ['--position', '80', '--json']]) {
      const [on, asOf] = [
        await asked('progress', '--on', '2024-06-30', ...rest),
        await asked('progress', '--as-of', '2024-06-30', ...rest),
      ];
      expect(on).toBe(asOf);
    }
    expect(JSON.parse(await asked('progress', '--on', '2024-06-30', '--json'))).toMatchObject({
      total: { paidFen: 58_000_000 },
    });
  });

  test('mz progress with two different days says that they are one', async () => {
    const days = ['--on', '2024-06-30', '--as-of', '2024-07-01'];
    const { code, stderr } = await mz(['progress', ...days], { MZ_DATA: demo.ledger.directory });
    expect([code, stderr]).toEqual([2, expect.stringContaining('只能写一个日期')]);
  });

  test('the API answers on and asOf the same, and refuses two different days', async () => {
    const body = async (query: string) =>
      (await demo.get(`/api/v1/progress?by=town&${query}`)).json();
    expect(await body('on=2024-06-30')).toEqual(await body('asOf=2024-06-30'));
    expect(await body('on=2024-06-30')).toMatchObject({ total: { paidFen: 58_000_000 } });
    const both = await demo.get('/api/v1/progress?on=2024-06-30&asOf=2024-07-01');
    expect([both.status, await both.json()]).toEqual([
      422,
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: 'on' })] }),
    ]);
  });
});
