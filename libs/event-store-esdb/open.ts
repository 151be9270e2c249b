import type { EventStore } from '#event-store/port';
import type { TellsOutages } from '#event-store/outage';
import type { EsdbAddress } from './address.ts';
import { createAppend } from './append.ts';
import { Availability } from './availability.ts';
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
}: EsdbStoreOptions): EventStore & TellsOutages => {
  const connection = openConnection(address, timing);
  const availability = new Availability(connection, timing);
  const reader = createReader(connection, availability, timing, prefix);
  const { readStream, readAll, head } = reader;
  return {
    isShared: true,
    append: createAppend(connection, reader, availability, timing, prefix),
    readStream,
    readAll,
    head,
    subscribeAll: createSubscribe(connection, reader, timing, prefix),
    outage: () => availability.outage(),
    outages: availability.outages,
    close: async () => {
      availability.close();
      await connection.close();
    },
  };
};
