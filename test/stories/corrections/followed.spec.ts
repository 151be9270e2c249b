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

const TOWN = VILLAGE.slice(0, 2);
const registering = (name: string): Entering => ({
  role: 'administrator',
  mz: ['place', 'add', [...TOWN, name].join('/')],
  path: 'places',
  body: { level: 'village', name, parentId: placeIdOf(TOWN) },
});

/** The place by its path for `mz`, and by the id that its registration answered over HTTP. */
const merging = (name: string, placeId: string): Entering => ({
  role: 'administrator',
  mz: ['place', 'merge', [...TOWN, name].join('/'), VILLAGE.join('/')],
  path: `places/${placeId}/merger`,
  body: { intoPlaceId: placeIdOf(VILLAGE) },
});

const moving = (from: string, to: string): Entering => ({
  role: 'administrator',
  mz: ['place', 'move', `朔城区/${from}/黄水河村`, `朔城区/${to}`, '--approval', APPROVAL],
  path: `places/${placeIdOf(VILLAGE)}/parent`,
  body: { parentId: placeIdOf(['朔城区', to]), approval: APPROVAL },
});

const coding = (divisionCode: string): Entering => ({
  role: 'administrator',
  mz: ['place', 'code', VILLAGE.join('/'), divisionCode],
  path: `places/${placeIdOf(VILLAGE)}/code`,
  body: { divisionCode },
});

const addingPayee = (name: string): Entering => ({
  role: 'finance',
  mz: ['payee', 'add', name, '--kind', 'enterprise'],
  path: 'payees',
  body: { kind: 'enterprise', name },
});

const changingPayee = (name: string, payeeId: string): Entering => ({
  role: 'finance',
  mz: ['payee', 'rename', payeeId, name],
  path: `payees/${payeeId}`,
  body: { kind: 'enterprise', name },
});

interface Line {
  readonly allocationId: string;
  readonly treasuryFen: number;
  readonly unarrivedFen: number;
}

interface Followed {
  readonly type: EventType;
  readonly wrong: (ids: Ids) => Entering;
  readonly names: string;
  /** What follows it; an event of its type where absent. */
  readonly by?: EventType;
  readonly right: (ids: Ids) => Entering;
  readonly says: { readonly zh: string; readonly en: string };
  /** Events of the type by which it is followed that one entry records; one where absent. */
  readonly legs?: number;
  /** Under which a place is listed from then on besides its name. */
  readonly formerName?: string;
}

/** Of entries before: a place and a payee by their ids. */
type Ids = Readonly<Record<string, string>>;

