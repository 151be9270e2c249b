import type { ViewEventSource } from '#projections/engine/event-source';
import type { KnownPayees } from '#ledger/payee/known-payee';

/** Every payee as the log has it: rules about several payees cross streams, so they read them here. */
export class PayeeRegister {
  readonly #payees: KnownPayees = new Map();
  readonly #source: ViewEventSource;
  #position = 0;
  #underWay: Promise<void> = Promise.resolve();

  constructor(source: ViewEventSource) {
    this.#source = source;
  }

  async upToDate(): Promise<KnownPayees> {
    // One at a time, in turn: two folds at once would take events in twice.
    const next = this.#underWay.catch(() => undefined).then(() => this.#catchUp());
    this.#underWay = next;
    await next;
    return this.#payees;
  }

  async #catchUp(): Promise<void> {
    const types = ['PayeeRegistered', 'PayeeChanged'] as const;
    for await (const { events, through } of this.#source.batches(this.#position + 1, types)) {
      for (const event of events) {
        const isPayee = event.type === 'PayeeRegistered' || event.type === 'PayeeChanged';
        if (isPayee && event.isReadable) this.#payees.set(event.data.payeeId, event.data);
      }
      this.#position = through;
    }
  }
}
