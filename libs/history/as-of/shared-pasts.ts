import pLimit from 'p-limit';
import type { RunningViews } from '#projections/engine/running-views';
import type { View } from '#projections/engine/view';
import type { AsOf } from './as-of.ts';

/** Past views, shared by the questions that ask for the same ones. */
export interface SharedPasts {
  /**
   * Reads views as they were at a point. They stay open until the read has ended; those that were asked
   * for last stay open beyond it, for the next page of the same question.
   */
  readonly read: <Result>(
    asOf: AsOf,
    views: readonly View[],
    read: (past: RunningViews) => Result | Promise<Result>,
  ) => Promise<Result>;
  /** Closes what is open, each when its last read has ended. */
  readonly close: () => Promise<void>;
}

/** Open while nothing reads them. */
const OPEN_PASTS = 4;

/** Folding takes a processor and memory of its own; questions beyond this wait for their turn. */
const FOLDED_AT_ONCE = 2;

interface Past {
  readonly opened: Promise<RunningViews>;
  readers: number;
}

type OpenPast = (views: readonly View[], asOf: AsOf) => Promise<RunningViews>;

export const sharePasts = (open: OpenPast): SharedPasts => {
  const inTurn = pLimit(FOLDED_AT_ONCE);
  /** By point and views, the one that was asked for last at the end. */
  const pasts = new Map<string, Past>();

  const enter = (asOf: AsOf, views: readonly View[]): Past => {
    const key = `${asOf.position} ${asOf.day} ${views.map(({ name }) => name).join()}`;
    const past = pasts.get(key) ?? { opened: inTurn(() => open(views, asOf)), readers: 0 };
    pasts.delete(key);
    pasts.set(key, past);
    past.readers += 1;
    // One that could not be opened is tried anew by the next question.
    past.opened.catch(() => pasts.get(key) === past && pasts.delete(key));
    return past;
  };

  /** Closes those that nothing reads, but for so many that were asked for last. */
  const closeUnread = async (spared: number): Promise<void> => {
    const unread = [...pasts].filter(([, { readers }]) => readers === 0);
    for (const [key, { opened }] of unread.slice(0, Math.max(0, unread.length - spared))) {
      pasts.delete(key);
      await (await opened.catch(() => undefined))?.close();
    }
  };

  let spared = OPEN_PASTS;
  return {
    read: async (asOf, views, read) => {
      const past = enter(asOf, views);
      try {
        return await read(await past.opened);
      } finally {
        past.readers -= 1;
        await closeUnread(spared);
      }
    },
    close: () => {
      spared = 0;
      return closeUnread(spared);
    },
  };
};
