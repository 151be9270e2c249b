import { lookup } from 'node:dns/promises';
import { Metadata, type ChannelCredentials } from '@grpc/grpc-js';
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { Host } from './address.ts';
import { NodeUnusable } from './node-unusable.ts';
import { within } from './timing.ts';

/** The nodes answer and know no leader: too few of them see each other. */
export class NoLeader extends Error {
  constructor() {
    super('The nodes know no leader; a majority of them is away.');
    this.name = 'NoLeader';
  }
}

/** A channel's credentials, which know why a node was not trusted. */
type Credentials = ChannelCredentials & { readonly fault?: NodeUnusable | undefined };

/**
 * Asks all hosts at once which node leads, and takes the first that knows. Throws `NodeUnusable` where
 * a certificate or a name is at fault, `NoLeader` where nodes answer and none leads, or what the last
 * node failed with. None is waited for longer than `callMs`.
 */
export const findLeader = async (
  hosts: readonly Host[],
  credentials: () => Credentials,
  callMs: number,
): Promise<Host> => {
  const asked = hosts.map((host) => leaderAt(host, credentials(), callMs));
  try {
    return await Promise.any(asked);
  } catch (error) {
    const failures: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
    throw worst(failures);
  }
};

/** A certificate is at fault wherever it was seen; a name only when there is no other. */
const worst = (failures: readonly unknown[]): unknown =>
  failures.find((it) => it instanceof NodeUnusable && it.fault !== 'name-unknown') ??
  failures.find((it) => it instanceof NoLeader) ??
  failures.find((it) => !(it instanceof NodeUnusable)) ??
  failures[0];

const leaderAt = async (host: Host, credentials: Credentials, callMs: number): Promise<Host> => {
  await requireName(host, callMs);
  try {
    const leader = (await membersAt(host, credentials, callMs)).find(
      (member) => member.getIsAlive() && member.getState() === LEADER,
    );
    const endpoint = leader?.getHttpEndPoint();
    if (endpoint === undefined) throw new NoLeader();
    return { address: bracketed(endpoint.getAddress()), port: endpoint.getPort() };
  } catch (error) {
    throw credentials.fault ?? error;
  }
};

const { LEADER } = gossip.MemberInfo.VNodeState;

const membersAt = (
  { address, port }: Host,
  credentials: ChannelCredentials,
  callMs: number,
): Promise<readonly gossip.MemberInfo[]> => {
  const client = new gossipGrpc.GossipClient(`${address}:${port}`, credentials, {});
  return new Promise((resolve, reject) => {
    const deadline = Date.now() + callMs;
    client.read(new shared.Empty(), new Metadata(), { deadline }, (error, info) => {
      client.close();
      if (error === null) resolve(info.getMembersList());
      else reject(error);
    });
  });
};

/** Throws `NodeUnusable` for a host name that does not exist. */
export const requireName = async ({ address }: Host, callMs: number): Promise<void> => {
  try {
    await within(callMs, lookup(address.replace(/^\[|\]$/g, '')));
  } catch (error) {
    const isUnknown = error instanceof Error && 'code' in error && error.code === 'ENOTFOUND';
    throw isUnknown ? new NodeUnusable('name-unknown', address, error) : error;
  }
};

const bracketed = (address: string): string =>
  address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;
