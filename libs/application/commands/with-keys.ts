import { COMMAND_TABLE } from '#ledger/command-table';
import { streamOf } from '#ledger/commands';
import type { Execute, FormerCommand } from './envelope.ts';
import { inTurnByName } from './in-turn.ts';
import type { KeysInUse } from './keys-in-use.ts';
import type { Streams } from './stream-rules.ts';

export interface Keyed {
  readonly streams: Streams;
  readonly keys: KeysInUse;
}

/**
 * Carries out a command with a key: as before where it was answered before, under its own id or under the one
 * that an earlier release gave it; not at all where the key was used for something else. Requests with one
 * key take turns.
 */
export const withKeys = ({ streams, keys }: Keyed, carryOut: Execute): Execute => {
  const inTurn = inTurnByName();
  const wasAnswered = answeredIn(streams);
  return (command, asked) => {
    const { key, commandId, correlationId = commandId } = asked;
    if (key === undefined) return carryOut(command, asked);
    return inTurn(correlationId, async () => {
      const { former } = key;
      const isFormer = await wasAnswered(former);
      if (isFormer) {
        const outcome = await carryOut(former.command, { ...asked, commandId: former.commandId });
        return 'position' in outcome ? { ...outcome, isOfFormerId: true } : outcome;
      }
      const isKnown = await wasAnswered({ command, commandId });
      if (!isKnown && keys.isUsedElsewhere(correlationId, key)) return { kind: 'conflicting' };
      const outcome = await carryOut(command, asked);
      if ('position' in outcome || (await wasAnswered({ command, commandId })))
        keys.note(correlationId, { stream: streamOf(command), commandId });
      return outcome;
    });
  };
};

/** Whether a command left events in its stream. */
const answeredIn =
  (streams: Streams) =>
  async ({ command, commandId }: FormerCommand): Promise<boolean> => {
    const stream = streamOf(command);
    const kind = streams[COMMAND_TABLE[command.type].stream];
    for (;;) {
      const hot = await kind.open(stream);
      const trace = hot.commands.find(commandId);
      if (trace !== 'look-it-up') {
        // That a stream does not exist is never remembered.
        if (hot.revision === 'no_stream') kind.forget(stream, hot);
        return trace !== undefined;
      }
      await kind.lookUp(stream, hot, commandId);
    }
  };
