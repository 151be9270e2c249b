import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { systemClock } from '#application/commands/clock';
import { acceptClock } from '#wiring/accepted-clock';
import { openLedger } from '#wiring/ledger';
import { eventIdAt, appendTo, fundsOf, merged, registered } from '../support/place-log.ts';
import { mz } from '../support/mz.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { runHere } from '../support/verifier/run-here.ts';

const { directory, remove } = temporaryDirectory();
afterAll(remove);

const EVENTS = [
  registered('county', 'county'),
  registered('town', 'town', 'county'),
  registered('dongcun', 'village', 'town'),
  registered('xicun', 'village', 'town'),
  ...fundsOf(['dongcun', 'xicun']),
  merged('dongcun', 'xicun'),
  merged('xicun', 'dongcun', '2024-03-02'),
];

beforeAll(async () => {
  const ledger = await openLedger({ directory });
  await appendTo(ledger.store, EVENTS);
  acceptClock(directory, systemClock());
  await ledger.close();
});

describe('a ledger with two villages merged into each other', () => {
  test('opens, and has all money where the first merger brought it', async () => {
    const { code, stdout } = await mz(['balances', '--json', '--data', directory]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ places: [{ name: 'xicun', allocatedFen: 3 }] });
  });

  test('has the merger without effect named by mz doctor, as a warning', async () => {
    const { code, stdout } = await mz(['doctor', '--data', directory]);
    expect(code).toBe(0);
    expect(stdout).toContain(`“xicun”并入“dongcun”的合并(事件 ${eventIdAt(EVENTS.length - 1)})`);
  });

  test('has views that a rebuild does not change, and verifies', async () => {
    const digest = async () => (await mz(['digest', '--json', '--data', directory])).stdout;
    const before = await digest();
    expect((await mz(['rebuild', '--data', directory])).code).toBe(0);
    expect(await digest()).toBe(before);
    expect((await mz(['checkpoint', '--data', directory])).code).toBe(0);
    expect(await mz(['verify', '--data', directory])).toMatchObject({ code: 0 });
  });

  test('is mended by mz place revoke-merger: the other merger holds then', async () => {
    const token = await mz([
      'token',
      '--role',
      'administrator',
      '--name',
      '王',
      '--data',
      directory,
    ]);
    const revoke = [
      'place',
      'revoke-merger',
      'dongcun',
      '--reason',
      '误',
      '--approval',
      '甲〔2024〕1号',
    ];
    const by = ['--token', token.stdout.trim(), '--data', directory];
    expect(await mz([...revoke, ...by])).toMatchObject({ code: 0 });
    const { stdout } = await mz(['balances', '--json', '--data', directory]);
    expect(JSON.parse(stdout)).toMatchObject({ places: [{ name: 'dongcun', allocatedFen: 3 }] });
    expect((await mz(['doctor', '--data', directory])).stdout).not.toContain('构成循环');
    const journal = await mz(['journal', '--json', '--data', directory]);
    const { entries } = JSON.parse(journal.stdout) as { entries: readonly Entry[] };
    const merger = entries.find(({ id }) => id === eventIdAt(EVENTS.length - 2));
    const revocation = entries.at(-1);
    expect(merger?.correctedBy).toEqual([{ kind: 'reversal', eventId: revocation?.id }]);
    expect(revocation?.corrects).toEqual([{ kind: 'reversal', eventId: merger?.id }]);
    expect(revocation?.sentence.zh).toBe('撤销地点并入(甲〔2024〕1号):误');
  });

  test('is exported when mended, and the outside verifier finds it in order', async () => {
    expect((await mz(['checkpoint', '--data', directory])).code).toBe(0);
    const packed = join(directory, 'package');
    expect((await mz(['export', 'audit', '-o', packed, '--data', directory])).code).toBe(0);
    const [bundle, key] = [join(packed, 'bundle.ndjson'), join(packed, 'ledger.vkey')];
    expect((await runHere([bundle, '--key', key])).status).toBe(0);
  });
});

interface Entry {
  readonly id: string;
  readonly corrects: readonly object[];
  readonly correctedBy: readonly object[];
  readonly sentence: { readonly zh: string };
}
