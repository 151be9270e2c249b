import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { generateInto } from '#importers/synthetic/generate-into';
import { openLedger } from '#wiring/ledger';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { best, type Figure } from './measure.ts';

/** Reading the log and rebuilding views from it, beside bare SELECT + JSON.parse of the same text. */
export const benchReads = async (
  villages: number,
): Promise<{
  readonly figures: readonly Figure[];
  readonly events: number;
  readonly peakMb: number;
}> => {
  const { directory, remove } = temporaryDirectory();
  const ledger = await openLedger({ directory });
  const { events } = await generateInto(ledger.store, { villages, years: 3, seed: 7 });
  await ledger.views.waitFor(events, 600_000);

  const parse = await best(() => bareParse(directory));
  const readAll = await best(async () => {
    let count = 0;
    for await (const { data } of ledger.store.readAll()) count += data === null ? 0 : 1;
    return count;
  });
  const rebuild = (names: readonly string[]) =>
    best(async () => {
      for (const name of names) await ledger.views.rebuild(name);
      return events;
    });
  const balance = await rebuild(['village-balance']);
  const progress = await rebuild(['spending-progress']);
  await ledger.close();

  // All views in one pass, as at the first start; in a process of its own its memory would be less.
  const all = await best(async () => {
    const { rmSync } = await import('node:fs');
    for (const suffix of ['', '-wal', '-shm']) {
      rmSync(join(directory, `views.sqlite${suffix}`), { force: true });
    }
    const fresh = await openLedger({ directory });
    await fresh.close();
    return events;
  });
  const peakMb = process.resourceUsage().maxRSS / 1024;
  remove();
  const unit = 'events/s';
  return {
    events,
    peakMb,
    figures: [
      { name: 'read and decode all', ours: readAll, limit: parse, unit, goal: 0.8 },
      { name: 'village balances rebuilt', ours: balance, limit: parse, unit, goal: 1.5 },
      { name: 'spending progress rebuilt', ours: progress, limit: parse, unit, goal: 1.5 },
      { name: 'all views rebuilt together', ours: all, limit: parse, unit, goal: 0.4 },
    ],
  };
};

const bareParse = (directory: string): number => {
  const db = new DatabaseSync(join(directory, 'events.sqlite'), { readOnly: true });
  const select = db.prepare(
    'SELECT meta, data FROM event WHERE position > ? ORDER BY position LIMIT 2000',
  );
  select.setReturnArrays(true);
  let count = 0;
  for (;;) {
    const rows = select.all(count) as unknown as readonly (readonly [string, string])[];
    if (rows.length === 0) break;
    for (const [meta, data] of rows) {
      JSON.parse(meta);
      JSON.parse(data);
    }
    count += rows.length;
  }
  db.close();
  return count;
};
