import { startDouble } from '../support/esdb-double/double.ts';

/**
 * A double of EventStoreDB in a process of its own, until it is killed; prints its address. Each append
 * is answered after so many milliseconds. On SIGUSR2 it prints what it has heard since the last time.
 */
const double = await startDouble();
double.behaviour.appendMs = Number(process.argv[2] ?? 0);
let heard = { append: 0, read: 0, subscription: 0 };
double.heard.subscribe(({ kind }) => {
  heard[kind] += 1;
});
process.on('SIGUSR2', () => {
  process.stdout.write(`${JSON.stringify(heard)}\n`);
  heard = { append: 0, read: 0, subscription: 0 };
});
process.stdout.write(`${double.address}\n`);
