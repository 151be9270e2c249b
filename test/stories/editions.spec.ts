import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REFERENCE_PLAN } from '#importers/demo/reference-notice';
import { startDemoApi, type DemoApi } from '../support/demo-api.ts';
import { mz } from '../support/mz.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
afterAll(remove);

const NUMBER = '朔区脱贫巩固组〔2024〕2号';
const [FIRST, ...OTHERS] = REFERENCE_PLAN.annexes;
/** The same paper with 11 万元 in its first row, where it had 10. */
const CORRECTED = {
  ...REFERENCE_PLAN,
  annexes: [
    {
      ...FIRST,
      statedTotal: '146',
      rows: (FIRST?.rows ?? []).map((row) => (row.row === 1 ? { ...row, amount: '11' } : row)),
    },
    ...OTHERS,
  ],
};
const save = (name: string, plan: unknown): string => {
  writeFileSync(join(directory, name), JSON.stringify(plan));
  return join(directory, name);
};
const plan = save('plan.json', REFERENCE_PLAN);
const corrected = save('corrected.json', CORRECTED);

let ledgers = 0;
let data = '';
const tokens = new Map<string, string>();

const as = async (role: 'clerk' | 'finance', ...parameters: readonly string[]) =>
  mz([...parameters, '--data', data], { MZ_TOKEN: tokens.get(role) ?? '' });

const read = async (...parameters: readonly string[]) =>
  JSON.parse((await as('clerk', ...parameters, '--json')).stdout) as unknown;

const done = async (role: 'clerk' | 'finance', ...parameters: readonly string[]) => {
  const { code, stdout, stderr } = await as(role, ...parameters);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
};

const allocatedFen = async () => ((await read('explain', '下达')) as { sum: number }).sum;

const numberOf = async (type: string): Promise<string> => {
  const { entries } = (await read('journal', '--type', type)) as {
    entries: readonly { readonly position: number }[];
  };
  return `${entries.at(-1)?.position}`;
};

beforeEach(async () => {
  data = join(directory, `ledger-${(ledgers += 1)}`);
  await mz(['import', plan, '--data', data]);
  for (const role of ['clerk', 'finance'] as const) {
    const { stdout } = await mz(['token', '--role', role, '--name', `某${role}`, '--data', data]);
    tokens.set(role, stdout.trim());
  }
  await done('clerk', 'import', plan, '--commit');
});

