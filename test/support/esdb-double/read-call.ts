import { once } from 'node:events';
import type { ServerWritableStream } from '@grpc/grpc-js';
import { status as codes } from '@grpc/grpc-js';
import { firstValueFrom, merge, Subject } from 'rxjs';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { KeptEvent, KeptLog } from './log.ts';
import {
  caughtUp,
  checkpoint,
  confirmation,
  eventMessage,
  rpcError,
  streamNotFound,
} from './messages.ts';
import type { Behaviour, Heard } from './misbehaviour.ts';
import { streams } from './stubs.ts';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

const { BACKWARDS } = streams.ReadReq.Options.ReadDirection;

/** Answers one Read: a stream, the log, or a subscription to the log. */
export const answerRead = async (
  call: ReadCall,
  log: KeptLog,
  behaviour: Behaviour,
  hear: (heard: Heard) => void,
): Promise<void> => {
  const ended = new Subject<void>();
  call.on('cancelled', () => ended.next());
  call.on('close', () => ended.next());
  const options = call.request.getOptions();
  if (options === undefined) return;
  hear({ kind: options.hasSubscription() ? 'subscription' : 'read' });
  if (behaviour.reads === 'silent') return;
  if (behaviour.reads === 'denied') {
    call.emit('error', rpcError(codes.UNAUTHENTICATED, 'Not authenticated.'));
    return;
  }
  const send = async (message: ReadResp): Promise<void> => {
    if (!call.cancelled && !call.write(message)) await once(call, 'drain').catch(() => undefined);
  };

  if (options.hasStream()) {
    const stream = streamName(call.request);
    const events = log.stream(stream);
    if (events.length === 0) await send(streamNotFound(stream));
    const tells = behaviour.streamReads === 'with position';
    for (const event of selected(events, call.request)) await send(eventMessage(event, tells));
    call.end();
    return;
  }

  const start = startIn(log, call.request);
  if (start === undefined) {
    call.emit('error', rpcError(codes.INVALID_ARGUMENT, 'No record begins at this position.'));
    return;
  }
  if (!options.hasSubscription()) {
    const backwards = options.getReadDirection() === BACKWARDS;
    const count = Number(options.getCount());
    for (let sent = 0; sent < count && !call.cancelled; sent++) {
      const event = log.events[backwards ? log.events.length - 1 - sent : start + sent];
      if (event === undefined) break;
      await send(eventMessage(event, true));
    }
    call.end();
    return;
  }

  await send(confirmation());
  const isWanted = filterOf(call.request);
  const isExclusive = options.getAll()?.hasPosition() === true;
  let next = isExclusive ? start + 1 : start;
  let hasCaughtUp = false;
  while (!call.cancelled) {
    if (behaviour.subscriptions === 'silent') await firstValueFrom(ended);
    const from = next;
    for (; next < log.events.length && !call.cancelled; next++) {
      const event = log.events[next];
      if (event !== undefined && isWanted(event)) await send(eventMessage(event, true));
    }
    const last = log.events[next - 1];
    if (next > from && options.hasFilter() && last !== undefined && !isWanted(last)) {
      await send(checkpoint(last.position));
    }
    if (next < log.events.length) continue;
    if (!hasCaughtUp) await send(caughtUp());
    hasCaughtUp = true;
    if (next >= log.events.length) await firstValueFrom(merge(log.written, ended));
  }
};

const streamName = (request: ReadReq): string => {
  const name = request.getOptions()?.getStream()?.getStreamIdentifier()?.getStreamName_asU8();
  return Buffer.from(name ?? []).toString('utf8');
};

const selected = (events: readonly KeptEvent[], request: ReadReq): readonly KeptEvent[] => {
  const options = request.getOptions();
  const stream = options?.getStream();
  const count = Number(options?.getCount());
  const revision = stream?.hasRevision() === true ? Number(stream.getRevision()) : undefined;
  if (options?.getReadDirection() === BACKWARDS) {
    const newest =
      revision === undefined ? events.length - 1 : Math.min(revision, events.length - 1);
    return events
      .slice(0, newest + 1)
      .reverse()
      .slice(0, count);
  }
  return events.slice(revision ?? 0).slice(0, count);
};

/** Index to begin at, or undefined when the position asked for is inside a record. */
const startIn = (log: KeptLog, request: ReadReq): number | undefined => {
  const all = request.getOptions()?.getAll();
  if (all?.hasEnd() === true) return log.events.length;
  const position = all?.getPosition();
  if (position === undefined) return 0;
  const found = log.find(BigInt(position.getCommitPosition()));
  return found < 0 ? undefined : found;
};

const filterOf = (request: ReadReq): ((event: KeptEvent) => boolean) => {
  const filter = request.getOptions()?.getFilter();
  const prefixes = filter?.getStreamIdentifier()?.getPrefixList();
  if (prefixes === undefined) return () => true;
  return ({ stream }) => prefixes.some((prefix) => stream.startsWith(prefix));
};
