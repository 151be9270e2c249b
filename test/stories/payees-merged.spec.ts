import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allocationIdOf, noticeIdOf } from '#event-codec/ids';
import { REFERENCE_PLAN } from '#importers/demo/reference-notice';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { httpDoor, mzDoor, type Door, type Entered, type Entering } from './corrections/doors.ts';

const { directory, remove } = temporaryDirectory();
afterAll(remove);

const { documentNumber, issuer } = REFERENCE_PLAN.notice;
/** A row of the demo's notice that has money in the treasury. */
const ROW = allocationIdOf(noticeIdOf(issuer, documentNumber), '1', 2);

const adding = (name: string): Entering => ({
  role: 'finance',
  mz: ['payee', 'add', name, '--kind', 'enterprise', '--on', '2024-12-01'],
  path: 'payees',
  body: { kind: 'enterprise', name, occurredOn: '2024-12-01' },
});

const paying = (payeeId: string, amount: string, voucher: string, on: string): Entering => ({
  role: 'finance',
  mz: [
    ...['pay-statement', ROW, `${amount}元`, '--payee', payeeId, '--voucher', voucher],
    ...['--on', on],
  ],
  path: `allocations/${ROW}/payments`,
  body: {
    ...{ amount, unit: '元', payeeId, from: 'treasury', stage: 'progress', voucher },
    occurredOn: on,
  },
});

const requesting = (payeeId: string, on: string): Entering => ({
  role: 'clerk',
  mz: ['request', ROW, '1元', '--payee', payeeId, '--purpose', '进度款', '--on', on],
  path: `allocations/${ROW}/requests`,
  body: {
    ...{ amount: '1', unit: '元', payeeId, from: 'treasury', stage: 'progress' },
    ...{ purpose: '进度款', occurredOn: on },
  },
});

const merging = (payeeId: string, intoPayeeId: string, on = '2024-12-10'): Entering => ({
  role: 'finance',
  mz: ['payee', 'merge', payeeId, intoPayeeId, '--reason', '重复登记', '--on', on],
  path: `payees/${payeeId}/merger`,
  body: { intoPayeeId, reason: '重复登记', occurredOn: on },
});

const revoking = (payeeId: string): Entering => ({
  role: 'finance',
  mz: ['payee', 'revoke-merger', payeeId, '--reason', '不是同一单位', '--on', '2024-12-25'],
  path: `payees/${payeeId}/merger/revocation`,
  body: { reason: '不是同一单位', occurredOn: '2024-12-25' },
});

interface Sums {
  readonly payees: readonly { readonly name: string; readonly paidFen: number }[];
}

interface Page {
  readonly name: string;
  readonly paidFen: number;
  readonly merged?: readonly { readonly name: string; readonly mergedOn: string }[];
  readonly entries: readonly { readonly effectFen: number; readonly mergedPayeeId?: string }[];
}

const NAMES = ['示例建设公司', '示例建设有限公司'] as const;

