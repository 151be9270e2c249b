import { BACKWARDS, END, EventStoreDBClient } from '@eventstore/db-client';
import { Subject, type Observable } from 'rxjs';
import { StoreUnusable } from '#event-store/store-unusable';
import { shownAddress, type EsdbAddress } from './address.ts';
import { within, type Timing } from './timing.ts';

/** The one client of this process, replaced when it has failed. */
export interface Connection {
  readonly cluster: string;
  /** Throws while no node answers. */
  client(): Promise<EventStoreDBClient>;
  /** Lets go of a client that has failed, with every call it has open. */
  drop(failed: EventStoreDBClient): Promise<void>;
  readonly drops: Observable<void>;
  readonly isClosed: () => boolean;
  close(): Promise<void>;
}

/** How long the calls of a dropped client may take to end. */
const FAREWELL_MS = 2_000;

export const openConnection = (address: EsdbAddress, timing: Timing): Connection => {
  const release = holdTheOneClient();
  const drops = new Subject<void>();
  let current: Promise<EventStoreDBClient> | undefined;
  let dropping: Promise<void> = Promise.resolve();
  let closed = false;

  const connect = async (): Promise<EventStoreDBClient> => {
    // The client keeps promises of all appends in one place: the old one must be gone before.
    await dropping;
    const client = createClient(address);
    try {
      await within(timing.callMs, greet(client));
      return client;
    } catch (error) {
      // A client whose discovery failed once fails for good.
      current = undefined;
      await farewell(client);
      throw error;
    }
  };

  const drop = async (failed: EventStoreDBClient): Promise<void> => {
    if ((await current?.catch(() => undefined)) !== failed) return dropping;
    current = undefined;
    dropping = farewell(failed);
    drops.next();
    return dropping;
  };

  return {
    cluster: shownAddress(address),
    client: () => {
      if (closed) throw new Error('The store is closed.');
      return (current ??= connect());
    },
    drop,
    drops,
    isClosed: () => closed,
    close: async () => {
      if (closed) return;
      closed = true;
      const last = await current?.catch(() => undefined);
      if (last !== undefined) await farewell(last);
      drops.complete();
      release();
    },
  };
};

/**
 * Made from its parts rather than from a connection string: the client writes that to its debug log,
 * password and all.
 */
const createClient = ({ hosts, isDnsName, isSecure, authority, credentials }: EsdbAddress) => {
  const security = {
    insecure: !isSecure,
    ...(authority === undefined ? {} : { rootCertificate: authority }),
  };
  const [first] = hosts;
  if (first === undefined) throw new Error('An address names at least one host.');
  if (isDnsName) return new EventStoreDBClient({ discover: first }, security, credentials);
  return hosts.length > 1
    ? new EventStoreDBClient({ endpoints: [...hosts] }, security, credentials)
    : new EventStoreDBClient({ endpoint: first }, security, credentials);
};

/** The first exchange: finds a node, and sees that it lets us read. */
const greet = async (client: EventStoreDBClient): Promise<void> => {
  const newest = client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 });
  for await (const _ of newest) continue;
};

const farewell = (client: EventStoreDBClient): Promise<void> =>
  within(FAREWELL_MS, client.dispose()).catch(() => undefined);

let isHeld = false;

/** Two clients in a process would answer for each other's appends when one of them breaks off. */
const holdTheOneClient = (): (() => void) => {
  if (isHeld) {
    throw new StoreUnusable(
      'in-use',
      'This process speaks to a cluster already; close that store first.',
      '本进程已连接一个集群;请先关闭它。',
    );
  }
  isHeld = true;
  return () => {
    isHeld = false;
  };
};
