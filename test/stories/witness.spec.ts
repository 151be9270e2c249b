import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mz, serveMz } from '../support/mz.ts';
import { copyDemo } from '../support/shared-ledgers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
const ledger = join(directory, 'ledger');
const at = (name: string): string => join(directory, name);
let logKey: string;

/** A command that is meant to succeed; what it printed. */
const done = async (...command: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await mz(command);
  if (code !== 0) throw new Error(`${command.join(' ')}: ${stderr}`);
  return stdout.trim();
};
const checkpoint = async (): Promise<{ readonly size: number; readonly vkeys: string[] }> =>
  JSON.parse(await done('checkpoint', '--json', '--data', ledger)) as {
    size: number;
    vkeys: string[];
  };

beforeAll(async () => {
  await copyDemo(ledger);
  logKey = (await checkpoint()).vkeys[0] ?? '';
});
afterAll(remove);

describe('a witness', () => {
  test('over the network cosigns what continues what it knows', async () => {
    const bureau = ['--dir', at('bureau')];
    await done('witness', 'init', '审计局', ...bureau);
    await done('witness', 'trust', logKey, ...bureau);
    const server = await serveMz(['witness', 'serve', '--port', '0', ...bureau]);
    const url = server.address;
    expect(await done('witness', 'ask', url, '--data', ledger)).toBe('审计局 ✓ 114');
    const token = await done('token', '--role', 'finance', '--name', 'f', '--data', ledger);
    const line = '朔区脱贫巩固组〔2024〕2号/2/1';
    await done('arrive', line, '1万元', '--token', token, '--data', ledger);
    await checkpoint();
    expect(await done('witness', 'ask', url, '--data', ledger)).toBe('审计局 ✓ 115');
    expect(await server.stop()).toBe(0);
    expect((await mz(['witness', 'ask', url, '--data', ledger])).code).toBe(5);
  });

  test('by files cosigns the same bytes', async () => {
    const inspection = ['--dir', at('inspection')];
    const key = await done('witness', 'init', '纪委', ...inspection);
    await done('witness', 'trust', logKey, ...inspection);
    await done('witness', 'request', '-o', at('request'), '--data', ledger);
    await done('witness', 'answer', at('request'), '-o', at('answer'), ...inspection);
    const take = ['witness', 'take', at('answer'), '--data', ledger, '--key'];
    expect((await done(...take, key)).match(/^— /gm)).toHaveLength(3);
    expect((await mz([...take, logKey])).code).toBe(2);
    expect((await mz(['verify', '--data', ledger])).code).toBe(0);
  });

  test.each([
    ['it does not know', 'stranger', (request: string) => request],
    [
      'that was told it stands elsewhere',
      'inspection',
      (request: string) => request.replace(/^old 0/, 'old 5'),
    ],
    [
      'that was altered on the way',
      'inspection',
      (request: string) => request.replace('\n110\n', '\n111\n'),
    ],
    ['that is none', 'inspection', () => 'nothing of the kind'],
  ])('does not cosign a log %s', async (_, who, alter) => {
    if (who === 'stranger') await done('witness', 'init', who, '--dir', at(who));
    writeFileSync(at('altered'), alter(readFileSync(at('request'), 'utf8')));
    const dir = ['--dir', at(who)];
    const { code, stderr } = await mz(['witness', 'answer', at('altered'), '-o', at('no'), ...dir]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^见证方没有联署\(\d+\)/);
  });

  test('is not made where there is one', async () => {
    expect((await mz(['witness', 'init', 'x', '--dir', at('bureau')])).code).toBe(3);
  });
});
