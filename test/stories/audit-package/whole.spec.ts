import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mz } from '../../support/mz.ts';
import { demoLedger } from '../../unit/history/ledgers.ts';
import { copyCounty } from '../../support/shared-ledgers.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { pack } from './given.ts';

const { directory, remove } = temporaryDirectory();
const at = (name: string): string => join(directory, name);
const ledger = at('ledger');
beforeAll(async () => {
  await copyCounty(ledger);
  await mz(['checkpoint', '--data', ledger]);
});
afterAll(remove);

describe('a package appears whole or not at all', () => {
  test('it is not written over anything, nor over what somebody else left beside it', async () => {
    mkdirSync(at('taken'));
    writeFileSync(at('taken/mine'), '');
    mkdirSync(at('next.partial'));
    writeFileSync(at('next.partial/mine'), '');
    for (const name of ['taken', 'next']) {
      const { code, stderr } = await mz(['export', 'audit', '-o', at(name), '--data', ledger]);
      expect([code, stderr]).toEqual([5, expect.stringMatching(/不是空目录/)]);
    }
    expect([readdirSync(at('taken')), readdirSync(at('next.partial'))]).toEqual([
      ['mine'],
      ['mine'],
    ]);
  });

  test('an empty directory is filled', async () => {
    mkdirSync(at('empty'));
    const { code, stdout } = await mz([
      ...['export', 'audit', '-o', at('empty'), '--year', '2024', '--json', '--data', ledger],
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      directory: at('empty'),
      root: expect.stringMatching(/^[0-9a-f]{64}$/),
      seconds: expect.any(Number),
    });
  });

  test('a year that is none is refused before anything is made', async () => {
    const { code } = await mz(['export', 'audit', '-o', at('x'), '--year', '24', '--data', ledger]);
    expect([code, existsSync(at('x')), existsSync(at('x.partial'))]).toEqual([2, false, false]);
  });

  test('without the verifier there is no package', async () => {
    const { ledger: demo, close } = await demoLedger();
    const packing = pack(demo, at('unverifiable'), { verifierDirectory: at('nowhere') });
    await expect(packing).rejects.toThrow(/verify\.mjs is missing/);
    expect(existsSync(at('unverifiable'))).toBe(false);
    await close();
  });
});
