import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AppendResult } from '@eventstore/db-client';
import type { Connection } from './connection.ts';
import type { OneChannelClient } from './one-channel-client.ts';
import type { Release } from './semaphore.ts';

/**
 * Appends that may wait to be sent. The client's stream holds sixteen messages before it makes
 * writers wait, and a writer that waits while the stream breaks off rejects where nothing can catch it.
 */
export const SLOTS = 15;

export type Write = (client: OneChannelClient) => Promise<AppendResult>;

interface Batch {
  readonly client: OneChannelClient;
  readonly slots: Release[];
}

/**
 * Sends appends in the order in which they are given, and releases the slot of each as soon as the
 * stream has sent it: its answer may then take its time while others are sent.
 */
export class SendQueue {
  readonly #isCurrent: Connection['isCurrent'];
  readonly #opened = new WeakMap<OneChannelClient, Promise<void>>();
  #batch: Batch | undefined;

  constructor({ isCurrent }: Pick<Connection, 'isCurrent'>) {
    this.#isCurrent = isCurrent;
  }

  async send(client: OneChannelClient, write: Write, slot: Release): Promise<AppendResult> {
    await this.#inOrder(client);
    if (!this.#isCurrent(client)) throw new Error('The connection broke off before this append.');
    const answer = write(client);
    this.#releaseWhenSent(client, slot);
    return answer;
  }

  /** The first append of a client opens its stream, which takes a little longer than those after it. */
  async #inOrder(client: OneChannelClient): Promise<void> {
    const opening = this.#opened.get(client);
    if (opening === undefined) this.#opened.set(client, nextTurn());
    else await opening;
  }

  #releaseWhenSent(client: OneChannelClient, slot: Release): void {
    if (this.#batch?.client === client) return void this.#batch.slots.push(slot);
    const mine: Batch = { client, slots: [slot] };
    this.#batch = mine;
    void nextTurn().then(() => {
      if (this.#batch === mine) this.#batch = undefined;
      // What the stream still holds was given to it last; such a slot is released with its answer.
      const sent = Math.max(0, mine.slots.length - client.unsent());
      for (const release of mine.slots.slice(0, sent)) release();
    });
  }
}
