import { voucherIdOf } from '#event-codec/ids';
import type { ViewEventSource } from '#projections/engine/event-source';
import type { ViewEvent, ViewEventOf } from '#projections/engine/view-event';

/** Where a payment is. */
export interface PaymentReference {
  readonly allocationId: string;
  readonly paymentId: string;
}

/** What views know of payments by their slips, as far as they have followed the log. */
export interface ViewedPayments {
  readonly through: () => number;
  readonly onVoucher: (voucherId: string) => readonly PaymentReference[];
}

const NOTHING_VIEWED: ViewedPayments = { through: () => 0, onVoucher: () => [] };

/**
 * Every payment in the log by its slip, those of logs written before slips were claimed too: from the
 * views, and beyond them from the log itself.
 */
export class PaymentsOnVouchers {
  readonly #source: ViewEventSource;
  readonly #viewed: ViewedPayments;
  readonly #newer = new Map<string, PaymentReference[]>();
  #through: number | undefined;
  #underWay: Promise<void> = Promise.resolve();

  constructor(source: ViewEventSource, viewed: ViewedPayments = NOTHING_VIEWED) {
    this.#source = source;
    this.#viewed = viewed;
  }

  async find(voucherId: string): Promise<readonly PaymentReference[]> {
    // One at a time, in turn: two at once would take events in twice.
    const next = this.#underWay.catch(() => undefined).then(() => this.#catchUp());
    this.#underWay = next;
    await next;
    return [...this.#viewed.onVoucher(voucherId), ...(this.#newer.get(voucherId) ?? [])];
  }

  async #catchUp(): Promise<void> {
    const viewed = this.#viewed.through();
    if (this.#through === undefined || viewed >= this.#through) {
      // The views have all that was kept beside them.
      this.#newer.clear();
      this.#through = viewed;
    }
    for await (const { events, through } of this.#source.batches(this.#through + 1, [PAYMENT])) {
      for (const event of events) if (isPayment(event)) this.#keep(event);
      this.#through = through;
    }
  }

  #keep({ data }: ViewEventOf<typeof PAYMENT>): void {
    const { voucher, payeeId, amountFen, allocationId, paymentId } = data;
    const voucherId = voucherIdOf(voucher, payeeId, amountFen);
    const others = this.#newer.get(voucherId) ?? [];
    this.#newer.set(voucherId, [...others, { allocationId, paymentId }]);
  }
}

const PAYMENT = 'FundsDisbursed';

const isPayment = (event: ViewEvent): event is ViewEventOf<typeof PAYMENT> =>
  event.type === PAYMENT && event.isReadable;
