import { startDouble } from '../support/esdb-double/double.ts';

/** A double of EventStoreDB in a process of its own, until it is killed; prints its address. */
const { address } = await startDouble();
process.stdout.write(`${address}\n`);
