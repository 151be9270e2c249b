import type { EventStore, Position } from '#event-store/port';
import { StoreUnusable } from '#event-store/store-unusable';
import type { EsdbAddress } from './address.ts';
import { createAppend } from './append.ts';
import { openConnection } from './connection.ts';
import { createReader } from './read.ts';
import { createSubscribe } from './subscribe.ts';
import { USUAL_TIMING, type Timing } from './timing.ts';

export interface EsdbStoreOptions {
  readonly address: EsdbAddress;
  readonly timing?: Timing;
}

/**
 * The ledger's log on an EventStoreDB cluster. Nothing is asked of it before it is used; one store
 * can be open in a process at a time.
 */
export const openEsdbStore = ({ address, timing = USUAL_TIMING }: EsdbStoreOptions): EventStore => {
  const connection = openConnection(address, timing);
  const reader = createReader(connection, timing);
  const positionOf = async (stream: string, revision: bigint): Promise<Position> => {
    for await (const event of reader.readStream(stream, { from: revision, limit: 1 })) {
      return event.position;
    }
    throw new StoreUnusable(
      'damaged-file',
      `${connection.cluster} acknowledged ${stream}@${revision} and does not have it.`,
      `${connection.cluster} 确认了 ${stream}@${revision},却没有这个事件。`,
    );
  };
  return {
    append: createAppend(connection, timing, positionOf),
    ...reader,
    subscribeAll: createSubscribe(connection, reader, timing),
    close: connection.close,
  };
};
