import type { AppendResult } from '@eventstore/db-client';
import type { Connection } from './connection.ts';
import type { OneChannelClient } from './one-channel-client.ts';

type Write = (client: OneChannelClient) => Promise<AppendResult>;

/**
 * Sends appends in the order in which they are given: the first of a client opens the stream of
 * appends, and would be overtaken by those behind it.
 */
export const inOrder = ({ isCurrent }: Pick<Connection, 'isCurrent'>) => {
  const firstAnswers = new WeakMap<OneChannelClient, Promise<unknown>>();
  return async (client: OneChannelClient, write: Write): Promise<AppendResult> => {
    const first = firstAnswers.get(client);
    if (first !== undefined) await first;
    if (!isCurrent(client)) throw new Error('The connection broke off before this append.');
    const answer = write(client);
    if (first === undefined) {
      firstAnswers.set(
        client,
        answer.catch(() => undefined),
      );
    }
    return answer;
  };
};
