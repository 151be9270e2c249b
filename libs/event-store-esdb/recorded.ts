import type { ResolvedEvent } from '@eventstore/db-client';
import type { JsonObject, RecordedEvent } from '#event-store/port';
import { StoreUnusable } from '#event-store/store-unusable';

/** What a server says of a position that it does not know. */
export const NO_POSITION = 2n ** 64n - 1n;

/** The event as the port gives it, or undefined when it is not in a stream of the ledger. */
export const toRecordedEvent = (
  { event }: ResolvedEvent,
  prefix: string,
): RecordedEvent | undefined => {
  if (event === undefined || !event.streamId.startsWith(prefix)) return undefined;
  const { id, type, revision, metadata, position } = event;
  // The client gives what it could not parse as a text or as bytes.
  const data: unknown = event.data;
  if (!isObject(data) || !isObject(metadata)) throw notOurs(id, event.streamId);
  if (position === undefined || position.commit === NO_POSITION) throw tooOld();
  return {
    id,
    type,
    stream: event.streamId.slice(prefix.length),
    revision,
    position: position.commit,
    // Written by `append` from a JSON object and from flat texts.
    data: data as JsonObject,
    meta: metadata as Record<string, string>,
  };
};

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array);

const notOurs = (id: string, stream: string): StoreUnusable =>
  new StoreUnusable(
    'damaged-file',
    `Event ${id} in the stream ${stream} of the cluster was not written by a ledger.`,
    `集群的流 ${stream} 里的事件 ${id} 不是台账写入的。`,
  );

const tooOld = (): StoreUnusable =>
  new StoreUnusable(
    'server-too-old',
    'The server does not say where in the log an event of a stream stands. EventStoreDB 22.6 or later is needed.',
    '服务器不说明流中事件在日志里的位置;需要 EventStoreDB 22.6 或更新的版本。',
  );
