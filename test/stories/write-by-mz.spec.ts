import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Writable } from 'node:stream';
import { loadDemo } from '#importers/demo/load-demo';
import type { Role } from '#ledger/context';
import { openLedger } from '#wiring/ledger';
import { runMz } from '#cli/run-mz';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
afterAll(remove);

const mz = async (...parameters: readonly string[]) => {
  const written = { stdout: '', stderr: '' };
  const to = (name: keyof typeof written) =>
    new Writable({
      decodeStrings: false,
      write: (text: string, _encoding, done) => {
        written[name] += text;
        done();
      },
    });
  const env = { MZ_DATA: directory };
  const code = await runMz(parameters, { stdout: to('stdout'), stderr: to('stderr'), env });
  return { code, ...written };
};

const tokens = new Map<Role, string>();
const as = (role: Role, ...parameters: readonly string[]) =>
  mz(...parameters, '--token', tokens.get(role) ?? '');

beforeAll(async () => {
  const ledger = await openLedger({ directory });
  await loadDemo(ledger, () => undefined);
  await ledger.close();
  for (const role of ['clerk', 'finance', 'viewer'] as const) {
    const { stdout } = await mz('token', '--role', role, '--name', `某${role}`);
    tokens.set(role, stdout.trim());
  }
});

describe('a write by mz', () => {
  const allocate = (notice: string, row: string) => [
    ...['allocate', '1万元', '--notice', notice, '--annex', '1', '--row', row],
    ...['--place', '朔城区', '--json'],
  ];

  test.each([
    ['as printed', '朔区脱贫巩固组〔2024〕2号', '901'],
    ['with the brackets and zeros of a keyboard', '朔区脱贫巩固组[2024]02号', '902'],
    ['with spaces', ' 朔区脱贫巩固组〔2024〕 2号', '903'],
  ])('finds its notice by a number written %s', async (_how, notice, row) => {
    const { code, stdout, stderr } = await as('clerk', ...allocate(notice, row));
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'happened', revision: 0 });
  });

  test('of a notice that was never issued names those that were', async () => {
    const { code, stderr } = await as('clerk', ...allocate('朔农发〔1999〕1号', '904'));
    expect(code).toBe(2);
    expect(stderr).toContain('朔区脱贫巩固组〔2024〕2号');
  });

  test('by a role that may not ends with 4 before any name is looked up', async () => {
    const { code, stderr } = await as('viewer', ...allocate('朔农发〔1999〕1号', '904'));
    expect(code).toBe(4);
    expect(stderr).toContain('角色 viewer 不能做 AllocateFunds;可以做的角色是 clerk。');
  });

  test('with the key of another write ends with 3 and calls the key as mz does', async () => {
    const rename = (ground: string) =>
      as(
        'clerk',
        'classify',
        '朔区脱贫巩固组〔2024〕2号/1/2',
        ground,
        '--ground',
        ground,
        '--key',
        'k',
      );
    expect(await rename('产业发展')).toMatchObject({ code: 0 });
    expect((await rename('产业发展')).stdout).toContain('此前已记,');
    const other = await rename('基础设施');
    expect(other.code).toBe(3);
    expect(other.stderr).toContain('这个 --key 已用于另一件事,原记录不变。');
  });

  test('that is refused ends with 1, with the sentence of the rule and its code', async () => {
    const { code, stderr } = await as(
      'finance',
      ...['arrive', '朔区脱贫巩固组〔2024〕2号/1/2', '99999万元'],
    );
    expect(code).toBe(1);
    expect(stderr).toContain('(amount-exceeds-allocated-funds)');
  });

  test('of a pair keeps both halves together and prints both', async () => {
    const { code, stdout } = await as(
      'clerk',
      ...['adjust', '朔区脱贫巩固组〔2024〕2号/1/901', '朔区脱贫巩固组〔2024〕2号/1/902', '100元'],
      ...['--approval', '〔2024〕9号', '--json'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'completed',
      kind: 'happened',
      legs: [{ kind: 'happened' }, { kind: 'happened' }],
    });
  });
});
