import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allocationIdOf, noticeIdOf, placeIdOf } from '#event-codec/ids';
import { REFERENCE_PLAN } from '#importers/demo/reference-notice';
import type { EventType } from '#ledger/event-types';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { httpDoor, mzDoor, type Door, type Entering } from './doors.ts';

const { directory, remove } = temporaryDirectory();
afterAll(remove);

const { documentNumber, issuer } = REFERENCE_PLAN.notice;
const row = (annex: string, line: number) =>
  allocationIdOf(noticeIdOf(issuer, documentNumber), annex, line);
const APPROVAL = '朔区脱贫巩固组〔2024〕93号';

const adjusting = (from: string, to: string): Entering => ({
  role: 'clerk',
  mz: ['adjust', from, to, '5元', '--approval', APPROVAL],
  path: `allocations/${from}/adjustments`,
  body: { amount: '5', unit: '元', counterpartAllocationId: to, approval: APPROVAL },
});

const classifying = (projectType: string): Entering => ({
  role: 'clerk',
  mz: ['classify', row('1', 4), projectType, '--ground', '项目库'],
  path: `allocations/${row('1', 4)}/classification`,
  body: { projectType, ground: '项目库' },
});

const VILLAGE = ['朔城区', '贾庄乡', '黄水河村'];
const renaming = (name: string, of: string): Entering => ({
  role: 'administrator',
  mz: ['place', 'rename', [...VILLAGE.slice(0, 2), of].join('/'), name],
  path: `places/${placeIdOf(VILLAGE)}/name`,
  body: { name },
});

const setting = (integer: number): Entering => ({
  role: 'administrator',
  mz: ['parameter', 'announcement-minimum-days', `${integer}`, '--source', '第十二条'],
  path: 'parameters',
  body: {
    ...{ parameterId: 'announcement-minimum-days', integer },
    ...{ validFrom: '2024-12-30', source: '第十二条' },
  },
});

interface Line {
  readonly allocationId: string;
  readonly treasuryFen: number;
  readonly unarrivedFen: number;
}

interface Followed {
  readonly type: EventType;
  readonly wrong: Entering;
  readonly names: string;
  readonly right: Entering;
  readonly says: { readonly zh: string; readonly en: string };
}

const FOLLOWED: readonly Followed[] = [
  {
    ...{ type: 'AllocationAdjusted', wrong: adjusting(row('4', 4), row('4', 5)) },
    ...{ names: '请另记一份方向相反的调整文件', right: adjusting(row('4', 5), row('4', 4)) },
    says: { zh: '调增 5.00 元', en: 'Increased by 5.00 yuan' },
  },
  {
    ...{ type: 'AllocationClassified', wrong: classifying('乡村建设') },
    ...{ names: 'mz classify', right: classifying('产业发展') },
    says: { zh: '归类为 产业发展', en: 'Classified as 产业发展' },
  },
  {
    ...{ type: 'PlaceRenamed', wrong: renaming('黄水村', '黄水河村') },
    ...{ names: 'mz place rename', right: renaming('黄水河村', '黄水村') },
    says: { zh: '地点更名为 黄水河村', en: 'Place renamed to 黄水河村' },
  },
  {
    ...{ type: 'ParameterSet', wrong: setting(1), names: 'mz parameter', right: setting(10) },
    says: {
      zh: '设定参数 announcement-minimum-days',
      en: 'Parameter announcement-minimum-days set',
    },
  },
];

describe.each([
  ['mz', () => mzDoor(directory)],
  ['HTTP', () => httpDoor()],
] as const)('a wrong entry that is followed by another, by %s', (_name, open) => {
  let door: Door;
  beforeAll(async () => {
    door = await open();
    // As it is to be again in the end.
    await entered(classifying('产业发展'));
  });
  afterAll(() => door.close());

  const entered = async (entering: Entering): Promise<void> =>
    expect((await door.enter(entering)).refused).toBe('');
  const newest = async (type: EventType) =>
    (await door.journal()).findLast((one) => one.type === type);

  test.each(FOLLOWED)('$type: the reversal names what to record, and it does', async (one) => {
    const before = await door.figures();
    await entered(one.wrong);
    const wrong = await newest(one.type);
    const refused = await door.takeBack(wrong?.position ?? 0, 'clerk', '录入有误');
    expect(refused.refused).toContain(one.names);
    expect((await newest(one.type))?.position).toBe(wrong?.position);
    await entered(one.right);
    expect((await newest(one.type))?.sentence).toEqual(one.says);
    expect(await door.figures()).toEqual(before);
  });

  test('the repayment of an advance goes with the arrival that it followed from', async () => {
    const { payees } = (await door.read('payees', ['payee', 'list'])) as {
      readonly payees: readonly { readonly payeeId: string }[];
    };
    const payeeId = payees[0]?.payeeId ?? '';
    const { lines } = (await door.read('allocations', ['register'])) as {
      readonly lines: readonly Line[];
    };
    const empty = lines.find(
      ({ treasuryFen, unarrivedFen }) => treasuryFen === 0 && unarrivedFen > 9_000,
    );
    const line = empty?.allocationId ?? '';
    await entered({
      role: 'finance',
      mz: [
        ...['pay-statement', line, '70元', '--payee', payeeId],
        ...['--voucher', '垫-1', '--from', 'advance'],
      ],
      path: `allocations/${line}/payments`,
      body: {
        ...{ amount: '70', unit: '元', payeeId, from: 'advance', stage: 'progress' },
        voucher: '垫-1',
      },
    });
    const before = await door.figures();
    await entered({
      ...{ role: 'finance', mz: ['arrive', line, '90元'] },
      path: `allocations/${line}/arrivals`,
      body: { amount: '90', unit: '元' },
    });
    const repaid = await newest('AdvanceRepaid');
    const refused = await door.takeBack(repaid?.position ?? 0, 'finance', '录入有误');
    expect(refused.refused).toContain('请冲回该笔到账');
    const arrival = await newest('FundsArrived');
    expect(await door.takeBack(arrival?.position ?? 0, 'finance', '录入有误')).toMatchObject({
      refused: '',
    });
    expect((await newest('AdvanceRepaymentReversed'))?.sentence).toEqual({
      zh: '冲回归还垫付(录入有误) 70.00 元',
      en: 'Repayment of an advance taken back (录入有误) 70.00 yuan',
    });
    expect(await door.figures()).toEqual(before);
  });
});
