import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mz } from '../support/mz.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { openLedger } from '#wiring/ledger';

const { directory, remove } = temporaryDirectory();
afterAll(remove);

let token: string;
const run = (...parameters: readonly string[]) =>
  mz([...parameters, '--on', '2024-09-02'], { MZ_DATA: directory, MZ_TOKEN: token });
const add = (name: string, ...more: readonly string[]) =>
  run('payee', 'add', name, '--kind', 'enterprise', ...more);

beforeAll(async () => {
  await (await openLedger({ directory })).close();
  const made = await mz(['token', '--role', 'administrator', '--name', '某管理员'], {
    MZ_DATA: directory,
  });
  token = made.stdout.trim();
});

test('Given a payee, when it is added again, then mz names the one that there is, and its id', async () => {
  const { stdout } = await add('示例施工队');
  const [, payeeId = ''] = /payeeId (\S+)/.exec(stdout) ?? [];
  const { code, stderr } = await add(' 示例 施工队 ');
  expect(code).toBe(1);
  expect(stderr).toContain(`该收款人已经登记:示例施工队(编号 ${payeeId}),请直接使用。`);
});

test('Given a payee, when it is renamed by a short id, then it has the new name, and the old one is free', async () => {
  const { stdout } = await add('示例建材店', '--code', '91350100M000100Y43');
  const [, payeeId = ''] = /payeeId (\S+)/.exec(stdout) ?? [];
  expect(await run('payee', 'rename', payeeId.slice(0, 8), '示例建材公司')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('收款人变更为 示例建材公司'),
  });
  const { stdout: listed } = await mz(['payee', 'list', '--json'], { MZ_DATA: directory });
  expect(JSON.parse(listed)).toMatchObject({
    payees: expect.arrayContaining([
      { payeeId, kind: 'enterprise', name: '示例建材公司', creditCode: '91350100M000100Y43' },
    ]) as unknown,
  });
  expect(await add('示例建材店')).toMatchObject({ code: 0 });
});
