import type { AppendOutcome, ExpectedRevision } from '#event-store/port';
import type { AppendRequest } from './append-group.ts';

/**
 * Requests and outcomes on their way between threads: flat lists, which cross several times faster
 * than the objects they stand for.
 */
export type RequestPacket = readonly (string | number | null)[];
export type WriterMessage = { readonly packet: RequestPacket; readonly wholly: boolean } | 'close';
export type OutcomePacket = readonly (number | AppendOutcome)[];

/** Each request is `stream, expected, events`, then each event `id, type, data, meta, leaf, …hot columns`. */
export const packRequests = (requests: readonly AppendRequest[]): RequestPacket => {
  const packet: (string | number | null)[] = [];
  for (const { stream, expected, events } of requests) {
    packet.push(stream, toNumber(expected), events.length);
    for (const { id, type, data, meta, leaf, hotColumns } of events) {
      packet.push(id, type, data, meta, leaf, ...hotColumns);
    }
  }
  return packet;
};

export const unpackRequests = (packet: RequestPacket, hotColumnCount: number): AppendRequest[] => {
  const requests: AppendRequest[] = [];
  let next = 0;
  // The packer above put a value of the right type in each place.
  const text = () => packet[next++] as string;
  const number = () => packet[next++] as number;
  while (next < packet.length) {
    const stream = text();
    const expected = toRevision(number());
    const events = Array.from({ length: number() }, () => {
      const [id, type, data, meta, leaf] = [text(), text(), text(), text(), text()];
      const hotColumns = packet.slice(next, next + hotColumnCount) as (number | null)[];
      next += hotColumnCount;
      return { id, type, data, meta, leaf, hotColumns };
    });
    requests.push({ stream, expected, events });
  }
  return requests;
};

/** What was appended is two numbers, `revision, position`; a failure, which is rare, is itself. */
export const packOutcomes = (outcomes: readonly AppendOutcome[]): OutcomePacket =>
  outcomes.flatMap<number | AppendOutcome>((outcome) =>
    outcome.kind === 'appended' ? [Number(outcome.revision), Number(outcome.position)] : [outcome],
  );

export const unpackOutcomes = (packet: OutcomePacket): AppendOutcome[] => {
  const outcomes: AppendOutcome[] = [];
  for (let next = 0; next < packet.length; next++) {
    const first = packet[next];
    if (typeof first === 'object') {
      outcomes.push(first);
    } else {
      next += 1;
      const [revision, position] = [BigInt(first ?? 0), BigInt(Number(packet[next]))];
      outcomes.push({ kind: 'appended', revision, position });
    }
  }
  return outcomes;
};

const NO_STREAM = -1;

const toNumber = (expected: ExpectedRevision): number =>
  expected === 'no_stream' ? NO_STREAM : Number(expected);

const toRevision = (number: number): ExpectedRevision =>
  number === NO_STREAM ? 'no_stream' : BigInt(number);
