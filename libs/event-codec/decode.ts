import type { CommandKey } from '#event-store/handle-command';
import type { JsonObject, RecordedEvent } from '#event-store/port';
import { ROLES, type Role } from '#ledger/context';
import { fromFenJson } from '#ledger/fen-json';
import type { LedgerEvent, RecordedLedgerEvent } from '#ledger/ledger-events';
import type { Refusal } from '#ledger/refusals';
import { upcast } from './upcast.ts';

/** The event as the ledger knows it. Throws, with a sentence, on an event it does not know. */
export const toLedgerEvent = (recorded: RecordedEvent): RecordedLedgerEvent => {
  const { id, stream, revision, position, type, meta } = recorded;
  const data = upcast(recorded, meta['schemaVersion']);
  // `toNewEvents` wrote it: data of the newest version are of this type.
  const event = { type, data: fromFenJson(data) } as LedgerEvent;
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
