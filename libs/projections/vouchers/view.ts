import { VOUCHER_TYPES } from '#ledger/event-types';
import { defineView, type RowsOf } from '../engine/view.ts';
import { table } from '../engine/table.ts';
import type { ViewEventOf } from '../engine/view-event.ts';

/** A slip of the treasury or the bank, by the event that names it. */
export interface VoucherRow {
  readonly eventId: string;
  readonly voucher: string;
  readonly allocationId: string;
  readonly type: string;
  readonly amountFen: number;
  readonly position: number;
}

const tables = {
  vouchers: table<VoucherRow>(
    'voucher',
    'eventId',
    {
      eventId: 'TEXT',
      voucher: 'TEXT',
      allocationId: 'TEXT',
      type: 'TEXT',
      amountFen: 'INTEGER',
      position: 'INTEGER',
    },
    { indexed: ['voucher'] },
  ),
};

type Rows = RowsOf<typeof tables>;

const putVoucher = (
  { vouchers }: Rows,
  { id: eventId, type, position, data }: ViewEventOf<(typeof VOUCHER_TYPES)[number]>,
): void => {
  const { voucher, allocationId, amountFen } = data;
  if (voucher === undefined) return;
  vouchers.put({ eventId, voucher, allocationId, type, amountFen, position });
};

/** Which event a voucher belongs to. */
export const vouchersView = defineView({
  name: 'vouchers',
  version: 1,
  tables,
  on: Object.fromEntries(VOUCHER_TYPES.map((type) => [type, putVoucher])),
});
