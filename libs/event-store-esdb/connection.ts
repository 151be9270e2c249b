import { firstValueFrom, merge, ReplaySubject, Subject, timer, type Observable } from 'rxjs';
import { StoreUnusable } from '#event-store/store-unusable';
import { shownAddress, type EsdbAddress, type Host } from './address.ts';
import { OneChannelClient } from './one-channel-client.ts';
import { pauseMs, within, type Timing } from './timing.ts';

/** The one client of this process, replaced when it has failed. */
export interface Connection {
  readonly cluster: string;
  /** Throws while no node answers. */
  client(): Promise<OneChannelClient>;
  /** Whether a client is the one that `client` gives. */
  isCurrent(client: OneChannelClient): boolean;
  /** Lets go of a client that has failed, with every call it has open; the next one goes to the leader, where that is known. */
  drop(failed: OneChannelClient, leader?: Host): Promise<void>;
  readonly drops: Observable<void>;
  /** Waits before the next try, after so many that failed; not beyond `close`. */
  pause(failures: number): Promise<void>;
  isClosed(): boolean;
  close(): Promise<void>;
}

/** How long the calls of a dropped client may take to end. */
const FAREWELL_MS = 2_000;

export const openConnection = (address: EsdbAddress, timing: Timing): Connection => {
  const release = holdTheOneClient();
  const drops = new Subject<void>();
  const closed = new ReplaySubject<void>(1);
  let connecting: Promise<OneChannelClient> | undefined;
  let current: OneChannelClient | undefined;
  let farewells: Promise<void> = Promise.resolve();
  let leader: Host | undefined;
  let closing: Promise<void> | undefined;

  const connect = async (): Promise<OneChannelClient> => {
    // Pending appends of all clients stand in one map: the old client must be gone before.
    await farewells;
    const client = createClient(address, leader, timing);
    leader = undefined;
    try {
      await within(timing.callMs, client.greet());
      return (current = client);
    } catch (error) {
      // A client whose discovery failed once fails for good.
      connecting = undefined;
      farewells = farewell(client);
      throw error;
    }
  };

  const letGo = (client: OneChannelClient): Promise<void> => {
    connecting = current = undefined;
    drops.next();
    return (farewells = farewell(client));
  };

  return {
    cluster: shownAddress(address),
    client: () => {
      if (closing !== undefined) throw new Error('The store is closed.');
      return (connecting ??= connect());
    },
    isCurrent: (client) => client === current,
    drop: (failed, leaderNow) => {
      if (failed !== current) return farewells;
      leader = leaderNow;
      return letGo(failed);
    },
    drops,
    pause: (failures) =>
      firstValueFrom(merge(timer(pauseMs(failures, timing)), closed)).then(() => undefined),
    isClosed: () => closing !== undefined,
    close: () =>
      (closing ??= (async () => {
        closed.next();
        const last = await connecting?.catch(() => undefined);
        if (last !== undefined) void letGo(last);
        await farewells;
        drops.complete();
        release();
      })()),
  };
};

/**
 * Made from its parts rather than from a connection string: the client writes that to its debug log,
 * password and all.
 */
const createClient = (
  { hosts, isDnsName, isSecure, authority, credentials }: EsdbAddress,
  leader: Host | undefined,
  { callMs }: Timing,
): OneChannelClient => {
  const security = {
    insecure: !isSecure,
    ...(authority === undefined ? {} : { rootCertificate: authority }),
  };
  const [first] = hosts;
  if (first === undefined) throw new Error('An address names at least one host.');
  if (leader !== undefined || (hosts.length === 1 && !isDnsName)) {
    return new OneChannelClient({ endpoint: leader ?? first }, security, credentials);
  }
  // Every node is asked once, and all of them in the time of one call; a new client asks again.
  const gossipTimeout = Math.max(1, Math.floor(callMs / 1_000 / hosts.length));
  const discovery = { maxDiscoverAttempts: 1, gossipTimeout, discoveryInterval: 0 };
  return isDnsName
    ? new OneChannelClient({ discover: first, ...discovery }, security, credentials)
    : new OneChannelClient({ endpoints: [...hosts], ...discovery }, security, credentials);
};

const farewell = (client: OneChannelClient): Promise<void> =>
  within(FAREWELL_MS, client.leave()).catch(() => undefined);

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
