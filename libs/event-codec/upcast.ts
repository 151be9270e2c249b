import type { JsonObject } from '#event-store/port';
import { StoreUnusable } from '#event-store/store-unusable';
import { EVENT_TYPES, isEventType, schemaVersionOf, type EventType } from '#ledger/event-types';
import { UPCASTERS, type Upcaster } from './upcasters.ts';

/**
 * The data of an event in the newest version of its type. Throws `StoreUnusable` where this release
 * does not know the type or the version: a later release wrote it.
 */
export const upcast = (
  { id, type, data }: WrittenEvent,
  version: string | undefined,
): JsonObject => {
  // All but a few events have the newest version, and millions of them are read.
  if (version !== undefined && version === NEWEST.get(type)) return data;
  if (!isEventType(type) || !isKnownVersion(type, version)) {
    throw newerRelease({ id, type }, version);
  }
  return upcastersFrom(type, Number(version)).reduce((read, step) => step(read), data);
};

/** What to say of an event that this release does not know. */
export const newerRelease = (
  { id, type }: Pick<WrittenEvent, 'id' | 'type'>,
  version: string | undefined,
): StoreUnusable =>
  new StoreUnusable(
    'newer-release',
    `Event ${id} is of type ${type}, version ${version}, which this release does not know: a later one wrote it. Install that one and go on.`,
    `事件 ${id} 的类型是 ${type}(第 ${version} 版),本版本不认识:它由更新的版本写入。请装上那个版本再继续。`,
  );

/** The newest version of each type, as metadata have it. */
const NEWEST: ReadonlyMap<string, string> = new Map(
  EVENT_TYPES.map((type) => [type, `${schemaVersionOf(type)}`]),
);

/** An event as it stands in the log. */
export interface WrittenEvent {
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
}

/** Whether this release knows the type of an event, and the version of its data. */
export const isReadable = (type: string, version: string | undefined): boolean =>
  (version !== undefined && version === NEWEST.get(type)) ||
  (isEventType(type) && isKnownVersion(type, version));

/** The versions of each type that this release reads, the newest last. */
export const READABLE_VERSIONS: ReadonlyMap<string, readonly string[]> = new Map(
  EVENT_TYPES.map((type) => [
    type,
    Array.from({ length: schemaVersionOf(type) }, (_, version) => `${version + 1}`),
  ]),
);

/** Whether data of a type may stand in the log in an older version. */
export const hasOlderVersions = (type: string): boolean =>
  isEventType(type) && schemaVersionOf(type) > 1;

const isKnownVersion = (type: EventType, version: string | undefined): boolean =>
  version !== undefined &&
  /^[1-9]\d{0,3}$/.test(version) &&
  Number(version) <= schemaVersionOf(type);

const upcastersFrom = (type: EventType, version: number): readonly Upcaster[] => {
  const steps: Readonly<Record<string, readonly Upcaster[]>> = UPCASTERS;
  return (steps[type] ?? []).slice(version - 1);
};

/** The version in the text of an event's metadata, whose keys are in order. */
export const versionInMeta = (meta: string): string | undefined =>
  /"schemaVersion":"(\d+)"/.exec(meta)?.[1];
