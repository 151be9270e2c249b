import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openSqliteStore } from '#event-store-sqlite/open';
import { isPartialFile, writeWholeFile } from '#files/whole-file';
import { REFERENCE_PLAN } from '#importers/demo/reference-notice';
import type { Plan } from '#importers/plan/plan';
import { startMz } from '../support/built-mz.ts';
import { startDouble, type EsdbDouble } from '../support/esdb-double/double.ts';
import { killWhileAppending } from '../support/kill-while-appending.ts';
import { mz } from '../support/mz.ts';
import { inCampaign, times } from '../support/property.ts';
import { copyCounty } from '../support/shared-ledgers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
const at = (name: string): string => join(directory, name);
afterAll(remove);

const digestOf = async (data: string): Promise<unknown> =>
  JSON.parse((await mz(['digest', '--json', '--data', data])).stdout);

/** Kills a process as soon as something is so; a process that was quicker has ended by itself. */
const killWhen = async (child: ReturnType<typeof startMz>, isSo: () => boolean): Promise<void> => {
  const closed = once(child, 'close');
  while (child.exitCode === null && !isSo()) await nextTurn();
  child.kill('SIGKILL');
  await closed;
};

describe('a process that is killed', () => {
  const kills = times(1, 10, 1_000);
  test(`while it appends, ${kills} times, loses and doubles nothing that it acknowledged`, async () => {
    mkdirSync(at('appends'));
    for (let kill = 0; kill < kills; kill++) {
      const { acknowledged } = await killWhileAppending(at('appends'), 1 + kill * 37);
      expect(acknowledged).toBeGreaterThan(0);
    }
  });

  test('leaves a log that the next writer opens', async () => {
    mkdirSync(at('lock'));
    const child = spawn(
      process.execPath,
      ['--conditions=source', 'test/support/append-child.ts', at('lock')],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(child.stdout, 'data');
    expect(() => openSqliteStore({ directory: at('lock') })).toThrow(
      /being written by another process/,
    );
    child.kill('SIGKILL');
    await once(child, 'close');
    await openSqliteStore({ directory: at('lock') }).close();
  });

  test('half-way through an import leaves a ledger that the same import completes', async () => {
    writeFileSync(at('long.json'), JSON.stringify(longPlan()));
    const importInto = async (data: string) => {
      const token = await mz(['token', '--role', 'clerk', '--name', 'wang', '--data', data]);
      const env = { MZ_TOKEN: token.stdout.trim() };
      return { parameters: ['import', at('long.json'), '--commit', '--data', data], env };
    };
    const [whole, cut] = [await importInto(at('whole')), await importInto(at('cut'))];
    await mz(whole.parameters, whole.env);
    const log = join(at('cut'), 'events.sqlite-wal');
    // Killed as soon as the log has grown to a part of what it will be.
    const part = VILLAGES * 13_000;
    const logBytes = () => statSync(log, { throwIfNoEntry: false })?.size ?? 0;
    const child = startMz(cut.parameters, cut.env);
    await killWhen(child, () => logBytes() > part);
    const again = await mz([...cut.parameters, '--json'], cut.env);
    expect(JSON.parse(again.stdout)).toMatchObject({ repeated: expect.any(Number) });
    expect((JSON.parse(again.stdout) as { repeated: number }).repeated).toBeGreaterThan(0);
    expect(await digestOf(at('cut'))).toEqual(await digestOf(at('whole')));
  });

  inCampaign(
    'half-way through an audit package leaves none, and the next attempt makes it',
    async () => {
      await copyCounty(at('ledger'));
      await mz(['checkpoint', '--data', at('ledger')]);
      const command = ['export', 'audit', '-o', at('out'), '--data', at('ledger')];
      await killWhen(startMz(command), () => existsSync(at('out.partial/leaves.bin')));
      expect([existsSync(at('out')), existsSync(at('out.partial'))]).toEqual([false, true]);
      const { code } = await mz(command);
      expect([code, existsSync(at('out/cover.html')), existsSync(at('out.partial'))]).toEqual([
        0,
        true,
        false,
      ]);
    },
  );

  test('in the middle of a whole file leaves the file before, and a name that tells what it is', async () => {
    mkdirSync(at('files'));
    const file = at('files/file');
    writeWholeFile(file, 'before');
    // The second part is asked for when the first is on the disk already.
    const script = `
      import { writeWholeFile } from '#files/whole-file';
      const parts = [Buffer.from('half'), Buffer.from('whole')];
      Object.defineProperty(parts, 1, { get: () => process.kill(process.pid, 'SIGKILL') });
      writeWholeFile(${JSON.stringify(file)}, parts);`;
    const child = spawn(process.execPath, [
      ...['--conditions=source', '--input-type=module', '--eval', script],
    ]);
    const [, signal] = (await once(child, 'close')) as [unknown, string];
    const left = readdirSync(at('files')).filter((name) => name !== 'file');
    expect([signal, readFileSync(file, 'utf8'), left.length]).toEqual(['SIGKILL', 'before', 1]);
    expect(left.every(isPartialFile)).toBe(true);
    expect(left.map((name) => readFileSync(at(`files/${name}`), 'utf8'))).toEqual(['half']);
  });
});

describe('a migration that is killed', () => {
  const kills = times(1, 6, 25);
  let double: EsdbDouble;
  beforeAll(async () => {
    double = await startDouble();
  });
  afterAll(() => double.stop());

  /** A process that is killed later than this has most likely finished. */
  const latestMs = 1_500;

  inCampaign(
    `${kills} times on the way to a cluster and ${kills} times on the way back loses and doubles nothing`,
    async () => {
      await copyCounty(at('source'));
      const legs = [
        [`sqlite:${at('source')}`, double.address],
        [double.address, `sqlite:${at('target')}`],
      ] as const;
      for (const [from, to] of legs) {
        const migrate = ['migrate', '--json', '--from', from, '--to', to];
        for (let kill = 0; kill < kills; kill++) {
          const child = startMz(migrate);
          const timer = setTimeout(() => child.kill('SIGKILL'), Math.random() * latestMs);
          await once(child, 'close');
          clearTimeout(timer);
        }
        const { stdout, stderr } = await mz(migrate);
        expect(stderr).toBe('');
        const told = JSON.parse(stdout) as { readonly source: object; readonly target: object };
        expect(told.source).toEqual(told.target);
      }
      const exported = [
        await mz(['export', 'events', '--data', at('source')]),
        await mz(['export', 'events', '--data', at('node'), '--store', double.address]),
        await mz(['export', 'events', '--data', at('target')]),
      ];
      expect(exported.map(({ code }) => code)).toEqual([0, 0, 0]);
      expect(new Set(exported.map(({ stdout }) => stdout)).size).toBe(1);
    },
  );
});

/** Villages in the one annex of a notice that is long enough to be cut short. */
const VILLAGES = times(100, 300);

const longPlan = (): Plan => {
  const villages = Array.from({ length: VILLAGES }, (_, n) => ['长县', '长乡', `长${n}村`]);
  return {
    ...REFERENCE_PLAN,
    notice: { ...REFERENCE_PLAN.notice, documentNumber: '长农发〔2024〕1号' },
    places: [['长县'], ['长县', '长乡'], ...villages].map((path) => ({ path })),
    annexes: [
      {
        annex: '1',
        title: '表',
        unit: '万元',
        rows: villages.map((place, n) => ({ row: n + 1, place, amount: '1' })),
      },
    ],
  };
};
