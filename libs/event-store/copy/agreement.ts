import { StoreUnusable } from '../store-unusable.ts';
import type { EventStore, Position, RecordedEvent } from '../port.ts';
import type { LogCopy } from './log-copy.ts';

/** A log that has been copied from nowhere yet. */
export const FROM_THE_START: Position = -1n;

/**
 * Where the copy stands in the origin, once it is known that both have the same event there. Throws
 * `copy-differs` when they have not: the copy is of another log, or the origin was restored.
 */
export const checkedThrough = async (origin: EventStore, copy: LogCopy): Promise<Position> => {
  const through = await copy.copiedThrough();
  const head = await copy.head();
  if (through === undefined || head === undefined) return FROM_THE_START;
  const isThere = through <= ((await origin.head()) ?? FROM_THE_START);
  for await (const ours of copy.readAll({ from: head, limit: 1 })) {
    const theirs: RecordedEvent | undefined = isThere ? await firstAt(origin, through) : undefined;
    if (theirs?.id !== ours.id || theirs.position !== through) throw disagreement(ours);
  }
  return through;
};

const firstAt = async (store: EventStore, from: Position): Promise<RecordedEvent | undefined> => {
  for await (const event of store.readAll({ from, limit: 1 })) return event;
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
