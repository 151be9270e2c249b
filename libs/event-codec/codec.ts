import { hash } from 'node:crypto';
import { v5 as uuidV5 } from 'uuid';
import type { CommandContext, Role } from '#ledger/context';
import { ROLES } from '#ledger/context';
import { EVENT_SCHEMA_VERSIONS, isEventType } from '#ledger/event-types';
import { fromFenJson, toFenJson } from '#ledger/fen-json';
import type { LedgerCommand, LedgerEvent, RecordedLedgerEvent } from '#ledger/ledger-events';
import type { Refusal } from '#ledger/refusals';
import { canonicalJson } from '#event-store/canonical-json';
import type { CommandKey } from '#event-store/handle-command';
import type { JsonObject, NewEvent, RecordedEvent } from '#event-store/port';

/** How the ledger's events stand in the log: data as JSON, and who, when and why as flat metadata. */
export const toNewEvents = (
  events: readonly LedgerEvent[],
  context: CommandContext,
  contentHash: string,
  refusal: Refusal | undefined,
): readonly NewEvent[] => {
  // Keys in order, as the log keeps them.
  const meta = {
    actorId: context.actor.id,
    actorOrganisation: context.actor.organisation,
    actorRole: context.actor.role,
    commandId: context.commandId,
    contentHash,
    correlationId: context.correlationId ?? context.commandId,
    occurredOn: context.occurredOn,
    recordedAt: context.recordedAt,
    ...(refusal === undefined ? {} : { refusal: canonicalJson(toFenJson(refusal)) }),
  };
  return events.map(({ type, data }, index) => ({
    // A command leaves one event behind, as a rule; that one is known by the command's own id.
    id: index === 0 ? context.commandId : uuidV5(`event ${index}`, context.commandId),
    type,
    data: asObject(toFenJson(data)),
    meta: { ...meta, schemaVersion: `${EVENT_SCHEMA_VERSIONS[type]}` },
  }));
};

/** The event as the ledger knows it. Throws, with a sentence, on an event it does not know. */
export const toLedgerEvent = (recorded: RecordedEvent): RecordedLedgerEvent => {
  const { id, stream, revision, position, type, meta } = recorded;
  if (!isEventType(type) || meta['schemaVersion'] !== `${EVENT_SCHEMA_VERSIONS[type]}`) {
    throw new Error(
      `Event ${id} at position ${position} is of type ${type}, version ${meta['schemaVersion']}, which this release does not know.`,
    );
  }
  // The writer above is the only one, and it wrote this type in this version.
  const event = { type, data: fromFenJson(recorded.data) } as LedgerEvent;
  return {
    ...event,
    id,
    stream,
    revision,
    position,
    occurredOn: required(recorded, 'occurredOn'),
    recordedAt: required(recorded, 'recordedAt'),
    actor: {
      id: required(recorded, 'actorId'),
      organisation: required(recorded, 'actorOrganisation'),
      role: roleOf(recorded),
    },
    commandId: required(recorded, 'commandId'),
    correlationId: required(recorded, 'correlationId'),
  };
};

/** The command that left an event behind, and the refusal it was answered with, if it was. */
export const commandOf = (
  recorded: RecordedEvent,
): CommandKey & { readonly refusal: Refusal | undefined } => {
  const refusal = recorded.meta['refusal'];
  return {
    commandId: required(recorded, 'commandId'),
    contentHash: required(recorded, 'contentHash'),
    refusal:
      // Written by `toNewEvents` from a Refusal.
      refusal === undefined
        ? undefined
        : (fromFenJson(JSON.parse(refusal) as JsonObject) as Refusal),
  };
};

/** Fingerprint of what a command asks for and when it happened; who asks and when is told apart by its id. */
export const contentHashOf = ({ type, data }: LedgerCommand, occurredOn: string): string =>
  hash('sha256', canonicalJson({ type, data: toFenJson(data), occurredOn }), 'hex');

const required = ({ id, meta }: RecordedEvent, key: string): string => {
  const value = meta[key];
  if (value === undefined) throw new Error(`Event ${id} in the log lacks its ${key}.`);
  return value;
};

const roleOf = (recorded: RecordedEvent): Role => {
  const text = required(recorded, 'actorRole');
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw new Error(`Event ${recorded.id} names the role ${text}.`);
  return role;
};

// Data of events are objects, never lists or scalars.
const asObject = (json: ReturnType<typeof toFenJson>): JsonObject => json as JsonObject;
