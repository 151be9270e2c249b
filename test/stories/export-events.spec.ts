import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { mz } from '../support/mz.ts';
import { copyDemo } from '../support/shared-ledgers.ts';

const { directory, remove } = temporaryDirectory();
const at = (name: string): string => join(directory, name);
const exported = (...more: readonly string[]) =>
  mz(['export', 'events', '--data', at('ledger'), ...more]);
let whole: string;
beforeAll(async () => {
  await copyDemo(at('ledger'));
  whole = (await exported()).stdout;
});
afterAll(remove);

describe('exporting all events', () => {
  test('to a file writes it whole, and leaves what is beside it alone', async () => {
    writeFileSync(at('all.ndjson.partial'), 'mine');
    expect((await exported('-o', at('all.ndjson'))).code).toBe(0);
    expect(readFileSync(at('all.ndjson'), 'utf8')).toBe(whole);
    expect(readFileSync(at('all.ndjson.partial'), 'utf8')).toBe('mine');
  });

  test('to a link writes where it leads, and the link stays', async () => {
    writeFileSync(at('target'), 'before');
    symlinkSync(at('target'), at('link'));
    symlinkSync(at('not-yet'), at('link-to-nothing'));
    for (const [link, target] of [
      ['link', 'target'],
      ['link-to-nothing', 'not-yet'],
    ] as const) {
      expect((await exported('-o', at(link))).code).toBe(0);
      expect(lstatSync(at(link)).isSymbolicLink()).toBe(true);
      expect(readFileSync(at(target), 'utf8')).toBe(whole);
    }
  });

  const underLinux = existsSync('/dev/full') ? test : test.skip;
  underLinux('to a full device ends with a sentence, and the device stays one', async () => {
    const full = await exported('-o', '/dev/full');
    expect(full.code).toBe(2);
    expect(full.stderr).toMatch(/^不能写入 \/dev\/full:.*ENOSPC.*\n$/);
    expect(lstatSync('/dev/full').isCharacterDevice()).toBe(true);
  });

  test('that cannot be finished leaves nothing half-written', async () => {
    expect((await exported('-o', at('no/such/place'))).code).toBe(2);
    expect(readdirSync(directory).filter((name) => name.includes('partial'))).toEqual([
      'all.ndjson.partial',
    ]);
  });
});
