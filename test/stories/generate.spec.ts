import { afterAll, describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { mz } from '../support/mz.ts';

const { directory, remove } = temporaryDirectory();
afterAll(remove);

const generate = (name: string, seed: string) =>
  mz(['generate', '--villages', '20', '--seed', seed, '--json', '--data', join(directory, name)]);
const digest = async (name: string) =>
  (await mz(['digest', '--json', '--data', join(directory, name)])).stdout;

describe('generating a county', () => {
  test('from the same seed gives the same ledger, and again adds nothing', async () => {
    const [first, second] = [await generate('a', '1'), await generate('b', '1')];
    expect(second.stdout).toBe(first.stdout);
    expect(await digest('b')).toBe(await digest('a'));
    expect(JSON.parse((await generate('a', '1')).stdout)).toMatchObject({ events: 0 });
  });

  test('from another seed into the same ledger is a conflict', async () => {
    const { code, stderr } = await generate('a', '2');
    expect(code).toBe(3);
    expect(stderr).toMatch(/已有另一份合成台账/);
  });
});

describe('a data directory', () => {
  test('that holds no ledger is not made into one by reading it', async () => {
    for (const command of ['digest', 'rebuild', 'balances', 'journal']) {
      const { code, stderr } = await mz([command, '--data', join(directory, 'none')]);
      expect([command, code]).toEqual([command, 5]);
      expect(stderr).toMatch(/没有台账/);
    }
    expect(existsSync(join(directory, 'none'))).toBe(false);
  });

  const underProc = existsSync('/proc/self') ? test : test.skip;
  underProc('that cannot be made is a sentence, not a wait without end', async () => {
    const { code, stderr } = await mz(['generate', '--data', '/proc/none/such']);
    expect(code).toBe(5);
    expect(stderr).toMatch(/建不了/);
  });
});
