import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { httpDoor, mzDoor, type Door, type Entering } from './doors.ts';
import { REASON } from './entries.ts';

const { directory, remove } = temporaryDirectory();
afterAll(remove);

const of = (row: string, path: string) => `allocations/${row}/${path}`;

/** What calls for money of the row, by both doors. */
const arriving = (row: string): Entering => ({
  ...{ role: 'finance', mz: ['arrive', row, '1元'], path: of(row, 'arrivals') },
  body: { amount: '1', unit: '元' },
});
const requesting = (row: string, payeeId: string): Entering => ({
  ...{ role: 'clerk', path: of(row, 'requests') },
  mz: ['request', row, '100元', '--payee', payeeId, '--purpose', '进度款'],
  body: {
    ...{ amount: '100', unit: '元', payeeId, from: 'treasury' },
    ...{ stage: 'progress', purpose: '进度款' },
  },
});
const paying = (
  row: string,
  payeeId: string,
  from: 'treasury' | 'advance',
  voucher: string,
): Entering => ({
  ...{ role: 'finance', path: of(row, 'payments') },
  mz: ['pay-statement', row, '1元', '--payee', payeeId, '--voucher', voucher, '--from', from],
  body: { ...{ amount: '1', unit: '元', payeeId, from, stage: 'progress' }, voucher },
});

const adjusting = (from: string, to: string): Entering => ({
  ...{ role: 'clerk', path: of(from, 'adjustments') },
  mz: ['adjust', from, to, '1元', '--approval', '朔财〔2024〕2号'],
  body: { amount: '1', unit: '元', counterpartAllocationId: to, approval: '朔财〔2024〕2号' },
});

interface Line {
  readonly allocationId: string;
  readonly unarrivedFen: number;
}

describe.each([
  ['mz', () => mzDoor(directory)],
  ['HTTP', () => httpDoor()],
] as const)('a row that a withdrawn notice has left, by %s', (_name, open) => {
  let door: Door;
  let row = '';
  let other = '';
  let payeeId = '';
  let requestId = '';
  beforeAll(async () => {
    door = await open();
    const { payees } = (await door.read('payees', ['payee', 'list'])) as {
      readonly payees: readonly { readonly payeeId: string }[];
    };
    payeeId = payees[0]?.payeeId ?? '';
    const { lines } = (await door.read('allocations', ['register'])) as {
      readonly lines: readonly Line[];
    };
    [row = '', other = ''] = lines
      .filter(({ unarrivedFen }) => unarrivedFen > 1_000_000)
      .map(({ allocationId }) => allocationId);
    for (const one of [row, other]) {
      const all = arriving(one);
      const mz = all.mz.map((word) => (word === '1元' ? '200元' : word));
      await entered({ ...all, mz, body: { amount: '200', unit: '元' } });
    }
    ({ requestId = '' } = await entered(requesting(row, payeeId)));
    const issued = (await door.journal()).find(({ type }) => type === 'NoticeIssued');
    expect(await door.takeBack(issued?.position ?? 0, 'clerk', REASON)).toMatchObject({
      refused: '',
    });
  });
  afterAll(() => door.close());

  const entered = async (entering: Entering) => {
    const { refused, ids } = await door.enter(entering);
    expect(refused).toBe('');
    return ids;
  };

  test.each([
    ['an arrival', () => arriving(row)],
    ['a request', () => requesting(row, payeeId)],
    ['an adjustment that adds to it', () => adjusting(other, row)],
    ['a payment in advance', () => paying(row, payeeId, 'advance', '垫-1')],
  ])('refuses %s, naming the withdrawal', async (_what, entering) => {
    const before = await door.figures();
    expect((await door.enter(entering())).refused).toContain(
      '这笔资金的文件已于 2024-12-30 撤回,不再记到账、调增、支付申请和垫付',
    );
    expect(await door.figures()).toEqual(before);
  });

  test('has given back what the refused adjustment had reserved', async () => {
    const { adjustments } = (await door.read('adjustments', ['adjustments'])) as {
      readonly adjustments: readonly object[];
    };
    expect(adjustments[0]).toMatchObject({
      status: 'abandoned',
      ground: { ordinal: 2, refusal: 'notice-withdrawn' },
      legs: [{ state: 'released' }, { state: 'asked' }],
    });
  });

  test('has what it asked for approved and paid, and pays what has arrived', async () => {
    await entered({
      ...{ role: 'finance', mz: ['approve', requestId] },
      path: of(row, `requests/${requestId}/approval`),
    });
    await entered({
      ...{ role: 'finance', mz: ['pay', requestId, '--voucher', '付-1'] },
      ...{ path: of(row, `requests/${requestId}/payment`), body: { voucher: '付-1' } },
    });
    await entered(paying(row, payeeId, 'treasury', '付-2'));
  });

  test('gives money back, and takes entries back', async () => {
    await entered({
      ...{ role: 'finance', path: of(row, 'returns') },
      mz: ['return', row, '1元', '--from', 'treasury', '--reason', '文件撤回'],
      body: { amount: '1', unit: '元', from: 'treasury', reason: '文件撤回' },
    });
    await entered({
      ...{ role: 'finance', path: of(row, 'recalled-funds') },
      mz: ['recall-funds', row, '1元', '--from', 'treasury', '--approval', '朔财〔2024〕1号'],
      body: { amount: '1', unit: '元', from: 'treasury', approval: '朔财〔2024〕1号' },
    });
    for (const type of ['FundsDisbursed', 'FundsReturned', 'FundsRecalled'] as const) {
      const wrong = (await door.journal()).findLast((one) => one.type === type);
      expect(await door.takeBack(wrong?.position ?? 0, 'finance', REASON)).toMatchObject({
        refused: '',
      });
    }
  });
});
