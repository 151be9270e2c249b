import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allocationIdOf, idOf, noticeIdOf } from '#event-codec/ids';
import { DEMO_CLERK } from '#importers/demo/illustrative-year';
import { REFERENCE_PLAN } from '#importers/demo/reference-notice';
import { openLedger } from '#wiring/ledger';
import { mz } from '../support/mz.ts';
import { copyDemo } from '../support/shared-ledgers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
let token = '';
beforeAll(async () => {
  await copyDemo(directory);
  const { stdout } = await mz(['token', '--role', 'clerk', '--name', '王', '--data', directory]);
  token = stdout.trim();
});
afterAll(remove);

const NUMBER = '朔区脱贫巩固组〔2024〕2号';
const row = (annex: string, line: number) =>
  allocationIdOf(noticeIdOf(REFERENCE_PLAN.notice.issuer, NUMBER), annex, line);
const run = (...line: readonly string[]) => mz([...line, '--data', directory]);
const write = (...line: readonly string[]) => run(...line, '--token', token);

const legs = [
  { allocationId: `${NUMBER}/1/2`, direction: '调减', amount: '3', unit: '元', account: '国库' },
  { allocationId: `${NUMBER}/1/7`, direction: '调增', amount: '1', unit: '元', account: '国库' },
  { allocationId: `${NUMBER}/1/9`, direction: '调增', amount: '2', unit: '元', account: '国库' },
];
const file = (name: string, content: unknown): string => {
  const path = join(directory, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};

describe('mz adjust', () => {
  test('carries out a document of a file, which journal, trace and list then show', async () => {
    const document = { approval: '朔区脱贫巩固组〔2024〕9号', decidedOn: '2024-12-24', legs };
    const { code, stdout } = await write('adjust', '--file', file('a.json', document), '--json');
    const { adjustmentId, ...told } = JSON.parse(stdout) as { adjustmentId: string };
    expect([code, told]).toEqual([
      0,
      expect.objectContaining({
        status: 'completed',
        legs: [1, 2, 3].map(() => expect.anything()),
      }),
    ]);
    const list = await run('adjustments');
    expect(list.stdout).toContain('朔区脱贫巩固组〔2024〕9号  已完成');
    expect(list.stdout).toContain('国库 -0.0003 万元');
    const traced = await run('trace', `allocation:${row('1', 2)}`, '--json');
    const { chains } = JSON.parse(traced.stdout) as { chains: { allocationId: string }[] };
    expect(chains.map(({ allocationId }) => allocationId)).toEqual(
      expect.arrayContaining([row('1', 2), row('1', 7), row('1', 9)]),
    );
    const journal = await run('journal', '--json', '--limit', '1000');
    const { entries } = JSON.parse(journal.stdout) as {
      entries: {
        id: string;
        type: string;
        stream: string;
        corrects: { eventId: string }[];
        correctedBy: object[];
      }[];
    };
    const approved = entries.find(({ stream }) => stream === `adjustment-${adjustmentId}`);
    expect(approved?.correctedBy).toHaveLength(4);
    const applied = entries.filter(({ corrects }) =>
      corrects.some(({ eventId }) => eventId === approved?.id),
    );
    expect(applied.map(({ type }) => type)).toEqual([
      'AllocationAdjusted',
      'AllocationAdjusted',
      'AllocationAdjusted',
      'AdjustmentCompleted',
    ]);
  });

  test('names every fault of a file at its place, and records nothing', async () => {
    const bad = {
      approval: '甲',
      decidedOn: '2024-12-24',
      legs: [{ ...legs[0], amount: 'x' }, {}],
    };
    const { code, stderr } = await write('adjust', '--file', file('b.json', bad));
    expect(code).toBe(2);
    expect(stderr).toContain('/legs/0/amount');
    expect(stderr).toContain('/legs/1/direction');
    expect(stderr).toContain('没有记账');
  });

  test('of more than there is ends with 1, says why, and moves nothing', async () => {
    const before = await run('balances', '--json');
    const [code, stderr] = await write(
      ...['adjust', `${NUMBER}/4/4`, `${NUMBER}/4/5`, '9000万元', '--approval', '〔2024〕9号'],
    ).then((done) => [done.code, done.stderr] as const);
    expect([code, stderr]).toEqual([1, expect.stringContaining('amount-exceeds-allocated-funds')]);
    const after = await run('balances', '--json');
    const placesIn = (text: string) => (JSON.parse(text) as { places: object[] }).places;
    expect(placesIn(after.stdout)).toEqual(placesIn(before.stdout));
  });

  test('of a document that does not add up waits, is told beside figures, and is withdrawn', async () => {
    const document = { approval: '〔2024〕10号', decidedOn: '2024-12-24', legs: legs.slice(0, 1) };
    const waiting = await write('adjust', '--file', file('c.json', document), '--json');
    const { adjustmentId } = JSON.parse(waiting.stdout) as { adjustmentId: string };
    const balances = await run('balances');
    expect(balances.stderr).toContain('有资金调整没有办结(〔2024〕10号)');
    const withdrawn = await write('adjust-withdraw', adjustmentId, '--reason', '文件有误');
    expect(withdrawn.code).toBe(0);
    expect((await run('balances')).stderr).toBe('');
  });
});

test('the next write of mz ends a document that a crash left open, and says so', async () => {
  const ledger = await openLedger({ directory });
  const adjustmentId = idOf('left open');
  const leg = { amountFen: 100n, account: 'quota' } as const;
  await ledger.execute(
    {
      type: 'ApproveAdjustment',
      data: {
        ...{ adjustmentId, approval: '〔2024〕11号', decidedOn: '2024-12-24' },
        legs: [
          { ...leg, ordinal: 1, allocationId: row('4', 4), direction: 'decrease' },
          { ...leg, ordinal: 2, allocationId: row('4', 5), direction: 'increase' },
        ],
      },
    },
    { commandId: idOf('intent'), actor: DEMO_CLERK, occurredOn: '2024-12-24' },
  );
  await ledger.close();
  const open = await run('adjustments', '--open', '--json');
  expect(JSON.parse(open.stdout)).toMatchObject({ adjustments: [{ status: 'reserving' }] });
  const written = await write('classify', row('4', 4), '产业发展', '--ground', '项目库');
  expect([written.code, written.stderr]).toEqual([
    0,
    expect.stringContaining(`adjustment-${adjustmentId} 已接着办完`),
  ]);
  const ended = await run('adjustments', '--json');
  const { adjustments } = JSON.parse(ended.stdout) as {
    adjustments: { adjustmentId: string; status: string }[];
  };
  expect(adjustments.find((one) => one.adjustmentId === adjustmentId)?.status).toBe('completed');
});