describe('a notice that was entered wrongly', () => {
  test('is withdrawn with its rows, and the corrected paper is its second edition and posts its money', async () => {
    expect(await allocatedFen()).toBe(749_550_000);
    const told = await done(
      'clerk',
      'reverse',
      await numberOf('NoticeIssued'),
      '--reason',
      '金额有误',
    );
    expect(told).toContain('已作废 20 行。');
    expect(await allocatedFen()).toBe(0);
    expect((await as('clerk', 'import', corrected)).stdout).toContain('本次记为第 2 版');
    const first = JSON.parse(await done('clerk', 'import', corrected, '--commit', '--json'));
    expect(first).toMatchObject({ kind: 'imported', recorded: 21 });
    expect(await allocatedFen()).toBe(750_550_000);
    const again = JSON.parse(await done('clerk', 'import', corrected, '--commit', '--json'));
    expect(again).toMatchObject({ kind: 'imported', recorded: 0 });
    expect(await read('explain', '文件下达')).toMatchObject({ sum: 750_550_000 });
    expect(await read('explain', '笔数')).toMatchObject({ sum: 20 });
    await done('finance', 'arrive', `${NUMBER}/1/1`, '11万元', '--on', '2024-05-06');
    const journal = (await read('journal', '--type', 'NoticeIssued')) as {
      entries: readonly { corrects: readonly object[]; correctedBy: readonly object[] }[];
    };
    const [old, renewed] = journal.entries;
    expect(old?.correctedBy).toMatchObject([{ kind: 'withdrawal' }, { kind: 'edition' }]);
    expect(renewed?.corrects).toMatchObject([{ kind: 'edition' }]);
  });

  test('keeps rows with money, and says which', async () => {
    await done('finance', 'arrive', `${NUMBER}/1/2`, '1万元', '--on', '2024-05-06');
    const notice = await numberOf('NoticeIssued');
    const told = await done('clerk', 'reverse', notice, '--reason', '金额有误');
    expect(told).toContain('已作废 19 行。');
    expect(told).toContain('附件1第2行保留:');
    const again = await as('clerk', 'reverse', notice, '--reason', '金额有误');
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('已经撤回') });
  });

  test('is taken back whole, and entered again the same paper is its second edition', async () => {
    await done('clerk', 'import', '--take-back', NUMBER, '--reason', '不是本县的文件');
    expect(await allocatedFen()).toBe(0);
    const again = JSON.parse(await done('clerk', 'import', plan, '--commit', '--json'));
    expect(again).toMatchObject({ recorded: 21 });
    expect(await allocatedFen()).toBe(749_550_000);
  });

  test('is not taken back while a row has anything else: all such rows are listed, and nothing changes', async () => {
    await done('finance', 'arrive', `${NUMBER}/1/2`, '1万元', '--on', '2024-05-06');
    const classified = ['classify', `${NUMBER}/1/3`, '产业', '--ground', '库'];
    await done('clerk', ...classified, '--on', '2024-05-06');
    const before = (await as('clerk', 'digest', '--json')).stdout;
    const told = await as('clerk', 'import', '--take-back', NUMBER, '--reason', '误');
    expect(told.code).toBe(1);
    expect(told.stderr).toMatch(
      /附件1第2行:#\d+ 到账 10,000\.00 元\n附件1第3行:#\d+ 归类为 产业\n/,
    );
    expect((await as('clerk', 'digest', '--json')).stdout).toBe(before);
  });

  test('is taken back once every other entry of its rows was taken back', async () => {
    const row = `${NUMBER}/1/2`;
    const reversed = async (type: string) =>
      done('finance', 'reverse', await numberOf(type), '--reason', '误', '--on', '2024-05-09');
    await done('finance', 'arrive', row, '1万元', '--on', '2024-05-06', '--voucher', 'a-1');
    await done('clerk', 'project', 'start', row, '--on', '2024-05-06');
    const refused = await as('clerk', 'import', '--take-back', NUMBER, '--reason', '误');
    expect(refused.stderr).toMatch(/附件1第2行:#\d+ 到账 10,000\.00 元;#\d+ 项目开工\n/);
    await reversed('FundsArrived');
    await done('clerk', 'reverse', await numberOf('ProjectStarted'), '--reason', '误');
    expect(await done('clerk', 'import', '--take-back', NUMBER, '--reason', '误')).toContain(
      '已作废 20 行。',
    );
    expect(await allocatedFen()).toBe(0);
  });

  test('over HTTP is withdrawn with its rows, and refused to be taken back where rows are in use', async () => {
    const demo = await startDemoApi();
    const { notices } = (await (await demo.get('/api/v1/notices')).json()) as {
      notices: readonly { readonly noticeId: string }[];
    };
    const path = `/api/v1/notices/${notices[0]?.noticeId}`;
    const body = { occurredOn: '2024-12-30', reason: '有误' };
    const refused = await demo.post(`${path}/take-back`, body, 'clerk');
    const problem = (await refused.json()) as { code: string; errors: readonly object[] };
    expect([refused.status, problem.code]).toEqual([409, 'import-in-use']);
    expect(problem.errors.length).toBeGreaterThan(10);
    const key = { 'idempotency-key': 'withdraw' };
    const withdrawn = await demo.post(`${path}/withdrawal`, body, 'clerk', key);
    const answer = (await withdrawn.json()) as {
      voided: readonly object[];
      kept: readonly object[];
    };
    expect(withdrawn.status).toBe(201);
    expect(answer.voided.length + answer.kept.length).toBe(20);
    const again = await demo.post(`${path}/withdrawal`, body, 'clerk', key);
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ voided: answer.voided, kept: answer.kept });
    await demo.close();
  });

  describe('over HTTP', () => {
    let demo: DemoApi;
    beforeAll(async () => {
      demo = await startDemoApi();
    });
    afterAll(() => demo.close());
    const number = '朔区脱贫巩固组〔2024〕95号';
    const paper = (amount: string) => ({
      notice: { ...REFERENCE_PLAN.notice, documentNumber: number },
      annexes: [
        {
          ...{ annex: '1', title: '计划表', unit: '万元', statedTotal: amount },
          rows: [{ row: 1, place: ['朔城区', '贾庄乡', '辛村'], amount }],
        },
      ],
    });
    const sent = async (path: string, body: object, key: string) => {
      const of = { 'idempotency-key': key };
      const answer = await demo.post(`/api/v1/${path}`, body, 'clerk', of);
      const { noticeId, recorded, repeated, code } = (await answer.json()) as Readonly<
        Record<string, unknown>
      >;
      await demo.ledger.views.waitFor(Number(await demo.ledger.log.head()), 5_000);
      return { status: answer.status, noticeId, recorded, repeated, code };
    };

    test('a request sent again under its key answers as at first, and a new edition needs a new key', async () => {
      const first = await sent('notices', paper('3'), 'first');
      expect(first).toMatchObject({ status: 201, recorded: 2 });
      const again = { status: 200, noticeId: first.noticeId, recorded: 0, repeated: 2 };
      expect(await sent('notices', paper('3'), 'first')).toEqual(again);
      const withdrawal = { occurredOn: '2024-12-30', reason: '有误' };
      await sent(`notices/${String(first.noticeId)}/withdrawal`, withdrawal, 'withdrawal');
      const head = await demo.ledger.log.head();
      expect(await sent('notices', paper('3'), 'first')).toEqual(again);
      expect(await sent('notices', paper('4'), 'first')).toMatchObject({
        ...{ status: 422, code: 'same-key-different-content' },
      });
      expect(await demo.ledger.log.head()).toBe(head);
      const second = await sent('notices', paper('4'), 'second');
      expect(second).toMatchObject({ status: 201, recorded: 2 });
      expect(second.noticeId).not.toBe(first.noticeId);
      expect(await sent('notices', paper('3'), 'first')).toEqual(again);
      expect(await sent('notices', paper('4'), 'second')).toEqual({
        ...{ ...again, noticeId: second.noticeId },
      });
    });

    test('a key that was used for something else imports nothing', async () => {
      const { lines } = (await (await demo.get('/api/v1/allocations')).json()) as {
        readonly lines: readonly { readonly allocationId: string; readonly status: string }[];
      };
      const open = lines.find(({ status }) => status === 'open');
      const path = `allocations/${open?.allocationId}/classification`;
      const body = { occurredOn: '2024-12-30', projectType: '产业发展', ground: '项目库' };
      expect(await sent(path, body, 'elsewhere')).toMatchObject({ status: 201 });
      expect(await sent('notices', paper('5'), 'elsewhere')).toMatchObject({
        ...{ status: 422, code: 'same-key-different-content' },
      });
    });
  });
});
