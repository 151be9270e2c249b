import type { Sums } from '#projections/money/account-sums';
import { columnsOf, type Column } from '../table.ts';

const { money } = columnsOf<Sums>();

/** The columns of money that every summary has. */
export const SUM_COLUMNS: readonly Column<Sums>[] = [
  money('allocated', '下达(调整后)', 'allocated, adjustments included', (row) => row.allocatedFen),
  money('unarrived', '未到账', 'allocated, not arrived', (row) => row.unarrivedFen),
  money('arrived', '到账', 'arrived', (row) => row.arrivedFen),
  money('released', '核拨到单位', 'released to the unit', (row) => row.releasedFen),
  money('treasury', '国库结存', 'on hand in the treasury', (row) => row.treasuryFen),
  money('unit', '单位结存', 'on hand at the unit', (row) => row.unitFen),
  money('onHand', '结存', 'on hand', (row) => row.onHandFen),
  money('paid', '支付,已减冲销', 'paid, less what was reversed', (row) => row.paidFen),
  money('advanced', '垫付未归还', 'paid in advance, not repaid', (row) => row.advancedFen),
  money('returned', '缴回', 'returned', (row) => row.returnedFen),
];
