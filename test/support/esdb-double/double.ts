import {
  Server,
  ServerCredentials,
  status as codes,
  type Metadata,
  type ServerErrorResponse,
} from '@grpc/grpc-js';
import { promisify } from 'node:util';
import { Subject, type Observable } from 'rxjs';
import { answerAppends, type AppendCall } from './append-call.ts';
import { createLog, type KeptLog } from './log.ts';
import { rpcError } from './messages.ts';
import { WELL_BEHAVED, type Behaviour, type Heard } from './misbehaviour.ts';
import { answerRead, type ReadCall } from './read-call.ts';
import { features, featuresGrpc, gossip, gossipGrpc, streamsGrpc } from './stubs.ts';

/**
 * A double of an EventStoreDB cluster at the level of the wire, built on the stubs that the client
 * ships: faithful in revisions, positions, repeated appends and the details of errors, and able to
 * misbehave on command. It proves the adapter, not the server.
 */
export interface EsdbDouble {
  /** For a client that talks to the first node alone. */
  readonly address: string;
  /** For a client that finds the leader by itself. */
  readonly clusterAddress: string;
  readonly log: KeptLog;
  /** Every request, at the moment it has come in. */
  readonly heard: Observable<Heard>;
  /** Of every node, from now on. */
  readonly behaviour: Behaviour;
  /** Ends all open calls, as a restart of the network would. */
  dropCalls(): void;
  /** Hands over the answers that were held back. */
  answerLate(): void;
  /** Another node leads from now on; the others send writers to it. */
  lead(node: number): void;
  /** Too few nodes see each other: none leads, and what is sent to one is not written. */
  loseMajority(): void;
  /** The node leads that did before. */
  regainMajority(): void;
  /** All nodes go away, and come back with the same log. */
  restart(): Promise<void>;
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

export interface DoubleOptions {
  readonly nodes?: number;
  readonly tls?: { readonly key: Buffer; readonly certificate: Buffer };
  /** What the nodes call themselves in gossip and in pointing at the leader. */
  readonly advertised?: 'localhost' | '127.0.0.1';
  /** `Basic …` of the one user who may append; everybody may when absent. */
  readonly authorization?: string;
}

export const startDouble = async (options: DoubleOptions = {}): Promise<EsdbDouble> => {
  const { nodes = 1, tls, authorization, advertised = 'localhost' } = options;
  const log = createLog();
  const behaviour: Behaviour = { ...WELL_BEHAVED };
  const late: (() => void)[] = [];
  const heard = new Subject<Heard>();
  const hear = (request: Heard) => heard.next(request);
  const calls = new Set<AppendCall | ReadCall>();
  const ports: number[] = Array.from({ length: nodes }, () => 0);
  let servers: Server[] = [];
  let leader = 0;
  let hasMajority = true;

  const add = (call: AppendCall | ReadCall) => {
    calls.add(call);
    call.on('close', () => calls.delete(call));
    call.on('cancelled', () => calls.delete(call));
    call.on('error', () => calls.delete(call));
  };
  const dropCalls = () => {
    for (const call of calls) call.emit('error', rpcError(codes.UNAVAILABLE, 'Connection lost.'));
    calls.clear();
  };
  const sentToLeader = (node: number, metadata: Metadata): ServerErrorResponse | undefined => {
    const wantsLeader = metadata.get('requires-leader')[0] === 'true';
    if (wantsLeader && !hasMajority) {
      return rpcError(codes.UNKNOWN, 'No leader info available in response');
    }
    if (node === leader || !wantsLeader) return undefined;
    return rpcError(codes.NOT_FOUND, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': advertised,
      'leader-endpoint-port': String(ports[leader]),
    });
  };
  const isAllowed = (metadata: Metadata) =>
    authorization === undefined || metadata.get('authorization')[0] === authorization;

