import type { EventStore } from '#event-store/port';
import type { EsdbAddress } from './address.ts';
import { createAppend } from './append.ts';
import { openConnection } from './connection.ts';
import { createReader } from './read.ts';
import { createSubscribe } from './subscribe.ts';
import { USUAL_TIMING, type Timing } from './timing.ts';

export interface EsdbStoreOptions {
  readonly address: EsdbAddress;
  readonly timing?: Timing;
  /** How streams of this ledger begin on the server; whatever else stands there is not its own. */
  readonly prefix?: string;
}

/**
 * The ledger's log on an EventStoreDB cluster. Nothing is asked of it before it is used; one store
 * can be open in a process at a time.
 */
export const openEsdbStore = ({
  address,
  timing = USUAL_TIMING,
  prefix = 'mingzhang.',
}: EsdbStoreOptions): EventStore => {
  const connection = openConnection(address, timing);
  const reader = createReader(connection, timing, prefix);
  const { readStream, readAll, head } = reader;
  return {
    isShared: true,
    append: createAppend(connection, reader, timing, prefix),
    readStream,
    readAll,
    head,
    subscribeAll: createSubscribe(connection, reader, timing, prefix),
    close: () => connection.close(),
  };
};
