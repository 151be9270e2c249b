import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { commandIdOf } from '#event-codec/ids';
import { loadDemo } from '#importers/demo/load-demo';
import type { Role } from '#ledger/context';
import { openLedger } from '#wiring/ledger';
import { mz } from '../support/mz.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
afterAll(remove);

const NOTICE = '朔区脱贫巩固组〔2024〕2号';
const on = ['--on', '2024-09-02'];
const tokens = new Map<Role, string>();
const as = (role: Role, ...parameters: readonly string[]) =>
  mz(parameters, { MZ_DATA: directory, MZ_TOKEN: tokens.get(role) ?? '' });
const idIn = (stdout: string): string => /requestId (\S+)/.exec(stdout)?.[1] ?? '';
const waiting = async (day = '2024-09-12') =>
  JSON.parse((await as('clerk', 'requests', '--on', day, '--json')).stdout) as {
    readonly requests: readonly { readonly requestId: string }[];
  };

let requestId: string;

beforeAll(async () => {
  const ledger = await openLedger({ directory });
  await loadDemo(ledger, () => undefined);
  await ledger.close();
  for (const role of ['clerk', 'finance'] as const) {
    const made = await mz(['token', '--role', role, '--name', `某${role}`], { MZ_DATA: directory });
    tokens.set(role, made.stdout.trim());
  }
  const where = ['--notice', NOTICE, '--annex', '1', '--row', '901', '--place', '朔城区'];
  await as('clerk', 'allocate', '100万元', ...where, ...on);
  await as('finance', 'arrive', `${NOTICE}/1/901`, '100万元', ...on);
  await as('clerk', 'payee', 'add', '示例施工队', '--kind', 'enterprise', ...on);
  const asked = ['--payee', '示例施工队', '--purpose', '进度款', ...on];
  requestId = idIn((await as('clerk', 'request', `${NOTICE}/1/901`, '12万元', ...asked)).stdout);
});

test('Given a request, when asked what waits, then it waits for approval, with age, amount, payee, place and who asked', async () => {
  expect((await waiting()).requests.find((one) => one.requestId === requestId)).toMatchObject({
    amountFen: 12_000_000,
    payee: '示例施工队',
    place: ['朔城区'],
    requestedBy: '某clerk',
    requestedOn: '2024-09-02',
    ageDays: 10,
    nextStep: 'approval',
  });
  const { stdout } = await as('clerk', 'requests', '--on', '2024-09-12');
  expect(stdout).toMatch(
    new RegExp(`${requestId.slice(0, 8)}.*复核.*10.*12.*示例施工队.*朔城区.*某clerk`),
  );
});

test('Given fewer than four characters of its id, when it is approved, then mz says how many it takes', async () => {
  const { code, stderr } = await as('finance', 'approve', requestId.slice(0, 3), ...on);
  expect([code, stderr]).toEqual([2, expect.stringContaining('编号至少写四位')]);
});

test('Given its short id, when it is approved, then it waits for payment; paid by the short id, it waits no more', async () => {
  const short = requestId.slice(0, 8);
  expect(await as('finance', 'approve', short, ...on)).toMatchObject({ code: 0 });
  expect((await waiting()).requests.find((one) => one.requestId === requestId)).toMatchObject({
    nextStep: 'payment',
    decidedBy: '某finance',
  });
  expect(await as('finance', 'pay', short, '--voucher', 'zf-12', ...on)).toMatchObject({ code: 0 });
  expect((await waiting()).requests.map((one) => one.requestId)).not.toContain(requestId);
});

/** Two keys under which requests of one allocation get ids that begin with the same four characters. */
const keysAlike = (allocationId: string): readonly [string, string, string] => {
  const seen = new Map<string, string>();
  for (let n = 0; ; n += 1) {
    const beginning = commandIdOf('mz', '某clerk', `${n}`, 'request', allocationId).slice(0, 4);
    const other = seen.get(beginning);
    if (other !== undefined) return [beginning, other, `${n}`];
    seen.set(beginning, `${n}`);
  }
};

test('Given requests whose ids begin alike, when one is named by that, then mz lists them', async () => {
  const { stdout } = await as('clerk', 'register', '--annex', '1', '--json');
  const { lines } = JSON.parse(stdout) as {
    readonly lines: readonly { readonly line: number; readonly allocationId: string }[];
  };
  const allocationId = lines.find(({ line }) => line === 901)?.allocationId ?? '';
  const [beginning, ...keys] = keysAlike(allocationId);
  const asked = ['--payee', '示例施工队', '--purpose', '进度款', ...on];
  const ids: string[] = [];
  for (const key of keys) {
    const request = ['request', `${NOTICE}/1/901`, '1元', ...asked, '--key', key];
    ids.push(idIn((await as('clerk', ...request)).stdout));
  }
  const { code, stderr } = await as('finance', 'approve', beginning, ...on);
  expect(code).toBe(2);
  for (const id of ids) expect(stderr).toContain(id);
});
