import { type Deed, uuid } from './bundle-fixture.ts';

/** A year of a small county, in which every kind of movement comes to pass. */

const place = (name: string) => uuid(`place ${name}`);
export const allocation = (n: number) => uuid(`allocation ${n}`);
const payment = (n: number) => uuid(`payment ${n}`);

const registered = (name: string, level: string): Deed => ({
  stream: `place-${place(name)}`,
  type: 'PlaceRegistered',
  data: { level, name, placeId: place(name), validFrom: '2024-04-26' },
});

export const fund = (n: number, type: string, amountFen: number, data: object = {}): Deed => ({
  stream: `fund-${allocation(n)}`,
  type,
  data: { allocationId: allocation(n), amountFen, ...data },
});

const allocated = (n: number, name: string, amountFen: number) =>
  fund(n, 'FundsAllocated', amountFen, { placeId: place(name), row: n });

export const paid = (n: number, amountFen: number, which: number, from = 'treasury') =>
  fund(n, 'FundsDisbursed', amountFen, {
    ...{ from, paymentId: payment(which), voucher: `示例-${which}`, purpose: '进度款 "一期"' },
  });

export const reversed = (n: number, amountFen: number, which: number) =>
  fund(n, 'DisbursementReversed', amountFen, {
    ...{ paymentId: payment(which), reason: '收款单位录错\n(示例)', to: 'treasury' },
  });

const leg = (n: number, ordinal: number, amountFen: number, direction: string) => ({
  ...{ allocationId: allocation(n), ordinal, amountFen, direction },
});

const applied = (n: number, ordinal: number, amountFen: number, direction: string) =>
  fund(n, 'AllocationAdjusted', amountFen, {
    ...{ adjustmentId: 'a', ordinal, direction, account: 'treasury', approval: '示例〔2024〕9号' },
  });

const adjusted = (n: number, amountFen: number, direction: string) =>
  fund(n, 'AllocationAdjusted', amountFen, { direction });

/** A document that takes from the treasury of the first allocation and gives to that of the second. */
export const ADJUSTMENT: readonly Deed[] = [
  {
    stream: 'adjustment-a',
    type: 'AdjustmentApproved',
    data: {
      ...{ adjustmentId: 'a', approval: '示例〔2024〕9号', decidedOn: '2024-11-01' },
      legs: [
        { ...leg(1, 1, 50_00, 'decrease'), account: 'treasury' },
        { ...leg(2, 2, 50_00, 'increase'), account: 'treasury' },
      ],
    },
  },
  applied(1, 1, 50_00, 'decrease'),
  applied(2, 2, 50_00, 'increase'),
  { stream: 'adjustment-a', type: 'AdjustmentCompleted', data: { adjustmentId: 'a' } },
];

export const YEAR: readonly Deed[] = [
  registered('朔城区', 'county'),
  registered('北曹村', 'village'),
  registered('里仁村', 'village'),
  allocated(1, '北曹村', 2_000_000_00),
  allocated(2, '里仁村', 1_000_000_00),
  allocated(3, '里仁村', 500_000_00),
  fund(1, 'FundsArrived', 1_500_000_00),
  fund(2, 'FundsArrived', 1_000_000_00),
  fund(1, 'DisbursementRequested', 480_000_00, { from: 'treasury' }),
  paid(1, 480_000_00, 1),
  fund(2, 'FundsReleased', 600_000_00, { unit: '区农业农村局' }),
  paid(2, 300_000_00, 2, 'unit'),
  adjusted(3, 100_000_00, 'decrease'),
  adjusted(1, 100_000_00, 'increase'),
  paid(2, 100_000_00, 3),
  reversed(2, 100_000_00, 3),
  {
    stream: `place-${place('北曹村')}`,
    type: 'PlaceRenamed',
    data: { name: '曹家村', placeId: place('北曹村') },
  },
  paid(1, 520_000_00, 4),
  reversed(1, 20_000_00, 4),
  fund(2, 'FundsReturned', 50_000_00, { from: 'unit' }),
  fund(3, 'AllocationRecalled', 400_000_00),
  fund(2, 'FundsArrived', 0),
  paid(2, 250_000_00, 5, 'unit'),
];