const FOLLOWED: readonly Followed[] = [
  {
    type: 'AllocationAdjusted',
    wrong: () => adjusting(row('4', 4), row('4', 5)),
    names: '请另记一份方向相反的调整文件',
    right: () => adjusting(row('4', 5), row('4', 4)),
    ...{ legs: 2, says: { zh: '调增 5.00 元', en: 'Increased by 5.00 yuan' } },
  },
  {
    ...{ type: 'AllocationClassified', names: 'mz classify' },
    ...{ wrong: () => classifying('乡村建设'), right: () => classifying('产业发展') },
    says: { zh: '归类为 产业发展', en: 'Classified as 产业发展' },
  },
  {
    ...{ type: 'PlaceRenamed', names: 'mz place rename' },
    wrong: () => renaming('黄水村', '黄水河村'),
    right: () => renaming('黄水河村', '黄水村'),
    says: { zh: '地点更名为 黄水河村', en: 'Place renamed to 黄水河村' },
  },
  {
    ...{ type: 'PlaceParentChanged', names: 'mz place move' },
    ...{ wrong: () => moving('贾庄乡', '神头镇'), right: () => moving('神头镇', '贾庄乡') },
    says: {
      zh: `地点改隶,批准文号 ${APPROVAL}`,
      en: `Place moved to another parent, approval ${APPROVAL}`,
    },
  },
  {
    ...{ type: 'PlaceCodeAssigned', names: 'mz place code' },
    ...{ wrong: () => coding('140602200298'), right: () => coding('140602200299') },
    says: { zh: '区划代码定为 140602200299', en: 'Division code 140602200299 assigned' },
  },
  {
    ...{ type: 'PlaceRegistered', names: 'mz place merge', by: 'PlaceMerged' },
    wrong: () => registering('黄水何村'),
    right: ({ placeId = '' }) => merging('黄水何村', placeId),
    says: { zh: '地点并入其他地点', en: 'Place merged into another' },
    formerName: '黄水何村',
  },
  {
    ...{ type: 'PayeeRegistered', names: 'mz payee rename', by: 'PayeeChanged' },
    wrong: () => addingPayee('青红绿农木公司'),
    right: ({ payeeId = '' }) => changingPayee('青红绿农牧公司', payeeId),
    says: { zh: '收款人变更为 青红绿农牧公司', en: 'Payee changed to 青红绿农牧公司' },
  },
  {
    ...{ type: 'PayeeChanged', names: 'mz payee rename' },
    wrong: ({ payeeId = '' }) => changingPayee('青红禄农牧公司', payeeId),
    right: ({ payeeId = '' }) => changingPayee('青红绿农牧有限公司', payeeId),
    says: { zh: '收款人变更为 青红绿农牧有限公司', en: 'Payee changed to 青红绿农牧有限公司' },
  },
  {
    ...{ type: 'ParameterSet', names: 'mz parameter' },
    ...{ wrong: () => setting(1), right: () => setting(10) },
    says: {
      zh: '设定参数 announcement-minimum-days',
      en: 'Parameter announcement-minimum-days set',
    },
  },
];

/** Figures without a former name of a place. */
const without = (figures: unknown, formerName?: string): unknown =>
  JSON.parse(JSON.stringify(figures), (key, value: unknown) =>
    key === 'mergedFrom' && Array.isArray(value)
      ? value.filter((name) => name !== formerName)
      : value,
  );

describe.each([
  ['mz', () => mzDoor(directory)],
  ['HTTP', () => httpDoor()],
] as const)('a wrong entry that is followed by another, by %s', (_name, open) => {
  let door: Door;
  let ids: Ids = {};
  /** What the books came to after the entry before. */
  let figures: unknown;
  beforeAll(async () => {
    door = await open();
    // As it is to be again in the end.
    await entered(classifying('产业发展'));
    figures = await door.figures();
  });
  afterAll(() => door.close());

  const entered = async (entering: Entering): Promise<number> => {
    const { refused, ids: of, position } = await door.enter(entering);
    expect(refused).toBe('');
    ids = { ...ids, ...of };
    return position;
  };
  const newest = async (type: EventType) =>
    (await door.journal()).findLast((one) => one.type === type);

  test.each(FOLLOWED)('$type: the reversal names what to record, and it does', async (one) => {
    const { type, by = type, legs = 1, formerName } = one;
    const before = figures;
    const answered = await entered(one.wrong(ids));
    // An adjustment is answered with the number of its document.
    const wrong = legs === 1 ? answered : ((await newest(type))?.position ?? 0);
    const refused = await door.takeBack(wrong, 'clerk', '录入有误');
    expect(refused.refused).toContain(one.names);
    await entered(one.right(ids));
    const journal = await door.journal();
    expect(journal.find(({ position }) => position === wrong)?.type).toBe(type);
    const following = journal.filter((later) => later.position > wrong && later.type === by);
    expect(following).toHaveLength(legs);
    expect(following.at(-1)?.sentence).toEqual(one.says);
    figures = await door.figures();
    expect(without(figures, formerName)).toEqual(before);
    expect(JSON.stringify(figures).includes(`"mergedFrom":["${formerName}"]`)).toBe(
      formerName !== undefined,
    );
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
