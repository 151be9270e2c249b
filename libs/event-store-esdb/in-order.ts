import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AppendResult } from '@eventstore/db-client';
import type { Connection } from './connection.ts';
import type { OneChannelClient } from './one-channel-client.ts';

/**
 * Sends appends in the order in which they are given. The first of a client opens the stream of
 * appends, which takes it a little longer than those behind it; they wait for one turn.
 */
export const inOrder = ({ isCurrent }: Pick<Connection, 'isCurrent'>) => {
  const opened = new WeakMap<OneChannelClient, Promise<void>>();
  return async (
    client: OneChannelClient,
    write: (client: OneChannelClient) => Promise<AppendResult>,
  ): Promise<AppendResult> => {
    const opening = opened.get(client);
    if (opening === undefined) opened.set(client, nextTurn());
    else await opening;
    if (!isCurrent(client)) throw new Error('The connection broke off before this append.');
    return write(client);
  };
};
