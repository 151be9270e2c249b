import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadDemo } from '#importers/demo/load-demo';
import type { Role } from '#ledger/context';
import { openLedger } from '#wiring/ledger';
import { mz } from '../support/mz.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
afterAll(remove);

const tokens = new Map<Role, string>();
const as = (role: Role, ...parameters: readonly string[]) =>
  mz(parameters, { MZ_DATA: directory, MZ_TOKEN: tokens.get(role) ?? '' });
const done = async (role: Role, ...parameters: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await as(role, ...parameters);
  if (code !== 0) throw new Error(stderr);
  return stdout;
};

const NOTICE = '朔区脱贫巩固组〔2024〕2号';
const on = ['--on', '2024-09-02'];
/** A line of the demo's notice, with money of its own. */
const line = (row: number) => `${NOTICE}/1/${row}`;

beforeAll(async () => {
  const ledger = await openLedger({ directory });
  await loadDemo(ledger, () => undefined);
  await ledger.close();
  const env = { MZ_DATA: directory };
  for (const role of ['clerk', 'finance', 'administrator'] as const) {
    tokens.set(
      role,
      (await mz(['token', '--role', role, '--name', `某${role}`], env)).stdout.trim(),
    );
  }
  for (const row of [901, 902]) {
    const where = ['--notice', NOTICE, '--annex', '1', '--row', `${row}`, '--place', '朔城区'];
    await done('clerk', 'allocate', '100万元', ...where, ...on);
  }
  await done('administrator', 'payee', 'add', '示例施工队', '--kind', 'enterprise', ...on);
});

describe('an entry with a voucher and no key', () => {
  const arrive = (row: number, ...more: readonly string[]) =>
    as('finance', 'arrive', line(row), '80万元', '--voucher', 'gk-901', ...on, ...more);

  test('is read back with its day, its place, its amount and its voucher', async () => {
    const { code, stdout } = await arrive(901);
    expect(code).toBe(0);
    expect(stdout).toContain('  2024-09-02 朔城区 到账 800,000.00 元,凭证 gk-901\n');
  });

  test('typed again is recorded once, and says so with what was recorded', async () => {
    const { code, stdout } = await arrive(901);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^此前已记,日志位置 \d+\n {2}2024-09-02 朔城区 到账 800,000\.00 元/);
    const { stdout: journal } = await as('clerk', 'journal', '--allocation', line(901), '--json');
    expect(JSON.parse(journal)).toMatchObject({ entries: [{}, {}] });
  });

  test('typed again on another day is refused, with the earlier day and place in the log', async () => {
    const { code, stderr } = await arrive(901, '--on', '2024-09-03');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /凭证 gk-901 在这笔资金上已于 2024-09-02 记过 800,000\.00 元\(日志位置 \d+\)/,
    );
    expect(stderr).toContain('--voucher-reason');
  });

  test('is recorded once more with a reason, which the journal has', async () => {
    const { code, stdout } = await as(
      'finance',
      ...['arrive', line(901), '1万元', '--voucher', 'gk-902', ...on],
    );
    expect([code, stdout]).toEqual([0, expect.stringContaining('已记账')]);
    const again = ['arrive', line(901), '1万元', '--voucher', 'gk-902', ...on];
    const { stdout: more } = await as('finance', ...again, '--voucher-reason', '一张凭证两笔');
    expect(more).toContain('到账 10,000.00 元(凭证再次记账:一张凭证两笔),凭证 gk-902');
  });

  test('may name the same slip for another allocation', async () => {
    expect(await arrive(902)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^已记账/) });
  });
});

describe('a payment from a statement', () => {
  const pay = () =>
    as(
      'finance',
      ...[
        'pay-statement',
        line(901),
        '3万元',
        '--payee',
        '示例施工队',
        '--voucher',
        'zf-901',
        ...on,
      ],
    );

  test('is read back with its payee', async () => {
    expect((await pay()).stdout).toContain(
      '  2024-09-02 朔城区 支付 30,000.00 元,凭证 zf-901,收款人 示例施工队\n',
    );
  });

  test('typed again is one payment; typed again after its reversal it is a new one', async () => {
    expect((await pay()).stdout).toMatch(/^此前已记,/);
    await done('finance', 'reverse', 'zf-901', '--reason', '银行退回', ...on);
    expect((await pay()).stdout).toMatch(/^已记账,/);
    expect((await pay()).stdout).toMatch(/^此前已记,/);
  });
});

describe('an amount', () => {
  test.each(['160', '1600000', '1,600'])(
    'without a unit, such as %s, is refused with what to type',
    async (amount) => {
      const { code, stderr } = await as('finance', 'arrive', line(902), amount, ...on);
      expect(code).toBe(2);
      expect(stderr).toContain(`“${amount}”没有写单位;请写 ${amount}元 或 ${amount}万元。`);
    },
  );

  test.each([
    ['0.5万', '5,000.00'],
    ['0.5万元', '5,000.00'],
    ['5000元', '5,000.00'],
  ])('of %s is recorded', async (amount, yuan) => {
    const recorded = await done('finance', 'arrive', line(902), amount, ...on);
    expect(recorded).toContain(`到账 ${yuan} 元`);
  });
});

describe('a voucher that paid a payee', () => {
  const pay = (row: number, ...more: readonly string[]) =>
    as(
      'finance',
      ...[
        'pay-statement',
        line(row),
        '2万元',
        '--payee',
        '示例施工队',
        '--voucher',
        'zf-902',
        ...on,
      ],
      ...more,
    );

  test('pays them as much out of no other allocation, and the refusal says where it did', async () => {
    expect((await pay(901)).stdout).toMatch(/^已记账/);
    const { code, stderr } = await pay(902);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /凭证 zf-902 已于 2024-09-02 在朔城区支付 20,000\.00 元给同一收款人\(日志位置 \d+\),没有再付/,
    );
  });

  test('pays them once more with a reason', async () => {
    const { stdout } = await pay(902, '--voucher-reason', '一张凭证付两个项目');
    expect(stdout).toContain('支付 20,000.00 元,凭证 zf-902(凭证再次记账:一张凭证付两个项目)');
  });

  test('of a payment that was recorded long before is found too', async () => {
    const { stdout } = await as('clerk', 'journal', '--type', 'FundsDisbursed', '--json');
    const { entries } = JSON.parse(stdout) as {
      entries: readonly { readonly data: Readonly<Record<string, string | number>> }[];
    };
    const { voucher, payeeId, amountFen } = entries[0]?.data ?? {};
    const { code, stderr } = await as(
      'finance',
      ...['pay-statement', line(902), `${Number(amountFen) / 100}元`, '--payee', `${payeeId}`],
      ...['--voucher', ` ${voucher}`.toUpperCase(), ...on],
    );
    expect([code, stderr]).toEqual([1, expect.stringContaining('(voucher-already-paid)')]);
  });
});
