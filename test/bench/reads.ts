import { execFileSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { generateInto } from '#importers/synthetic/generate-into';
import { openLedger } from '#wiring/ledger';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { benchAuditPackage, type AuditPackageFigures } from './audit-package.ts';
import { best, type Figure, type Speed } from './measure.ts';
import type { Rebuilt } from './rebuild-child.ts';
import { benchTraces, type TraceFigures } from './traces.ts';

export interface ReadFigures {
  readonly figures: readonly Figure[];
  readonly events: number;
  /** The most a process held that built all views of the log, given 256 MB of heap. */
  readonly peakMb: number;
  readonly traces: TraceFigures;
  readonly auditPackage: AuditPackageFigures;
}

/** Reading the log and rebuilding views from it, beside bare SELECT + JSON.parse of the same text. */
export const benchReads = async (villages: number): Promise<ReadFigures> => {
  const { directory, remove } = temporaryDirectory();
  const ledger = await openLedger({ directory, following: false });
  const generated = await generateInto(ledger.store, { villages, years: 3, seed: 7 });
  if (generated.kind !== 'generated') throw new Error('The directory was empty.');
  const { events } = generated;
  await ledger.views.catchUp();

  const { perSecond: parse } = await best(() => bareParse(directory));
  const readAll = await best(async () => {
    let count = 0;
    for await (const { data } of ledger.store.readAll()) count += data === null ? 0 : 1;
    return count;
  });
  const rebuild = (name: string) =>
    best(async () => {
      await ledger.views.rebuild(name);
      return events;
    });
  const balance = await rebuild('village-balance');
  const progress = await rebuild('spending-progress');
  const traces = await benchTraces(ledger);
  await ledger.close();

  const all = rebuildAll(directory, events, []);
  const { peakMb } = rebuildAll(directory, events, ['--max-old-space-size=256']);
  const auditPackage = benchAuditPackage(directory);
  remove();
  const unit = 'events/s';
  return {
    events,
    peakMb,
    traces,
    auditPackage,
    figures: [
      { name: 'read and decode all', ours: readAll, limit: parse, unit, goal: 0.8 },
      { name: 'village balances rebuilt', ours: balance, limit: parse, unit, goal: 1.5 },
      { name: 'spending progress rebuilt', ours: progress, limit: parse, unit, goal: 1.5 },
      { name: 'all views rebuilt together', ours: all.speed, limit: parse, unit, goal: 0.4 },
    ],
  };
};

const rebuildAll = (
  directory: string,
  events: number,
  flags: readonly string[],
): { readonly speed: Speed; readonly peakMb: number } => {
  const program = ['--conditions=source', 'test/bench/rebuild-child.ts', directory];
  const text = execFileSync(process.execPath, [...flags, ...program], { encoding: 'utf8' });
  // Written by the child above.
  const { seconds, cpuUs, peakMb } = JSON.parse(text) as Rebuilt;
  return { speed: { perSecond: events / seconds, cpuUs: cpuUs / events }, peakMb };
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
