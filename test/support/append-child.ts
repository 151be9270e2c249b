import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openSqliteStore } from '#event-store-sqlite/open';

/** Appends as fast as it can from many writers, and prints each event once it is acknowledged. */
const [directory = ''] = process.argv.slice(2);
const store = openSqliteStore({ directory });
const WRITERS = 16;

const write = async (): Promise<void> => {
  const stream = `s-${randomUUID()}`;
  for (let revision = -1n; ; revision += 1n) {
    const id = randomUUID();
    const event = { id, type: 'Counted', data: { text: '资金'.repeat(50) }, meta: {} };
    const expected = revision < 0n ? 'no_stream' : revision;
    const outcome = await store.append(stream, expected, [event]);
    if (outcome.kind !== 'appended') throw new Error(`The append was ${outcome.kind}.`);
    writeSync(1, `${id} ${outcome.position}\n`);
  }
};

await Promise.all(Array.from({ length: WRITERS }, write));
