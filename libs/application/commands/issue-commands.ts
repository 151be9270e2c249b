import { commandIdOf, idOf } from '#event-codec/ids';
import type { BusinessDate } from '#ledger/calendar';
import { streamOf, type CommandType } from '#ledger/commands';
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
import type { KeyUse } from '#projections/keys/query';
import type { Execute, FormerCommand } from './envelope.ts';
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
  /**
   * A UUID for something the command brings about, such as `payment`; it follows from the key, and from the
   * id that it is of, such as an allocation's. What begins a stream of its own is of nothing.
   */
  readonly idFor: (what: string, of?: string) => string;
  /** A UUID that follows from what something is, whatever the key: described alike, it is the same thing. */
  readonly ownIdFor: (what: string, description: readonly string[]) => string;
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
  const ids = idsOf(entry, actor, key);
  const commands = build(ids);
  if ('kind' in commands) return commands;
  const former = ids.haveOthers()
    ? build({ idFor: ids.formerIdFor, ownIdFor: ids.formerIdFor })
    : commands;
  if ('kind' in former) return former;
  const correlationId = ids.idFor('correlation');
  const keyed = commands.map((command, index): KeyedCommand => {
    const formerly = former[index] ?? command;
    return {
      ...{ command, commandId: ids.idFor(`command ${index}`, streamOf(command)) },
      former: { command: formerly, commandId: ids.idFor(`command ${index}`) },
    };
  });
  const request = { uses: keyed.flatMap(usesOf) };
  const recorded: Recorded[] = [];
  let goesOn = false;
  for (const one of keyed) {
    // What an earlier release began is ended under the ids that it gave.
    const { command, commandId } = goesOn ? one.former : one;
    const by = { commandId, actor, correlationId, key: { ...request, former: one.former } };
    const outcome = await execute(command, { ...by, ...when });
    if (!('position' in outcome)) {
      return notRecorded(outcome, entry);
    }
    goesOn ||= outcome.isOfFormerId === true;
    recorded.push({
      outcome: outcome.kind,
      type: command.type,
      stream: outcome.stream,
      revision: Number(outcome.revision),
      position: Number(outcome.position),
      ids: idsNamedLater(outcome.isOfFormerId === true ? one.former.command : command),
    });
  }
  return { kind: 'recorded', recorded };
};

interface KeyedCommand extends FormerCommand {
  readonly former: FormerCommand;
}

const usesOf = ({ command, commandId, former }: KeyedCommand): readonly KeyUse[] => [
  { stream: streamOf(command), commandId },
  { stream: streamOf(former.command), commandId: former.commandId },
];

/** Ids of one key, and those that earlier releases gave: from the key alone. */
const idsOf = (entry: Entry, actor: Actor, key: string) => {
  let others = false;
  const formerIdFor = (what: string) => commandIdOf(entry, actor.id, key, what);
  return {
    formerIdFor,
    idFor: (what: string, of?: string) => {
      if (of === undefined) return formerIdFor(what);
      others = true;
      return commandIdOf(entry, actor.id, key, what, of);
    },
    ownIdFor: (what: string, description: readonly string[]) => {
      others = true;
      return idOf(what, ...description);
    },
    /** Whether an id was asked for that an earlier release would have given otherwise. */
    haveOthers: () => others,
  };
};
