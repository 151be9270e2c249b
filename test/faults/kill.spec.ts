import { afterAll, expect, test } from '@jest/globals';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { killWhileAppending } from './kill-while-appending.ts';

const KILLS = Number(process.env['MZ_KILLS'] ?? 10);
const { directory, remove } = temporaryDirectory();
afterAll(remove);

test(`of ${KILLS} processes killed while they append, none loses or doubles what it acknowledged`, async () => {
  for (let kill = 0; kill < KILLS; kill++) {
    const { acknowledged } = await killWhileAppending(directory, 1 + kill * 37);
    expect(acknowledged).toBeGreaterThan(0);
  }
}, 120_000);
