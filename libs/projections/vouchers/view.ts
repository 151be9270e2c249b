import { voucherIdOf } from '#event-codec/ids';
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
  /** Of a payment, the id of its slip and its own; null otherwise. */
  readonly voucherId: string | null;
  readonly paymentId: string | null;
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
      voucherId: 'TEXT',
      paymentId: 'TEXT',
    },
    { indexed: ['voucher', 'voucherId'] },
  ),
};

type Rows = RowsOf<typeof tables>;

type SlipEvent = ViewEventOf<(typeof VOUCHER_TYPES)[number]>;

const putVoucher = ({ vouchers }: Rows, event: SlipEvent): void => {
  const { id: eventId, type, position } = event;
  const { voucher, allocationId, amountFen } = event.data;
  if (voucher === undefined) return;
  const slip = { eventId, voucher, allocationId, type, amountFen, position };
  vouchers.put({ ...slip, ...paymentOn(event) });
};

const paymentOn = ({ type, data }: SlipEvent): Pick<VoucherRow, 'voucherId' | 'paymentId'> => {
  if (type !== 'FundsDisbursed') return { voucherId: null, paymentId: null };
  const { voucher, payeeId, amountFen, paymentId } = data;
  return { voucherId: voucherIdOf(voucher, payeeId, amountFen), paymentId };
};

/** Which event a voucher belongs to. */
export const vouchersView = defineView({
  name: 'vouchers',
  version: 2,
  tables,
  on: Object.fromEntries(VOUCHER_TYPES.map((type) => [type, putVoucher])),
});
