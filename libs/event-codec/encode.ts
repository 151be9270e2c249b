import { hash } from 'node:crypto';
import { v5 as uuidV5 } from 'uuid';
import { canonicalJson } from '#event-store/canonical-json';
import type { JsonObject, NewEvent } from '#event-store/port';
import type { CommandContext } from '#ledger/context';
import { schemaVersionOf } from '#ledger/event-types';
import { toFenJson } from '#ledger/fen-json';
import type { EventMark, Occurrence } from '#ledger/decision';
import type { LedgerCommand, LedgerEvent } from '#ledger/ledger-events';
import type { Refusal } from '#ledger/refusals';
import type { VoucherCommand } from '#ledger/voucher/voucher-commands';

/** How the ledger's events stand in the log: data as JSON, and who, when and why as flat metadata. */
export const toNewEvents = (
  events: readonly Occurrence<LedgerEvent>[],
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
  return events.map(({ type, data, occurredOn = context.occurredOn }, index) => ({
    // A command leaves one event behind, as a rule; that one is known by the command's own id.
    id: index === 0 ? context.commandId : uuidV5(`event ${index}`, context.commandId),
    type,
    // Data of events are objects, never lists or scalars.
    data: toFenJson(data) as JsonObject,
    meta: { ...meta, occurredOn, schemaVersion: `${schemaVersionOf(type)}` },
  }));
};

/** The id and the day of an event that is about to be recorded, for the rules. */
export const markOf = ({ id, meta: { occurredOn } }: NewEvent): EventMark => {
  if (occurredOn === undefined) throw new Error(`Event ${id} lacks its business date.`);
  return { id, occurredOn };
};

/** Fingerprint of what a command asks for and when it happened; who asks and when is told apart by its id. */
export const contentHashOf = (
  { type, data }: LedgerCommand | VoucherCommand,
  occurredOn: string,
): string => hash('sha256', canonicalJson({ type, data: toFenJson(data), occurredOn }), 'hex');
