import { parentPort, workerData } from 'node:worker_threads';
import type { AppendOutcome } from '#event-store/port';
import { createGroupAppender, type AppendRequest } from './append-group.ts';
import { openForWriting } from './open-file.ts';

/** What the writer's thread is started with. */
export interface WriterSetting {
  readonly file: string;
  readonly facetNames: readonly string[];
  /** For tests of a full disk: the most pages the file may have. */
  readonly maxPages?: number;
}

export type WriterReply = {
  readonly kind: 'outcomes';
  readonly outcomes: readonly AppendOutcome[];
};

if (parentPort !== null) {
  const port = parentPort;
  const { file, facetNames, maxPages } = workerData as WriterSetting;
  const db = openForWriting(file, facetNames);
  if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${maxPages}`);
  const appendGroup = createGroupAppender(db, facetNames);
  port.on('message', (message: readonly AppendRequest[] | 'close') => {
    if (message === 'close') {
      db.close();
      port.close();
      return;
    }
    port.postMessage({ kind: 'outcomes', outcomes: appendGroup(message) } satisfies WriterReply);
  });
}
