import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REFERENCE_PLAN } from '#importers/demo/reference-notice';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { mz } from '../support/mz.ts';

const { directory, remove } = temporaryDirectory();
afterAll(remove);
const file = (name: string) => join(directory, name);
const save = (name: string, plan: unknown): string => {
  writeFileSync(file(name), typeof plan === 'string' ? plan : JSON.stringify(plan));
  return file(name);
};

describe('importing a plan', () => {
  let plan: string;
  const tokens = new Map<string, string>();
  const withToken = async (data: string) => {
    const known = tokens.get(data);
    if (known !== undefined) return { MZ_TOKEN: known };
    const { stdout } = await mz(['token', '--role', 'clerk', '--name', 'wang', '--data', data]);
    tokens.set(data, stdout.trim());
    return { MZ_TOKEN: stdout.trim() };
  };
  const importInto = async (data: string, name: string) =>
    mz(['import', name, '--commit', '--json', '--data', data], await withToken(data));

  beforeAll(() => {
    plan = save('plan.json', REFERENCE_PLAN);
  });

  test('is first a dry run that records nothing', async () => {
    const data = file('dry');
    const { code, stdout } = await mz(['import', plan, '--data', data]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/试算\(未记账\).*〔2024〕2号/);
    expect(stdout).toMatch(/共 20 行 749\.55 万元/);
    expect(existsSync(data)).toBe(false);
  });

  test('twice yields the same ledger, no event more', async () => {
    const data = file('twice');
    expect(JSON.parse((await importInto(data, plan)).stdout)).toMatchObject({ repeated: 0 });
    const first = (await mz(['digest', '--json', '--data', data])).stdout;
    expect(JSON.parse((await importInto(data, plan)).stdout)).toMatchObject({ recorded: 0 });
    expect((await mz(['digest', '--json', '--data', data])).stdout).toBe(first);
  });

  test('with another amount is a conflict of its own exit code, and changes nothing', async () => {
    const data = file('conflict');
    await importInto(data, plan);
    const before = (await mz(['digest', '--json', '--data', data])).stdout;
    const [first, ...others] = REFERENCE_PLAN.annexes;
    const rows = (first?.rows ?? []).map((row) => (row.row === 1 ? { ...row, amount: '11' } : row));
    const changed = {
      ...REFERENCE_PLAN,
      annexes: [{ ...first, statedTotal: '146', rows }, ...others],
    };
    const { code, stderr } = await importInto(data, save('changed.json', changed));
    expect(code).toBe(3);
    expect(stderr).toMatch(/附件1第1行台账已记 10 万元,计划为 11 万元/);
    expect((await mz(['digest', '--json', '--data', data])).stdout).toBe(before);
  });

  test('with another date is a conflict too, found before anything is written', async () => {
    const data = file('other-day');
    await importInto(data, plan);
    const before = (await mz(['digest', '--json', '--data', data])).stdout;
    const { notice, places } = REFERENCE_PLAN;
    const later = {
      ...REFERENCE_PLAN,
      notice: { ...notice, date: '2024-04-27' },
      places: [...places, { path: ['朔城区', '神头镇', '新村'] }],
    };
    const { code, stderr } = await importInto(data, save('later.json', later));
    expect(code).toBe(3);
    expect(stderr).toMatch(/日期/);
    expect((await mz(['digest', '--json', '--data', data])).stdout).toBe(before);
  });

  test('without a token says how to get one', async () => {
    const { code, stderr } = await mz(['import', plan, '--commit', '--data', file('nobody')]);
    expect(code).toBe(4);
    expect(stderr).toMatch(/mz token --role clerk/);
  });

  test('tells every fault of a table at once, by line and column', async () => {
    const table = [
      'notice,issuer,甲',
      'notice,documentNumber,甲〔2024〕1号',
      'notice,title,计划',
      'notice,date,2024-02-30',
      'notice,programme,transition',
      'notice,fiscalYear,2024',
      'notice,batch,1',
      'notice,fundingLevel,municipal',
      'place,甲县,,,',
      'annex,1,表,千元,10',
      'row,1,1,甲县,,,-1,,,,,',
      'total,1',
    ].join('\n');
    const { code, stderr } = await mz(['import', save('bad.csv', table), '--data', file('bad')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/行 4 列 C {2}"2024-02-30" 不是存在的日期/);
    expect(stderr).toMatch(/行 10 列 D {2}只能是 元、万元 之一/);
    expect(stderr).toMatch(/行 12 {2}不认识以“total”开头的行/);
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ['empty.json', '', /文件是空的/],
    ['half.json', '{"notice":', /不是完整的 JSON/],
    ['list.json', '[]', /这里应是一个对象/],
    ['huge.json', 'a'.repeat(10_000_000), /超过 8 MB/],
    ['plan.docx', 'x', /只能导入 \.json 或 \.csv/],
  ])('%s is refused in words', async (name, text, sentence) => {
    writeFileSync(file(name), text);
    const { code, stderr } = await mz(['import', file(name), '--data', file('words')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
  });

  test('of a notice whose number has other brackets, it is counted once', async () => {
    const data = file('brackets');
    await importInto(data, plan);
    const { notice } = REFERENCE_PLAN;
    const spelled = { ...notice, documentNumber: '朔区脱贫巩固组\uFF3B２０２４\uFF3D02號' };
    const again = save('brackets.json', { ...REFERENCE_PLAN, notice: spelled });
    expect(JSON.parse((await importInto(data, again)).stdout)).toMatchObject({ recorded: 0 });
    const { stdout } = await mz(['balances', '--json', '--data', data]);
    expect(JSON.parse(stdout)).toMatchObject({ totals: { allocatedFen: 749_550_000 } });
    const traced = ['trace', '朔区脱贫巩固组[2024]2號/3/1', '--data', data];
    expect((await mz(traced)).code).toBe(0);
  });

  test('of twelve annexes, they are listed in the order in which they are counted', async () => {
    const data = file('twelve');
    const rows = [{ row: 1, place: ['朔城区'], amount: '2', project: '渠' }];
    const numbers = Array.from({ length: 12 }, (_one, index) => `${index + 1}`);
    const annexes = numbers.map((annex) => ({ annex, title: '表', unit: '元', rows }));
    await importInto(data, save('twelve.json', { ...REFERENCE_PLAN, annexes }));
    const { stdout } = await mz(['register', '--json', '--data', data]);
    const { lines } = JSON.parse(stdout) as { lines: { annex: string }[] };
    expect(lines.map(({ annex }) => annex)).toEqual(numbers);
  });

  test('shows what has been confirmed before it is recorded', async () => {
    const rows = [{ row: 1, place: ['朔城区'], amount: '200000', project: '渠' }];
    const annexes = [{ annex: '1', title: '表', unit: '万元', rows }];
    const large = { ...REFERENCE_PLAN, annexes };
    const asked = await mz(['import', save('large.json', large), '--data', file('large')]);
    expect([asked.code, asked.stderr]).toEqual([2, expect.stringContaining('10 亿元')]);
    const confirmed = [{ question: 'largeAmount', of: '1/1' }];
    const answered = save('answered.json', { ...large, confirmed });
    const { code, stdout } = await mz(['import', answered, '--data', file('large')]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/已确认:金额 200000 万元/)]);
  });

  test('a plan of wrong amounts names each of them', async () => {
    const [annex] = REFERENCE_PLAN.annexes;
    const amounts = ['-1', '1.0000001', '1e3', '0', '99999999999999'];
    const rows = amounts.map((amount, n) => ({ row: n + 1, place: ['朔城区'], amount }));
    const wrong = { ...REFERENCE_PLAN, annexes: [{ ...annex, rows }] };
    const { stderr } = await mz(['import', save('wrong.json', wrong), '--data', file('wrong')]);
    for (const [n, sentence] of [
      '不能是负数',
      '不足一分',
      '不是金额',
      '必须大于零',
      '太大',
    ].entries()) {
      expect(stderr).toMatch(new RegExp(`/annexes/0/rows/${n}/amount {2}.*${sentence}`));
    }
  });
});

describe('the demo', () => {
  test('once, as JSON, prints one document with the figures of the notice', async () => {
    const { code, stdout, stderr } = await mz(['demo', '--once', '--json', '--data', file('demo')]);
    expect([code, stderr]).toEqual([0, '']);
    const told = JSON.parse(stdout) as Record<string, unknown>;
    expect(told).toMatchObject({
      allocatedFen: 749_550_000,
      arrivedFen: 485_000_000,
      paidFen: 189_000_000,
      annexes: { 1: 145_000_000, 2: 254_550_000, 3: 200_000_000, 4: 150_000_000 },
      annexesNow: { 1: 145_000_000, 2: 254_550_000, 3: 200_000_000, 4: 150_000_000 },
    });
    const places = told['villages'] as { path: string[]; level: string; allocatedFen: number }[];
    const at = (path: string) => places.find((place) => place.path.join('/') === path);
    expect(places).toHaveLength(20);
    expect(at('朔城区')).toMatchObject({ level: 'county', allocatedFen: 254_550_000 });
    expect(at('朔城区/贾庄乡')).toMatchObject({ level: 'town', allocatedFen: 20_000_000 });
    expect(at('朔城区/神头镇/东神头村')).toMatchObject({ allocatedFen: 20_000_000 });
    expect(places.some(({ path }) => path.includes('神头街道'))).toBe(false);
    const again = await mz(['demo', '--once', '--json', '--data', file('demo')]);
    expect(again.stdout).toBe(stdout);
  });

  test('names that are not whole are answered with candidates', async () => {
    const { code, stderr } = await mz(['balances', '神头', '--data', file('demo')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/神头镇/);
    expect(stderr).toMatch(/神头街道/);
  });

  test('a directory without a ledger is told apart', async () => {
    const { code, stderr } = await mz(['balances', '--data', file('nothing')]);
    expect(code).toBe(5);
    expect(stderr).toMatch(/没有台账/);
  });

  test('an unknown command is bad input', async () => {
    expect((await mz(['spend'])).code).toBe(2);
  });
});
