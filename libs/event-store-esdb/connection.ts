import { credentials as channelCredentials } from '@grpc/grpc-js';
import { firstValueFrom, merge, ReplaySubject, Subject, timer, type Observable } from 'rxjs';
import { StoreUnusable } from '#event-store/store-unusable';
import { shownAddress, type EsdbAddress, type Host } from './address.ts';
import { findLeader, requireName } from './discover.ts';
import { failureOf } from './failure.ts';
import { OneChannelClient } from './one-channel-client.ts';
import { NodeTls } from './tls.ts';
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
  /** Whether a leader ever answered: then address, authority and names are right. */
  readonly hasReached: boolean;
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
  hasReached = false;
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
    const { callMs } = this.#timing;
    const begun = performance.now();
    const leader = this.#leader;
    this.#leader = undefined;
    let client: OneChannelClient | undefined;
    try {
      const node = leader ?? (await within(callMs, nodeToAsk(this.#address, callMs)));
      client = new OneChannelClient(node, this.#address);
      await within(Math.max(1, Math.ceil(callMs - (performance.now() - begun))), client.greet());
      this.hasReached = true;
      return (this.#current = client);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'interrupted') this.#leader = failure.leader;
      // A client that failed once fails for good.
      this.#connecting = undefined;
      if (client !== undefined) this.#farewells = farewell(client);
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

/** A single host is taken at its word; of several, and behind a name of the cluster, the leader is looked for. */
const nodeToAsk = async (
  { hosts, isDnsName, isSecure, authority }: EsdbAddress,
  callMs: number,
): Promise<Host> => {
  const [first] = hosts;
  if (first === undefined) throw new Error('An address names at least one host.');
  if (hosts.length > 1 || isDnsName) {
    const security = () =>
      isSecure ? new NodeTls(authority) : channelCredentials.createInsecure();
    return findLeader(hosts, security, callMs);
  }
  await requireName(first, callMs);
  return first;
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
