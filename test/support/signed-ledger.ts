import { join } from 'node:path';
import type { RecordedEvent } from '#event-store/port';
import { openSqliteStore, type SqliteStore } from '#event-store-sqlite/open';
import { generateInto } from '#importers/synthetic/generate-into';
import type { SyntheticSize } from '#importers/synthetic/synthetic-county';
import { type PublishedCheckpoint } from '#transparency-log/checkpoints/checkpoint-files';
import { publishCheckpoint } from '#transparency-log/sign/publish-checkpoint';
import { systemClock } from '#application/commands/clock';
import { HOT_COLUMNS } from '#wiring/ledger-log';
import { temporaryDirectory } from './temporary-directory.ts';

export interface SignedLedger {
  readonly events: readonly RecordedEvent[];
  readonly checkpoints: readonly PublishedCheckpoint[];
}

/** A made-up county in a directory, which was signed after each of these shares of its events. */
export const signedLedger = async (
  directory: string,
  size: SyntheticSize,
  shares: readonly number[],
  onSigned: (checkpoint: PublishedCheckpoint, store: SqliteStore) => void = () => undefined,
): Promise<SignedLedger> => {
  const events = await countyOf(size);
  const store = openSqliteStore({ directory, hotColumns: HOT_COLUMNS });
  const checkpoints: PublishedCheckpoint[] = [];
  let done = 0;
  for (const share of shares) {
    const through = Math.floor(events.length * share);
    const taken = await store.appendReplicated(events.slice(done, through));
    if (taken.kind !== 'appended') throw new Error(taken.kind);
    done = through;
    const signable = { directory, keyFiles: {}, log: store, tree: store.tree };
    const checkpoint = await publishCheckpoint(signable, systemClock);
    checkpoints.push(checkpoint);
    onSigned(checkpoint, store);
  }
  await store.close();
  return { events, checkpoints };
};

const countyOf = async (size: SyntheticSize): Promise<readonly RecordedEvent[]> => {
  const { directory, remove } = temporaryDirectory();
  const store = openSqliteStore({ directory: join(directory, 'county'), hotColumns: HOT_COLUMNS });
  await generateInto(store, size);
  const events: RecordedEvent[] = [];
  for await (const event of store.readAll()) events.push(event);
  await store.close();
  remove();
  return events;
};
