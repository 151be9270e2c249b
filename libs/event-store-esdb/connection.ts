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
  /** Leaves a client that has failed, with every call it has open; the next one goes to the leader, where that is known. */
  drop(failed: OneChannelClient, leader?: Host): Promise<void>;
  readonly drops: Observable<void>;
  /** Waits before the next try, after so many that failed; not beyond `close`. */
  pause(failures: number): Promise<void>;
  isClosed(): boolean;
  close(): Promise<void>;
}

/** How long the calls of a dropped client may take to end. */
const FAREWELL_MS = 2_000;

export const openConnection = (address: EsdbAddress, timing: Timing): Connection =>
  new EsdbConnection(address, timing);

class EsdbConnection implements Connection {
  readonly cluster: string;
  readonly drops = new Subject<void>();
  readonly #address: EsdbAddress;
  readonly #timing: Timing;
  readonly #releaseProcess = reserveProcess();
  readonly #closed = new ReplaySubject<void>(1);
  #connecting: Promise<OneChannelClient> | undefined;
  #current: OneChannelClient | undefined;
  /** Settles when all clients that were dropped have left. */
  #farewells: Promise<void> = Promise.resolve();
  #leader: Host | undefined;
  #closing: Promise<void> | undefined;

  constructor(address: EsdbAddress, timing: Timing) {
    this.cluster = shownAddress(address);
    this.#address = address;
    this.#timing = timing;
  }

  client(): Promise<OneChannelClient> {
    if (this.isClosed()) throw new Error('The store is closed.');
    return (this.#connecting ??= this.#connect());
  }

  readonly isCurrent = (client: OneChannelClient): boolean => client === this.#current;

  drop(failed: OneChannelClient, leaderNow?: Host): Promise<void> {
    if (failed !== this.#current) return this.#farewells;
    this.#leader = leaderNow;
    return this.#release(failed);
  }

  async pause(failures: number): Promise<void> {
    await firstValueFrom(merge(timer(pauseMs(failures, this.#timing)), this.#closed));
  }

  isClosed(): boolean {
    return this.#closing !== undefined;
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#closeOnce());
  }

  async #connect(): Promise<OneChannelClient> {
    // Pending appends of all clients are in one map: the old client must be gone before.
    await this.#farewells;
    const client = createClient(this.#address, this.#leader, this.#timing);
    this.#leader = undefined;
    try {
      await within(this.#timing.callMs, client.greet());
      return (this.#current = client);
    } catch (error) {
      // A client whose discovery failed once fails for good.
      this.#connecting = undefined;
      this.#farewells = farewell(client);
      throw error;
    }
  }

  #release(client: OneChannelClient): Promise<void> {
    this.#connecting = this.#current = undefined;
    this.drops.next();
    return (this.#farewells = farewell(client));
  }

  async #closeOnce(): Promise<void> {
    this.#closed.next();
    const last = await this.#connecting?.catch(() => undefined);
    if (last !== undefined) void this.#release(last);
    await this.#farewells;
    this.drops.complete();
    this.#releaseProcess();
  }
}

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

let isReserved = false;

/** Two clients in a process would answer for each other's appends when one of them breaks off. */
const reserveProcess = (): (() => void) => {
  if (isReserved) {
    throw new StoreUnusable(
      'in-use',
      'This process speaks to a cluster already; close that store first.',
      '本进程已连接一个集群;请先关闭它。',
    );
  }
  isReserved = true;
  return () => {
    isReserved = false;
  };
};
