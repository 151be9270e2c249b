import { BACKWARDS, END, type EventStoreDBClient, type ResolvedEvent } from '@eventstore/db-client';
import type { Position } from '#event-store/port';
import type { ResumedRead } from './resumed-read.ts';

export interface Newest {
  readonly ofAll?: Position;
  readonly ofOurs?: Position;
}

/** Events that a read of a few asks for at a time. */
export const FEW = 32;

/** Finds the end of the log from behind: of all events, and of those whose stream begins with `prefix`. */
export const createNewest = (resumed: ResumedRead, prefix: string) => {
  const newestAfter = async (position: Position | undefined): Promise<Newest> => {
    let ofAll: Position | undefined;
    // Mostly it is among the last few; the server is not asked for more before that is known.
    for (const maxCount of [FEW, Number.MAX_SAFE_INTEGER]) {
      const begin = (client: EventStoreDBClient) =>
        client.readAll({
          direction: BACKWARDS,
          fromPosition: END,
          requiresLeader: true,
          maxCount,
        });
      let answered = 0;
      for await (const event of resumed(begin, positionOf, () => false)) {
        answered += 1;
        ofAll ??= event.position;
        if (position !== undefined && event.position <= position) return { ofAll };
        if (event.stream.startsWith(prefix)) return { ofAll, ofOurs: event.position };
      }
      if (answered < maxCount) break;
    }
    return ofAll === undefined ? {} : { ofAll };
  };

  /** How far back the head has been looked for, so that looking again costs what is new. */
  let looked: Newest = {};
  const head = async (): Promise<Position | undefined> => {
    const newest = await newestAfter(looked.ofAll);
    // A log that ends before what was seen of it has been restored: nothing known of it holds.
    const isOlder = (newest.ofAll ?? -1n) < (looked.ofAll ?? -1n);
    looked = isOlder ? await newestAfter(undefined) : { ...looked, ...newest };
    return looked.ofOurs;
  };

  return { newestAfter, head };
};

/** The position of any event, of this ledger or not. */
const positionOf = ({ event }: ResolvedEvent) =>
  event?.position === undefined
    ? undefined
    : { stream: event.streamId, position: event.position.commit };
