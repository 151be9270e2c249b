import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrateLog } from '#operations/migrate-log';
import { rootAt } from '#integrity/tree';
import { writeAuditPackage } from '#exports/audit-package/write-package';
import { readLogIdentity, type LogIdentity } from '#transparency-log/checkpoints/checkpoint-files';
import type { VerifiableLedger } from '#transparency-log/ledgers';
import { verifyLog } from '#transparency-log/verify/verify-log';
import { openLedger, openLedgerReader, type LedgerReader } from '#wiring/ledger';
import { openSourceLog, openTargetLog } from '#wiring/log-address';
import { startDouble, type EsdbDouble } from '../support/esdb-double/double.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { run, type Report } from '../support/verifier/verifier.ts';
import { signedLedger } from '../support/signed-ledger.ts';

/** One history in a directory, on a cluster, back in a directory, and in the bundles made of each. */

const { directory, remove } = temporaryDirectory();
const at = (name: string): string => join(directory, name);
let double: EsdbDouble;
let identity: LogIdentity;
/** The root at every size, as the first directory has it. */
let roots: readonly string[];

const rootsOf = ({ tree }: Pick<LedgerReader, 'tree'>): readonly string[] =>
  roots.map((_, size) => rootAt(size, tree));

const migrate = async (from: string, to: string): Promise<void> => {
  const [source, target] = await Promise.all([openSourceLog(from, {}), openTargetLog(to, {})]);
  expect((await migrateLog(source, target)).kind).toBe('migrated');
  await source.close();
  await target.close();
};

/** Everything that was ever signed holds here, each checkpoint by itself and as one that was kept. */
const expectAllAsSigned = async (ledger: VerifiableLedger) => {
  for (const { note } of identity.checkpoints) {
    expect((await verifyLog(ledger, identity, note)).faults).toEqual([]);
  }
};

/** The package of a ledger in a directory of that name. */
const pack = (ledger: Pick<LedgerReader, 'log'>, name: string) =>
  writeAuditPackage({
    ...{ ledger, identity, directory: at(name) },
    now: '2026-01-15T02:00:00.000Z',
  });

beforeAll(async () => {
  double = await startDouble();
  const size = { villages: 12, years: 2, seed: 5 };
  const { events } = await signedLedger(at('here'), size, [0.01, 0.1, 0.33, 0.5, 0.9, 1]);
  const signed = readLogIdentity(at('here'));
  if (signed === undefined) throw new Error('It was signed.');
  identity = signed;
  roots = Array.from({ length: events.length + 1 }, () => '');
  const here = openLedgerReader(at('here'));
  roots = rootsOf(here);
  await expectAllAsSigned(here);
  await pack(here, 'package-here');
  await here.close();
});
afterAll(async () => {
  await double.stop();
  remove();
});

describe('the root at every size', () => {
  test('is that of every checkpoint', () => {
    expect(identity.checkpoints).toHaveLength(6);
    for (const { size, root } of identity.checkpoints) expect(root).toBe(roots[size]);
  });

  test('is the same on a cluster, in the package that is made there, and back in a directory', async () => {
    await migrate(`sqlite:${at('here')}`, double.address);
    const onCluster = await openLedger({ directory: at('node'), address: double.address });
    expect(rootsOf(onCluster)).toEqual(roots);
    await expectAllAsSigned(onCluster);
    await pack(onCluster, 'package-cluster');
    await onCluster.close();

    await migrate(double.address, `sqlite:${at('back')}`);
    const back = openLedgerReader(at('back'));
    expect(rootsOf(back)).toEqual(roots);
    await expectAllAsSigned(back);
    await pack(back, 'package-back');
    await back.close();
  });

  test.each(['here', 'cluster', 'back'])(
    'is what the verifier works out of the bundle made there: %s',
    (where) => {
      const bundle = at(`package-${where}/bundle.ndjson`);
      const differs = !readFileSync(bundle).equals(readFileSync(at('package-here/bundle.ndjson')));
      expect(differs ? `${bundle} differs from that of package-here` : 'the same').toBe('the same');
      const verifier = at(`package-${where}/verify.mjs`);
      const key = at(`package-${where}/ledger.vkey`);
      const { status, stdout } = run([bundle, '--key', key, '--json'], process.execPath, verifier);
      expect(status).toBe(0);
      const told = (JSON.parse(stdout) as Report)['roots'];
      expect(told).toEqual(
        identity.checkpoints.map(({ size }) => ({
          size,
          root: Buffer.from(roots[size] ?? '', 'hex').toString('base64'),
          agrees: true,
        })),
      );
    },
  );

  test('is what the signer remembers, so that a ledger that was moved goes on being signed', async () => {
    cpSync(at('here/integrity'), at('back/integrity'), { recursive: true });
    const back = openLedgerReader(at('back'));
    const { faults, signedThrough } = await verifyLog(back, readLogIdentity(at('back')));
    expect([faults, signedThrough]).toEqual([[], roots.length - 1]);
    await back.close();
  });
});
