import { Buffer } from 'node:buffer';
import { Metadata, type status as codes, type ServiceError } from '@grpc/grpc-js';
import type jspb from 'google-protobuf';
import type {
  BatchAppendReq,
  BatchAppendResp,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { KeptEvent, ProposedEvent, Verdict } from './log.ts';
import { any, empty, shared, status, streams } from './stubs.ts';

const TICKS_PER_MS = 10_000n;
/** What a server says of a position that it does not know. */
const NO_POSITION = '18446744073709551615';

export const eventMessage = (event: KeptEvent, tellsPosition: boolean): ReadResp => {
  const position = tellsPosition ? event.position.toString() : NO_POSITION;
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuid(event.id));
  recorded.setStreamIdentifier(identifier(event.stream));
  recorded.setStreamRevision(event.revision.toString());
  recorded.setCommitPosition(position);
  recorded.setPreparePosition(position);
  recorded.setData(event.data);
  recorded.setCustomMetadata(event.customMetadata);
  const metadata = recorded.getMetadataMap();
  metadata.set('type', event.type);
  metadata.set('content-type', event.contentType);
  metadata.set('created', (BigInt(event.created.getTime()) * TICKS_PER_MS).toString());
  const message = new streams.ReadResp.ReadEvent();
  message.setEvent(recorded);
  if (tellsPosition) message.setCommitPosition(position);
  else message.setNoPosition(new shared.Empty());
  const response = new streams.ReadResp();
  response.setEvent(message);
  return response;
};

export const confirmation = (): ReadResp => {
  const confirmed = new streams.ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId(crypto.randomUUID());
  const response = new streams.ReadResp();
  response.setConfirmation(confirmed);
  return response;
};

export const checkpoint = (position: bigint): ReadResp => {
  const reached = new streams.ReadResp.Checkpoint();
  reached.setCommitPosition(position.toString());
  reached.setPreparePosition(position.toString());
  const response = new streams.ReadResp();
  response.setCheckpoint(reached);
  return response;
};

export const caughtUp = (): ReadResp => {
  const response = new streams.ReadResp();
  response.setCaughtUp(new streams.ReadResp.CaughtUp());
  return response;
};

export const streamNotFound = (stream: string): ReadResp => {
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifier(stream));
  const response = new streams.ReadResp();
  response.setStreamNotFound(missing);
  return response;
};

export const proposedEvents = (request: BatchAppendReq): readonly ProposedEvent[] =>
  request.getProposedMessagesList().map((message) => ({
    id: message.getId()?.getString() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? '',
    data: message.getData_asU8(),
    customMetadata: message.getCustomMetadata_asU8(),
  }));

export const appendAnswer = (
  stream: string,
  correlationId: string,
  verdict: Verdict,
  expected: string | bigint,
): BatchAppendResp => {
  if (verdict.kind === 'wrong') {
    const wrong = new shared.WrongExpectedVersion();
    if (verdict.current === undefined) wrong.setCurrentNoStream(new empty.Empty());
    else wrong.setCurrentStreamRevision(verdict.current.toString());
    if (expected === 'no_stream') wrong.setExpectedNoStream(new empty.Empty());
    else wrong.setExpectedStreamPosition(expected.toString());
    return failed(stream, correlationId, wrong, 'WrongExpectedVersion');
  }
  const success = new streams.BatchAppendResp.Success();
  success.setCurrentRevision(verdict.last.revision.toString());
  const at = new shared.AllStreamPosition();
  at.setCommitPosition(verdict.last.position.toString());
  at.setPreparePosition(verdict.last.position.toString());
  success.setPosition(at);
  const response = answer(stream, correlationId);
  response.setSuccess(success);
  return response;
};

export const tooLargeAnswer = (stream: string, correlationId: string, limit: number) => {
  const exceeded = new shared.MaximumAppendSizeExceeded();
  exceeded.setMaxappendsize(limit);
  return failed(stream, correlationId, exceeded, 'MaximumAppendSizeExceeded');
};

export const deniedAnswer = (stream: string, correlationId: string) =>
  failed(stream, correlationId, new shared.AccessDenied(), 'AccessDenied');

export const timeoutAnswer = (stream: string, correlationId: string) =>
  failed(stream, correlationId, new shared.Timeout(), 'Timeout');

/** An error that ends a call, as the wire carries it. */
export const rpcError = (
  code: codes,
  details: string,
  metadata: Readonly<Record<string, string>> = {},
): ServiceError => {
  const carried = new Metadata();
  for (const [key, value] of Object.entries(metadata)) carried.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata: carried });
};

const failed = (
  stream: string,
  correlationId: string,
  detail: jspb.Message,
  name: string,
): BatchAppendResp => {
  const packed = new any.Any();
  packed.pack(detail.serializeBinary(), `event_store.client.${name}`);
  const error = new status.Status();
  error.setMessage(name);
  error.setDetails(packed);
  const response = answer(stream, correlationId);
  response.setError(error);
  return response;
};

const answer = (stream: string, correlationId: string): BatchAppendResp => {
  const response = new streams.BatchAppendResp();
  response.setCorrelationId(uuid(correlationId));
  response.setStreamIdentifier(identifier(stream));
  return response;
};

const uuid = (text: string) => {
  const id = new shared.UUID();
  id.setString(text);
  return id;
};

const identifier = (stream: string) => {
  const name = new shared.StreamIdentifier();
  name.setStreamName(Buffer.from(stream));
  return name;
};
