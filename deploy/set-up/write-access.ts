import { isDeepStrictEqual } from 'node:util';
import {
  BACKWARDS,
  END,
  jsonEvent,
  StreamNotFoundError,
  type EventStoreDBClient,
  type JSONType,
} from '@eventstore/db-client';
import { ACCESS_TO_ALL, DEFAULT_ACCESS } from './access.ts';

/** Writes the access rights where they are not as they should be; says which streams it wrote. */
export const writeAccess = async (client: EventStoreDBClient): Promise<string[]> => {
  const written: string[] = [];
  for (const [stream, type, wanted] of RIGHTS) {
    if (isDeepStrictEqual(await newestIn(client, stream), wanted)) continue;
    await client.appendToStream(stream, jsonEvent({ type, data: wanted }), {
      requiresLeader: true,
    });
    written.push(stream);
  }
  return written;
};

/** `$$x` is the stream of the metadata of `x`. */
const RIGHTS: readonly (readonly [stream: string, type: string, data: JSONType])[] = [
  ['$settings', 'settings', DEFAULT_ACCESS],
  ['$$$all', '$metadata', ACCESS_TO_ALL],
];

const newestIn = async (client: EventStoreDBClient, stream: string): Promise<unknown> => {
  try {
    const newest = client.readStream(stream, {
      direction: BACKWARDS,
      fromRevision: END,
      maxCount: 1,
      requiresLeader: true,
    });
    for await (const { event } of newest) return event?.data;
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw error;
  }
  return undefined;
};
