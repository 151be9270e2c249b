import { hash } from 'node:crypto';
import { toEventText, type EventText } from '#event-store/event-text';
import type { RecordedEvent } from '#event-store/port';

/**
 * An event as one line of text: canonical JSON of all that was written, and nothing that a store
 * adds. The same event gives the same line on every store.
 */
export const eventLine = (event: RecordedEvent): string =>
  lineOfTexts(event.stream, event.revision, toEventText(event));

/** The same line from texts that are canonical already. */
export const lineOfTexts = (
  stream: string,
  revision: bigint | number,
  { id, type, data, meta }: EventText,
): string =>
  `{"data":${data},"id":${JSON.stringify(id)},"meta":${meta},"revision":${revision},"stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)}}`;

/** The leaf of the ledger's Merkle tree that stands for an event: SHA-256(0x00 ‖ line), RFC 6962 section 2.1. */
export const leafOfLine = (line: string): string => hash('sha256', `\0${line}`, 'hex');

/** The event that a line of this ledger tells; its place in the log stands beside the line, not in it. */
export const eventOfLine = (line: string, position: bigint): RecordedEvent => {
  // `lineOfTexts` wrote it: whoever believes a line has checked its leaf.
  const { revision, ...event } = JSON.parse(line) as Omit<
    RecordedEvent,
    'revision' | 'position'
  > & {
    readonly revision: number;
  };
  return { ...event, revision: BigInt(revision), position };
};
