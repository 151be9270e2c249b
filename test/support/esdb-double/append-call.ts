import type { ServerDuplexStream } from '@grpc/grpc-js';
import { status as codes } from '@grpc/grpc-js';
import type {
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Expectation, KeptLog, ProposedEvent } from './log.ts';
import {
  appendAnswer,
  deniedAnswer,
  proposedEvents,
  rpcError,
  timeoutAnswer,
  tooLargeAnswer,
} from './messages.ts';
import type { Behaviour, Heard } from './misbehaviour.ts';

export type AppendCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

const MAX_APPEND_BYTES = 1024 * 1024;

interface Gathered {
  readonly stream: string;
  readonly expected: Expectation;
  readonly events: ProposedEvent[];
}

/** Answers the appends of one client, in the order in which they come. */
export const answerAppends = (
  call: AppendCall,
  log: KeptLog,
  behaviour: Behaviour,
  isAllowed: boolean,
  late: (() => void)[],
  hear: (heard: Heard) => void,
): void => {
  const gathering = new Map<string, Gathered>();
  const send = (message: BatchAppendResp) => {
    if (!call.cancelled) call.write(message);
  };
  call.on('data', (request: BatchAppendReq) => {
    const id = request.getCorrelationId()?.getString() ?? '';
    const gathered = gathering.get(id) ?? begin(request);
    gathering.set(id, gathered);
    gathered.events.push(...proposedEvents(request));
    if (!request.getIsFinal()) return;
    gathering.delete(id);
    const { stream, expected, events } = gathered;
    hear({ kind: 'append', stream, ids: events.map((event) => event.id) });
    if (!isAllowed) return send(deniedAnswer(stream, id));
    if (behaviour.appends === 'ignored') return;
    if (behaviour.appends === 'timed out') return send(timeoutAnswer(stream, id));
    if (behaviour.appends === 'overloaded') {
      call.emit('error', rpcError(codes.RESOURCE_EXHAUSTED, 'The server is too busy.'));
      return;
    }
    if (bytesOf(events) > MAX_APPEND_BYTES)
      return send(tooLargeAnswer(stream, id, MAX_APPEND_BYTES));
    const verdict = log.append(stream, expected, events, behaviour.repeats);
    const answer = appendAnswer(stream, id, verdict, String(expected));
    if (behaviour.appendAnswers === 'without position') answer.getSuccess()?.clearPosition();
    if (behaviour.appends === 'answered late') late.push(() => send(answer));
    else if (behaviour.appendMs > 0) setTimeout(() => send(answer), behaviour.appendMs);
    else send(answer);
  });
  call.on('end', () => call.end());
};

const begin = (request: BatchAppendReq): Gathered => {
  const options = request.getOptions();
  const name = options?.getStreamIdentifier()?.getStreamName_asU8() ?? [];
  return { stream: Buffer.from(name).toString('utf8'), expected: expectedIn(request), events: [] };
};

const expectedIn = (request: BatchAppendReq): Expectation => {
  const options = request.getOptions();
  if (options?.hasNoStream() === true) return 'no_stream';
  if (options?.hasStreamExists() === true) return 'stream_exists';
  if (options?.hasStreamPosition() === true) return BigInt(options.getStreamPosition());
  return 'any';
};

const bytesOf = (events: readonly ProposedEvent[]): number =>
  events.reduce((sum, { data, customMetadata }) => sum + data.length + customMetadata.length, 0);
