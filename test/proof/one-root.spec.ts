import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import { migrateLog } from '#event-store/migrate-log';
import { generateInto } from '#importers/synthetic/generate-into';
import { rootAt } from '#integrity/tree';
import { openLedger, openLedgerReader, type LedgerReader } from '#wiring/ledger';
import { openSourceLog, openTargetLog } from '#wiring/log-address';
import { startDouble } from '../esdb-double/double.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const rootsOf = (events: number, { tree }: Pick<LedgerReader, 'tree'>): readonly string[] =>
  Array.from({ length: events + 1 }, (_, size) => rootAt(size, tree));

test('the root at every size is the same in a directory, on a cluster, and back in a directory', async () => {
  const { directory, remove } = temporaryDirectory();
  const [here, node, back] = ['here', 'node', 'back'].map((name) => join(directory, name));
  if (here === undefined || node === undefined || back === undefined) throw new Error('Three.');
  const double = await startDouble();
  const migrate = async (from: string, to: string) => {
    const [source, target] = [openSourceLog(from), openTargetLog(to)];
    expect((await migrateLog(source, target)).kind).toBe('migrated');
    await source.close();
    await target.close();
  };

  const ledger = await openLedger({ directory: here });
  await generateInto(ledger.store, { villages: 12, years: 2, seed: 5 });
  const events = Number(await ledger.log.head());
  const first = rootsOf(events, ledger);
  await ledger.close();

  await migrate(`sqlite:${here}`, double.address);
  const onCluster = await openLedger({ directory: node, address: double.address });
  expect(rootsOf(events, onCluster)).toEqual(first);
  await onCluster.close();

  await migrate(double.address, `sqlite:${back}`);
  const again = openLedgerReader(back);
  expect(rootsOf(events, again)).toEqual(first);
  await again.close();
  await double.stop();
  remove();
});
