import type { JsonObject } from '#event-store/port';
import { EVENT_TYPES, isEventType, schemaVersionOf, type EventType } from '#ledger/event-types';
import { UPCASTERS, type Upcaster } from './upcasters.ts';

/**
 * The data of an event in the newest version of its type. Throws, with a sentence, where this
 * release knows neither the type nor the version: a later release wrote it.
 */
export const upcast = (
  { id, type, data }: WrittenEvent,
  version: string | undefined,
): JsonObject => {
  // All but a few events have the newest version, and millions of them are read.
  if (version !== undefined && version === NEWEST.get(type)) return data;
  if (!isEventType(type) || !isKnownVersion(type, version)) {
    throw new Error(
      `Event ${id} is of type ${type}, version ${version}, which this release does not know.`,
    );
  }
  return upcastersFrom(type, Number(version)).reduce((read, step) => step(read), data);
};

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
