import { parentPort, workerData } from 'node:worker_threads';
import { GroupAppender } from './append-group.ts';
import { packOutcomes, unpackRequests, type WriterMessage } from './append-packet.ts';
import { openForWriting } from './open-file.ts';

/** What the writer's thread is started with. */
export interface WriterSetting {
  readonly file: string;
  readonly hotColumnNames: readonly string[];
  /** For tests of a full disk: the most pages the file may have. */
  readonly maxPages?: number;
}

if (parentPort !== null) {
  const port = parentPort;
  const { file, hotColumnNames, maxPages } = workerData as WriterSetting;
  const db = openForWriting(file, hotColumnNames);
  if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${maxPages}`);
  const appender = new GroupAppender(db, hotColumnNames);
  port.on('message', (message: WriterMessage) => {
    if (message === 'close') {
      db.close();
      port.close();
      return;
    }
    const requests = unpackRequests(message.packet, hotColumnNames.length);
    port.postMessage(packOutcomes(appender.append(requests, message.wholly)));
  });
}
