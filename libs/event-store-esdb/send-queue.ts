import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AppendResult } from '@eventstore/db-client';
import type { Connection } from './connection.ts';
import type { OneChannelClient } from './one-channel-client.ts';
import type { Leave } from './slots.ts';

/**
 * Appends that may wait to be sent. The client's stream holds sixteen messages before it makes
 * writers wait, and a writer that waits while the stream breaks off rejects where nobody can catch it.
 */
export const ROOM = 15;

export type Write = (client: OneChannelClient) => Promise<AppendResult>;

/**
 * Sends appends in the order in which they are given, and leaves the place of each as soon as the
 * stream holds it no longer: it may then be answered at leisure while others are sent.
 */
export const createSendQueue = ({ isCurrent }: Pick<Connection, 'isCurrent'>) => {
  const opened = new WeakMap<OneChannelClient, Promise<void>>();
  let batch: { readonly client: OneChannelClient; readonly places: Leave[] } | undefined;

  /** The first append of a client opens its stream, which takes a little longer than what comes behind. */
  const inOrder = async (client: OneChannelClient): Promise<void> => {
    const opening = opened.get(client);
    if (opening === undefined) opened.set(client, nextTurn());
    else await opening;
  };

  const leaveWhenSent = (client: OneChannelClient, place: Leave): void => {
    if (batch?.client === client) return void batch.places.push(place);
    const mine = { client, places: [place] };
    batch = mine;
    void nextTurn().then(() => {
      if (batch === mine) batch = undefined;
      // What the stream still holds was given to it last; such a place is left when its answer comes.
      const sent = Math.max(0, mine.places.length - client.unsent());
      for (const leave of mine.places.slice(0, sent)) leave();
    });
  };

  return async (client: OneChannelClient, write: Write, place: Leave): Promise<AppendResult> => {
    await inOrder(client);
    if (!isCurrent(client)) throw new Error('The connection broke off before this append.');
    const answer = write(client);
    leaveWhenSent(client, place);
    return answer;
  };
};
