import { cpSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { loadDemo } from '#importers/demo/load-demo';
import { generateInto } from '#importers/synthetic/generate-into';
import type { SyntheticSize } from '#importers/synthetic/synthetic-county';
import { acceptClock } from '#wiring/accepted-clock';
import { openLedger } from '#wiring/ledger';
import { mz } from './mz.ts';

/** Ledgers that many tests begin with, made once a worker of Jest and copied for each. */
const SHARED = join(
  process.env['MZ_SHARED_LEDGERS'] ?? 'jest.config.js names the directory',
  process.env['JEST_WORKER_ID'] ?? '1',
);

/** Puts the demo, the reference notice with its illustrative year, into a directory. */
export const copyDemo = (directory: string): Promise<void> =>
  copyOf('demo', directory, async (made) => {
    const { code, stderr } = await mz(['demo', '--once', '--data', made]);
    if (code !== 0) throw new Error(stderr);
  });

/** Puts the demo, recorded by the clock of this machine, into a directory. */
export const copyDemoOfToday = (directory: string): Promise<void> =>
  copyOf('demo-of-today', directory, async (made) => {
    const ledger = await openLedger({ directory: made });
    await loadDemo(ledger, () => undefined);
    await ledger.views.waitFor(Number(await ledger.store.head()), 5_000);
    await ledger.close();
  });

/** A county with mergers, corrections and reversals, of some two thousand events. */
export const COUNTY: SyntheticSize = { villages: 20, years: 2, seed: 9 };

/** Puts that county into a directory. */
export const copyCounty = (directory: string): Promise<void> =>
  copyOf('county', directory, async (made) => {
    const ledger = await openLedger({ directory: made, following: false });
    await generateInto(ledger.store, COUNTY);
    await ledger.views.catchUp();
    await ledger.close();
    acceptClock(made, new Date().toISOString());
  });

const copyOf = async (
  name: string,
  directory: string,
  make: (made: string) => Promise<void>,
): Promise<void> => {
  const shared = join(SHARED, name);
  if (!existsSync(shared)) {
    await make(`${shared}.new`);
    renameSync(`${shared}.new`, shared);
  }
  cpSync(shared, directory, { recursive: true });
};
