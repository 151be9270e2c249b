import { defineView, type RowsOf } from '../engine/view.ts';
import { table } from '../engine/table.ts';
import { payeeMergerHandlers, payeeMergerTable } from '../mergers/payee-mergers.ts';
import { placeHandlers, placeTable } from '../places/place-rows.ts';

/** A payment, or a reversal of one: what a payee's sum is made of. */
export interface PayeeEntryRow {
  /** The payment's id; of a reversal, its event's id. */
  readonly key: string;
  readonly payeeId: string;
  readonly allocationId: string;
  readonly paymentId: string;
  readonly kind: 'payment' | 'reversal';
  /** What it adds to the sum, in fen: of a reversal negative, of a payment whose day has not come 0. */
  readonly effectFen: number;
  readonly occurredOn: string;
  readonly position: number;
}

const tables = {
  entries: table<PayeeEntryRow>(
    'payee_entry',
    'key',
    {
      key: 'TEXT',
      payeeId: 'TEXT',
      allocationId: 'TEXT',
      paymentId: 'TEXT',
      kind: 'TEXT',
      effectFen: 'INTEGER',
      occurredOn: 'TEXT',
      position: 'INTEGER',
    },
    { indexed: ['payeeId'] },
  ),
  homes: table<{ readonly allocationId: string; readonly placeId: string }>(
    'payee_entry_home',
    'allocationId',
    { allocationId: 'TEXT', placeId: 'TEXT' },
  ),
  places: placeTable('payee_entry_place'),
  payeeMergers: payeeMergerTable('payee_entry_merger'),
};

type Rows = RowsOf<typeof tables>;

/** Who was paid, out of which allocations, and which payees are one. */
export const payeePaymentsView = defineView({
  name: 'payee-payments',
  version: 2,
  tables,
  on: {
    ...placeHandlers,
    ...payeeMergerHandlers,
    // Read so that the stream of a payee begins with it: a past view takes the beginning along, whatever its day.
    PayeeRegistered: () => undefined,
    FundsAllocated: ({ homes }, { data: { allocationId, placeId } }) =>
      homes.put({ allocationId, placeId }),
    FundsDisbursed: ({ entries }, { data, transfer, occurredOn, position }) => {
      const { paymentId, payeeId, allocationId } = data;
      // The money is the transfer's: a past view takes it from a payment dated after its day.
      const effectFen = transfer?.amountFen ?? 0;
      const entry = { payeeId, allocationId, paymentId, effectFen, occurredOn, position };
      entries.put({ key: paymentId, kind: 'payment', ...entry });
    },
    DisbursementReversed: (rows, { id, data: { paymentId }, transfer, occurredOn, position }) => {
      const { payeeId, allocationId } = paymentOf(rows, paymentId);
      const effectFen = 0 - (transfer?.amountFen ?? 0);
      const entry = { payeeId, allocationId, paymentId, effectFen, occurredOn, position };
      rows.entries.put({ key: id, kind: 'reversal', ...entry });
    },
  },
});

const paymentOf = ({ entries }: Rows, paymentId: string): PayeeEntryRow => {
  const payment = entries.get(paymentId);
  if (payment === undefined) throw new Error(`Payment ${paymentId} was never made.`);
  return payment;
};