describe.each([
  ['mz', () => mzDoor(directory)],
  ['HTTP', () => httpDoor()],
] as const)('a payee that was registered twice, by %s', (_name, open) => {
  let door: Door;
  let old: string;
  let kept: string;
  beforeAll(async () => {
    door = await open();
    [old = '', kept = ''] = [
      (await done(adding(NAMES[0]))).ids['payeeId'],
      (await done(adding(NAMES[1]))).ids['payeeId'],
    ];
    await done(paying(old, '30', '凭-1', '2024-12-05'));
    await done(paying(kept, '12', '凭-2', '2024-12-06'));
  });
  afterAll(() => door.close());

  const done = async (entering: Entering): Promise<Entered> => {
    const entered = await door.enter(entering);
    expect(entered.refused).toBe('');
    return entered;
  };
  const refused = async (entering: Entering): Promise<string> =>
    (await door.enter(entering)).refused;
  const sums = async (asOf?: string) => {
    const [path, words] =
      asOf === undefined ? ['', []] : [`?asOf=${asOf}`, ['--as-of', asOf] as const];
    const { payees } = (await door.read(`payee-payments${path}`, [
      'payee-payments',
      ...words,
    ])) as Sums;
    return payees.filter(({ name }) => (NAMES as readonly string[]).includes(name));
  };
  const page = async (payeeId: string) =>
    (await door.read(`payees/${payeeId}/payments`, ['payee-payments', payeeId])) as Page;
  const apart = [
    { name: NAMES[0], paidFen: 3_000 },
    { name: NAMES[1], paidFen: 1_200 },
  ];

  test('has its payments apart at first', async () => {
    expect(await sums()).toMatchObject(apart);
  });

  test('cannot be merged before it was registered, nor into itself', async () => {
    expect(await refused(merging(old, kept, '2024-11-30'))).toContain(
      '早于收款人登记日期 2024-12-01',
    );
    expect(await refused(merging(old, old))).toContain('不能并入自己');
  });

  test('has both sums under one name once it is merged, and its page has every payment', async () => {
    await done(merging(old, kept));
    expect(await sums()).toMatchObject([{ name: NAMES[1], paidFen: 4_200 }]);
    for (const payeeId of [old, kept]) {
      expect(await page(payeeId)).toMatchObject({
        ...{ name: NAMES[1], paidFen: 4_200 },
        merged: [{ name: NAMES[0], mergedOn: '2024-12-10' }],
        entries: [{ effectFen: 3_000, mergedPayeeId: old }, { effectFen: 1_200 }],
      });
    }
  });

  test('is apart as of the days before', async () => {
    expect(await sums('2024-12-09')).toMatchObject(apart);
    expect(await sums('2024-12-10')).toMatchObject([{ name: NAMES[1], paidFen: 4_200 }]);
  });

  test('is found by the name that it had, and traced with all that was paid', async () => {
    const text = encodeURIComponent(NAMES[0]);
    const { hits } = (await door.read(`search?q=${text}`, ['search', NAMES[0]])) as {
      readonly hits: readonly object[];
    };
    expect(hits).toMatchObject([
      { kind: 'payee', id: kept, label: NAMES[1], detail: `已并入 ${NAMES[0]}` },
    ]);
    for (const payeeId of [old, kept]) {
      const { chains } = (await door.read(`traces?of=payee:${payeeId}`, [
        'trace',
        `payee:${payeeId}`,
      ])) as {
        readonly chains: readonly { readonly hops: readonly { readonly kind: string }[] }[];
      };
      const paid = chains.flatMap(({ hops }) => hops.filter(({ kind }) => kind === 'paid'));
      expect(paid).toMatchObject([{ voucher: '凭-1' }, { voucher: '凭-2' }]);
    }
  });

  test('is not paid once more on a voucher that paid the other', async () => {
    expect(await refused(paying(kept, '30', '凭-1', '2024-12-20'))).toMatch(
      /凭证 凭-1 .*2024-12-05/,
    );
    await done(paying(kept, '31', '凭-1', '2024-12-20'));
  });

  test('is named by its successor where it is requested or registered again', async () => {
    expect(await refused(requesting(old, '2024-12-20'))).toContain(
      `请写明付给 ${NAMES[1]}(编号 ${kept})`,
    );
    expect(await refused(paying(old, '1', '凭-4', '2024-12-20'))).toContain(kept);
    expect(await refused(adding(NAMES[0]))).toContain(`已并入其他收款人:${NAMES[1]}(编号 ${kept})`);
    expect(await refused(merging(kept, old))).toContain('不能再反向并入');
  });

  test('has its own payments again once the merger is taken back, and the days between as they were', async () => {
    await done(revoking(old));
    expect(await sums()).toMatchObject([
      { name: NAMES[1], paidFen: 4_300 },
      { name: NAMES[0], paidFen: 3_000 },
    ]);
    expect(await sums('2024-12-24')).toMatchObject([{ name: NAMES[1], paidFen: 7_300 }]);
    expect(await page(old)).not.toHaveProperty('merged');
    expect(await refused(requesting(old, '2024-12-24'))).toContain('已并入');
    await done(requesting(old, '2024-12-25'));
  });

  test('may be paid on the same voucher as another again, for they are two', async () => {
    await done(paying(kept, '30', '凭-1', '2024-12-26'));
    expect(await refused(revoking(old))).toContain('没有并入其他收款人');
  });
});
