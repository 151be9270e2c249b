import { randomUUID } from 'node:crypto';
import { readEsdbAddress } from '#event-store-esdb/address';
import { openEsdbStore } from '#event-store-esdb/open';

/** Appends, subscribes, reads and closes; then nothing should keep this process alive. */
const [address = ''] = process.argv.slice(2);
const store = openEsdbStore({ address: readEsdbAddress(address, process.env) });
store.subscribeAll().subscribe();
const event = { id: randomUUID(), type: 'Counted', data: { number: 1 }, meta: {} };
const outcome = await store.append(`s-${event.id}`, 'no_stream', [event]);
const seen: string[] = [];
for await (const { id } of store.readAll()) seen.push(id);
await store.close();
process.stdout.write(`${outcome.kind} ${seen.includes(event.id) ? 'and read' : 'and not read'}\n`);
