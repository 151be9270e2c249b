import { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { BACKWARDS, END, EventStoreDBClient } from '@eventstore/db-client';
import { Channel, credentials as channelCredentials } from '@grpc/grpc-js';
import type { EsdbAddress, Host } from './address.ts';
import { NodeTls } from './tls.ts';

export type Security = Pick<EsdbAddress, 'isSecure' | 'authority' | 'credentials'>;

/**
 * The client of one node, with one channel for the whole of its life.
 *
 * By itself it replaces a channel that failed. Then two streams of appends are open, and because all
 * pending appends of a process stand in one map, the end of the older stream forgets those of the
 * younger; the answer to a forgotten append throws where nobody can catch it. So this client stays
 * with its channel, and whoever sees a call fail leaves it and makes another.
 */
export class OneChannelClient extends EventStoreDBClient {
  readonly #node: Host;
  readonly #tls: NodeTls | undefined;
  readonly #openStream = this.GRPCStreamCreator;
  #channel: Promise<Channel> | undefined;
  #appends: Writable | undefined;
  #hasLeft = false;

  constructor(node: Host, { isSecure, authority, credentials }: Security) {
    super({ endpoint: node }, { insecure: !isSecure }, credentials);
    this.#node = node;
    this.#tls = isSecure ? new NodeTls(authority) : undefined;
  }

  protected override getChannel = (): Promise<Channel> =>
    this.#hasLeft
      ? Promise.reject(new Error('This client has been left.'))
      : (this.#channel ??= Promise.resolve(this.#openChannel()));

  protected override handleError = (): Promise<void> => Promise.resolve();

  protected override GRPCStreamCreator: EventStoreDBClient['GRPCStreamCreator'] = (
    Client,
    name,
    creator,
    cache,
  ) => {
    const open = this.#openStream(Client, name, creator, cache);
    // Only the stream of appends is kept from one call to the next.
    if (cache === undefined) return open;
    return async () => {
      const stream = await open();
      if (stream instanceof Writable) this.#appends = stream;
      return stream;
    };
  };

  /** How many appends have been given to their stream and not yet sent. */
  unsent(): number {
    return this.#appends?.writableLength ?? 0;
  }

  /**
   * The first exchange: sees that the node leads and lets us read, and asks what it can do, which the
   * first append would otherwise ask without a deadline.
   */
  async greet(): Promise<void> {
    try {
      const newest = this.readAll({
        direction: BACKWARDS,
        fromPosition: END,
        maxCount: 1,
        requiresLeader: true,
      });
      newest.on('error', () => undefined);
      for await (const _ of newest) continue;
      await this.capabilities;
    } catch (error) {
      throw this.#tls?.fault ?? error;
    }
  }

  #openChannel(): Channel {
    const { address, port } = this.#node;
    const security = this.#tls ?? channelCredentials.createInsecure();
    return new Channel(`${address}:${port}`, security, CHANNEL_OPTIONS);
  }

  /** Ends all calls and closes the channel; nothing can be asked of this client again. */
  async leave(): Promise<void> {
    this.#hasLeft = true;
    void this.#channel?.then((channel) => channel.close()).catch(() => undefined);
    await this.dispose();
    // Calls that were about to begin are known only now.
    await nextTurn();
    await this.dispose();
  }
}

/** As the client opens its own channels: the largest event that any way of writing allows is read. */
const CHANNEL_OPTIONS = {
  'grpc.keepalive_time_ms': 10_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.max_receive_message_length': 17 * 1024 * 1024,
};
