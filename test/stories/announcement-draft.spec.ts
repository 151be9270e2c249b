import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type jsqr from 'jsqr';
import { createRequire } from 'node:module';
import { parseVkey } from '#integrity/key';
import { parseNote } from '#integrity/note';
import { openNote } from '#integrity/open-note';
import { readLogIdentity } from '#transparency-log/checkpoints/checkpoint-files';
import { startDouble } from '../support/esdb-double/double.ts';
import { mz } from '../support/mz.ts';
import { copyDemo } from '../support/shared-ledgers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

// Its types tell of a default export that the module itself does not have.
const readQr = createRequire(import.meta.url)('jsqr') as typeof jsqr.default;

const { directory, remove } = temporaryDirectory();
const data = join(directory, 'ledger');
const at = (name: string): string => join(directory, name);
beforeAll(async () => {
  await copyDemo(data);
});
afterAll(remove);

const LINES = ['朔区脱贫巩固组〔2024〕2号/3/1', '朔区脱贫巩固组〔2024〕2号/3/2'];
const SAID = ['--stage', 'plan', '--place', '神头镇', '--medium', '公开栏 <&"'];
const DAYS = ['--from', '2024-05-01', '--until', '2024-05-11'];
const draft = (...more: readonly string[]) =>
  mz(['announce', 'draft', ...LINES, ...SAID, ...DAYS, '--data', data, ...more]);

/** The dark modules that the path of a QR code draws, as pixels, four to a module. */
const pixelsOf = (page: string): { readonly rgba: Uint8ClampedArray; readonly width: number } => {
  const size = Number(/viewBox="0 0 (\d+)/.exec(page)?.[1]);
  const [, path = ''] = /stroke="#000000" d="([^"]+)"/.exec(page) ?? [];
  const width = size * 4;
  const rgba = new Uint8ClampedArray(width * width * 4).fill(255);
  let [x, y] = [0, 0];
  for (const [, step, dx, dy] of path.matchAll(/([Mmh])(-?[\d.]+)(?:[ ,](-?[\d.]+))?/g)) {
    const [right, down] = [Number(dx), Number(dy ?? 0)];
    if (step === 'M') [x, y] = [right, down];
    else if (step === 'm') [x, y] = [x + right, y + down];
    else {
      for (let row = Math.floor(y) * 4; row < Math.floor(y) * 4 + 4; row++) {
        for (let column = x * 4; column < (x + right) * 4; column++) {
          rgba.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
        }
      }
      x += right;
    }
  }
  return { rgba, width };
};

describe('the text of an announcement', () => {
  test('tells figures, documents, days and telephone out of the ledger, and carries a checkpoint', async () => {
    const { stdout, code } = await draft('--telephone', '0349-1234567');
    expect(code).toBe(0);
    expect(stdout).toContain('蔬菜大棚改造工程');
    expect(stdout).toContain('合计:安排 185 万元');
    expect(stdout).toContain('朔区脱贫巩固组〔2024〕2号');
    expect(stdout).toContain('2024-05-01 至 2024-05-11');
    expect(stdout).toContain('12317;本地 0349-1234567');
    const note = readLogIdentity(data)?.checkpoints.at(-1)?.note ?? '?';
    expect(stdout.trimEnd().endsWith(note.trimEnd())).toBe(true);
  });

  test('is printed with a QR code that holds the checkpoint to the letter', async () => {
    expect((await draft('-o', at('poster.html'))).code).toBe(0);
    const page = readFileSync(at('poster.html'), 'utf8');
    expect(page).toContain('公开栏 &lt;&amp;&quot;');
    const { rgba, width } = pixelsOf(page);
    const read = readQr(rgba, width, width);
    const note = Buffer.from(read?.binaryData ?? []).toString('utf8');
    const { vkeys, checkpoints } = readLogIdentity(data) ?? { vkeys: [], checkpoints: [] };
    expect(note).toBe(checkpoints.at(-1)?.note);
    expect(openNote(parseNote(note), vkeys.map(parseVkey)).kind).toBe('verified');
    expect(read?.version).toBeLessThanOrEqual(13);
  });

  test('a photograph of which finds a history that was made anew', async () => {
    await draft('-o', at('kept.txt'));
    const text = readFileSync(at('kept.txt'), 'utf8');
    const kept = at('kept.note');
    writeFileSync(kept, text.slice(text.indexOf('mingzhang/')));
    expect((await mz(['verify', '--since', kept, '--data', data])).code).toBe(0);
    const other = at('other');
    await mz(['generate', '--villages', '3', '--data', other]);
    await mz(['checkpoint', '--data', other]);
    expect((await mz(['verify', '--since', kept, '--data', other])).code).toBe(12);
  });

  test('of an allocation that nobody knows is not drafted', async () => {
    const drafted = await mz(['announce', 'draft', 'none', ...SAID, ...DAYS, '--data', data]);
    expect(drafted.code).toBe(2);
  });
});

test('a node of a cluster without the key drafts nothing, and makes no key of its own', async () => {
  const double = await startDouble();
  const node = ['--store', double.address, '--data', at('node')];
  expect((await mz(['demo', '--once', ...node])).code).toBe(0);
  const { code, stderr } = await mz(['announce', 'draft', ...LINES, ...SAID, ...DAYS, ...node]);
  expect([code, stderr]).toEqual([5, expect.stringMatching(/不签名/)]);
  expect(readLogIdentity(at('node'))).toBeUndefined();
  await double.stop();
});