  const serverOf = (node: number): Server => {
    const server = new Server({ 'grpc.max_receive_message_length': 20 * 1024 * 1024 });
    server.addService(streamsGrpc.StreamsService, {
      read: (call: ReadCall) => {
        add(call);
        const elsewhere = sentToLeader(node, call.metadata);
        if (elsewhere !== undefined) call.emit('error', elsewhere);
        else void answerRead(call, log, behaviour, hear);
      },
      batchAppend: (call: AppendCall) => {
        add(call);
        const elsewhere = sentToLeader(node, call.metadata);
        if (elsewhere !== undefined) call.emit('error', elsewhere);
        else answerAppends(call, log, behaviour, isAllowed(call.metadata), late, hear);
      },
    });
    server.addService(featuresGrpc.ServerFeaturesService, {
      getSupportedMethods: (_call: unknown, answer: (error: null, value: unknown) => void) =>
        answer(null, supportedMethods()),
    });
    server.addService(gossipGrpc.GossipService, {
      read: (_call: unknown, answer: (error: null, value: unknown) => void) =>
        answer(null, members(ports, hasMajority ? leader : undefined, advertised)),
    });
    return server;
  };

  const credentials = () =>
    tls === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.certificate }]);

  const comeBack = async () => {
    servers = ports.map((_, node) => serverOf(node));
    for (const [node, server] of servers.entries()) {
      const bind = promisify(server.bindAsync.bind(server));
      ports[node] = await bind(`127.0.0.1:${ports[node]}`, credentials());
    }
  };
  const goAway = async () => {
    const leaving = servers.map(shutDown);
    servers = [];
    dropCalls();
    await Promise.all(leaving);
  };

  await comeBack();
  const scheme = tls === undefined ? '?tls=false' : '';
  return {
    address: `esdb://localhost:${ports[0]}${scheme}`,
    clusterAddress: `esdb://${ports.map((port) => `localhost:${port}`).join(',')}${scheme}`,
    log,
    heard,
    behaviour,
    dropCalls,
    answerLate: () => late.splice(0).forEach((answer) => answer()),
    lead: (node) => {
      leader = node;
      dropCalls();
    },
    loseMajority: () => {
      hasMajority = false;
      dropCalls();
    },
    regainMajority: () => {
      hasMajority = true;
    },
    goAway,
    comeBack,
    restart: async () => {
      await goAway();
      await comeBack();
    },
    stop: goAway,
  };
};

/** A reader who has stopped reading is not waited for longer than this. */
const FAREWELL_MS = 500;

/**
 * Takes no more calls, and closes the connections once the errors of those that are open have been
 * sent: Node ends the process when an HTTP/2 session is destroyed while it sends the end of a stream.
 */
const shutDown = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const late = setTimeout(() => server.forceShutdown(), FAREWELL_MS);
    server.tryShutdown(() => {
      clearTimeout(late);
      resolve();
    });
  });

const supportedMethods = () => {
  const supported = new features.SupportedMethods();
  supported.setEventStoreServerVersion('23.10.0');
  for (const name of ['read', 'append', 'batchappend']) {
    const method = new features.SupportedMethod();
    method.setServiceName('event_store.client.streams.streams');
    method.setMethodName(name);
    supported.addMethods(method);
  }
  return supported;
};

const members = (ports: readonly number[], leader: number | undefined, advertised: string) => {
  const { FOLLOWER, LEADER, UNKNOWN } = gossip.MemberInfo.VNodeState;
  const cluster = new gossip.ClusterInfo();
  for (const [node, port] of ports.entries()) {
    const endpoint = new gossip.EndPoint();
    endpoint.setAddress(advertised);
    endpoint.setPort(port);
    const member = new gossip.MemberInfo();
    const state = node === leader ? LEADER : FOLLOWER;
    member.setState(leader === undefined ? UNKNOWN : state);
    member.setIsAlive(true);
    member.setTimeStamp('0');
    member.setHttpEndPoint(endpoint);
    cluster.addMembers(member);
  }
  return cluster;
};
