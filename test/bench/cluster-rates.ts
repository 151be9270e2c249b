import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { generateInto } from '#importers/synthetic/generate-into';
import { migrateLog } from '#operations/migrate-log';
import { openLedger } from '#wiring/ledger';
import { openSourceLog, openTargetLog } from '#wiring/log-address';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { begin, pay, payments } from './appends.ts';

/**
 * `npm run -s bench:cluster`: the rates of `migrate` and of concurrent commands of one node, beside
 * those of the client alone, on a double that answers each append after `MZ_APPEND_MS` (7).
 */
const APPEND_MS = process.env['MZ_APPEND_MS'] ?? '7';
const COUNT = Number(process.env['MZ_BENCH_COMMANDS'] ?? 3_200);
const FUNDS = 64;

interface Double {
  readonly address: string;
  /** What it has heard since the last time it was asked. */
  readonly heard: () => Promise<string>;
}

const onDouble = async <Result>(work: (double: Double) => Promise<Result>): Promise<Result> => {
  const child = new URL('./esdb-child.ts', import.meta.url).pathname;
  const double = spawn(process.execPath, ['--conditions=source', child, APPEND_MS]);
  const address = await lineOf(double);
  const heard = () => {
    double.kill('SIGUSR2');
    return lineOf(double);
  };
  try {
    return await work({ address, heard });
  } finally {
    double.kill('SIGKILL');
  }
};

const lineOf = async ({ stdout }: ChildProcessWithoutNullStreams): Promise<string> => {
  const [line] = (await once(stdout, 'data')) as [Buffer];
  return String(line).trim();
};

/** So many a second. */
const rateOf = async (count: number, work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work();
  return (count * 1_000) / (performance.now() - begun);
};

/** The client as it comes; each writer waits for its answer. */
const bareClient = (writers: number, count: number): Promise<number> =>
  onDouble(async ({ address }) => {
    const client = EventStoreDBClient.connectionString(address);
    const data = { text: 'a'.repeat(400) };
    const write = async () => {
      const stream = `mingzhang.${randomUUID()}`;
      for (let n = 0; n < count / writers; n++) {
        const expectedRevision = n === 0 ? 'no_stream' : BigInt(n - 1);
        await client.appendToStream(stream, jsonEvent({ type: 'Counted', data }), {
          expectedRevision,
        });
      }
    };
    const rate = await rateOf(count, () => Promise.all(Array.from({ length: writers }, write)));
    void client.dispose();
    return rate;
  });

/** Payments through one node: each claims its slip and is recorded, which are two appends. */
const commands = (writers: number, count: number) =>
  onDouble(async ({ address, heard }) => {
    const { directory, remove } = temporaryDirectory();
    const ledger = await openLedger({ directory, address });
    await begin(ledger.execute);
    await heard();
    const rate = await rateOf(count, () => pay(ledger, payments(count, FUNDS), writers));
    const asked = await heard();
    await ledger.close();
    remove();
    return { rate, asked };
  });

/** A whole ledger moved to the double. */
const migration = () =>
  onDouble(async ({ address }) => {
    const { directory, remove } = temporaryDirectory();
    const ledger = await openLedger({ directory });
    await generateInto(ledger.store, { villages: 200, years: 1, seed: 8 });
    const count = Number(await ledger.log.head());
    await ledger.close();
    const source = await openSourceLog(`sqlite:${directory}`, {});
    const target = await openTargetLog(address, {});
    const rate = await rateOf(count, () => migrateLog(source, target));
    await source.close();
    await target.close();
    remove();
    return { rate, count };
  });

const whole = (value: number) => Math.round(value).toLocaleString('en');
const moved = await migration();
console.log(`migrate: ${whole(moved.rate)} events/s (${whole(moved.count)} events)`);
for (const writers of [64, 1]) {
  const count = writers === 1 ? COUNT / 10 : COUNT;
  const limit = await bareClient(writers, count);
  const { rate, asked } = await commands(writers, count);
  console.log(
    `${writers} writers: client alone ${whole(limit)} appends/s, payments ${whole(rate)}/s (${(rate / limit).toFixed(2)}), ` +
      `their appends ${whole(2 * rate)}/s (${((2 * rate) / limit).toFixed(2)}); ${whole(count)} payments asked ${asked}`,
  );
}
process.exit(0);
