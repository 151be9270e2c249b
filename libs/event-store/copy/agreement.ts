import { StoreUnusable } from '../store-unusable.ts';
import type { EventStore, Position, RecordedEvent } from '../port.ts';
import type { LogCopy } from './log-copy.ts';

/** A log that has been copied from nowhere yet. */
export const FROM_THE_START: Position = -1n;

/**
 * The newest event of the copy as it stands in the origin, once it is known to stand there. Throws
 * `copy-differs` when they have not: the copy is of another log, or the origin was restored.
 */
export const checkedNewest = async (
  origin: EventStore,
  copy: LogCopy,
): Promise<RecordedEvent | undefined> => {
  const through = await copy.copiedThrough();
  const head = await copy.head();
  if (through === undefined || head === undefined) return undefined;
  for await (const ours of copy.readAll({ from: head, limit: 1 })) {
    const there = { ...ours, position: through };
    if (await hasStill(origin, there)) return there;
    throw disagreement(ours);
  }
  return undefined;
};

/** Whether a log has an event where it was copied from. */
export const hasStill = async (
  origin: EventStore,
  { id, position }: Pick<RecordedEvent, 'id' | 'position'>,
): Promise<boolean> => {
  if (position > ((await origin.head()) ?? FROM_THE_START)) return false;
  const there = await firstAt(origin, position);
  return there?.id === id && there.position === position;
};

const firstAt = async (store: EventStore, from: Position): Promise<RecordedEvent | undefined> => {
  try {
    for await (const event of store.readAll({ from, limit: 1 })) return event;
  } catch (error) {
    // No record begins there any more: what was copied from there is gone.
    if (!(error instanceof StoreUnusable) || error.fault !== 'request-refused') throw error;
  }
  return undefined;
};

export const disagreement = ({
  stream,
  revision,
}: Pick<RecordedEvent, 'stream' | 'revision'>): StoreUnusable =>
  new StoreUnusable(
    'copy-differs',
    `The copy on this machine and the log differ at ${stream}@${revision}: the log was restored, rewritten, or is another one. Nothing was changed. Compare both; if the log is right, remove the copy and it is made anew.`,
    `本机副本与日志在 ${stream}@${revision} 处不一致:日志可能被恢复、改写,或是另一份台账。未作任何改动;请比对,确认日志无误后删除副本即可重建。`,
  );
