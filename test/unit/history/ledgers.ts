import { loadDemo } from '#importers/demo/load-demo';
import { generateInto } from '#importers/synthetic/generate-into';
import type { History } from '#history/postings/history';
import { openLedger, type Ledger } from '#wiring/ledger';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

export interface OpenedLedger {
  readonly ledger: Ledger;
  readonly history: History;
  readonly close: () => Promise<void>;
}

const opened = async (fill: (ledger: Ledger) => Promise<unknown>): Promise<OpenedLedger> => {
  const { directory, remove } = temporaryDirectory();
  const ledger = await openLedger({ directory, following: false });
  await fill(ledger);
  await ledger.views.catchUp();
  return {
    ledger,
    history: await ledger.historicalReads.history({ position: 0 }),
    close: async () => {
      await ledger.close();
      remove();
    },
  };
};

/** The reference notice and its illustrative year, in a file of its own. */
export const demoLedger = (): Promise<OpenedLedger> =>
  opened((ledger) => loadDemo(ledger, () => undefined));

/** A generated county with mergers, corrections and reversals. */
export const countyLedger = (villages: number, seed: number): Promise<OpenedLedger> =>
  opened(({ store }) => generateInto(store, { villages, years: 3, seed }, () => undefined));
