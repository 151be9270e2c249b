import { commandIdOf } from '#event-codec/ids';
import type { BusinessDate } from '#ledger/calendar';
import type { CommandType } from '#ledger/commands';
import type { Actor } from '#ledger/context';
import type { LedgerCommand } from '#ledger/ledger-events';
import {
  notPermitted,
  notRecorded,
  type CommandResult,
  type Entry,
  type NotRecorded,
  type Recorded,
} from './command-result.ts';
import type { Execute } from './execute.ts';
import { idsNamedLater } from './named-later.ts';

export type CommandOf<Type extends CommandType> = Extract<LedgerCommand, { readonly type: Type }>;

/** Who asks, for which command, and the rest of it, which is read only once they may. */
export interface CommandRequest<Type extends CommandType> {
  readonly entry: Entry;
  readonly actor: Actor;
  readonly type: Type;
  readonly read: () => ReadRequest<Type>;
}

export interface ReadRequest<Type extends CommandType> {
  /** The same key of the same actor asks for the same thing again. */
  readonly key: string;
  readonly occurredOn: BusinessDate;
  /** Only if the stream is at this revision. */
  readonly ifRevision?: bigint;
  /** One command, or several that belong together; or why there is none. */
  readonly build: (ids: CommandIds) => readonly CommandOf<Type>[] | NotRecorded;
}

export interface CommandIds {
  /** A UUID for something the command brings about, such as `payment`; it follows from the key. */
  readonly idFor: (what: string) => string;
}

/**
 * The one way to ask the ledger for something: permission, then what is asked for, then each command
 * in order. The first that is not recorded ends it.
 */
export const issueCommands = async <Type extends CommandType>(
  execute: Execute,
  { entry, actor, type, read }: CommandRequest<Type>,
): Promise<CommandResult> => {
  const denied = notPermitted(actor, type);
  if (denied !== undefined) return denied;
  const { key, build, ...when } = read();
  const idFor = (what: string) => commandIdOf(entry, actor.id, key, what);
  const commands = build({ idFor });
  if ('kind' in commands) return commands;
  const correlationId = idFor('correlation');
  const recorded: Recorded[] = [];
  for (const [index, command] of commands.entries()) {
    const commandId = idFor(`command ${index}`);
    const outcome = await execute(command, { commandId, actor, correlationId, ...when });
    if (!('position' in outcome)) {
      return notRecorded(outcome, entry);
    }
    recorded.push({
      outcome: outcome.kind,
      type: command.type,
      stream: outcome.stream,
      revision: Number(outcome.revision),
      position: Number(outcome.position),
      ids: idsNamedLater(command),
    });
  }
  return { kind: 'recorded', recorded };
};
