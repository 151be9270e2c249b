import { defineView, table } from '../engine/view.ts';

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
    ['voucher'],
  ),
};

/** Which event a voucher belongs to: money that arrived, was released, was paid or given back. */
export const vouchersView = defineView({
  name: 'vouchers',
  version: 1,
  reads: ['FundsArrived', 'FundsReleased', 'FundsDisbursed', 'FundsReturned'],
  tables,
  fold: ({ vouchers }, event) => {
    switch (event.type) {
      case 'FundsArrived':
      case 'FundsReleased':
      case 'FundsDisbursed':
      case 'FundsReturned': {
        const { voucher, allocationId, amountFen } = event.data;
        if (voucher === undefined) return;
        const { id: eventId, type, position } = event;
        return vouchers.put({ eventId, voucher, allocationId, type, amountFen, position });
      }
      default:
        return;
    }
  },
});
