import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { shell } from '../support/built-mz.ts';
import { mz } from '../support/mz.ts';
import { filesThatTell, LI } from '../support/people.ts';
import { campaignOnly } from '../support/property.ts';
import { copyDemo } from '../support/shared-ledgers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
const data = join(directory, 'ledger');
beforeAll(() => copyDemo(data));
afterAll(remove);
const inShell = (line: string, env: Readonly<Record<string, string>> = {}) =>
  shell(line, { MZ_DATA: data, ...env });

const underLinux = existsSync('/dev/full') && existsSync('/dev/stdout') ? test : test.skip;

describe('mz at a shell', () => {
  test('A reader that closes the pipe early ends the command without an error', async () => {
    const whole = (await mz(['export', 'events', '--data', data])).stdout;
    // The shell answers with the code of the last command of a pipe, so mz writes its own to a file.
    const codeFile = join(directory, 'code');
    const line = `{ mz export events; echo $? > ${codeFile}; } | head -1; cat ${codeFile}`;
    const { stdout, stderr } = inShell(line);
    expect([stdout, stderr]).toEqual([`${whole.split('\n')[0]}\n0\n`, '']);
  });

  underLinux('A device as the target is written into', async () => {
    const whole = (await mz(['export', 'events', '--data', data])).stdout;
    expect(inShell('mz export events -o /dev/stdout | cat').stdout === whole).toBe(true);
  });

  underLinux('A full disk ends with a sentence and exit code 2', () => {
    const { code, stderr } = inShell('mz export events > /dev/full');
    expect(stderr).toMatch(/^输出写不下去.*ENOSPC.*\n$/);
    expect(code).toBe(2);
  });

  test('A person is read from standard input, and is in no file in clear', async () => {
    const token = await mz(['token', '--role', 'clerk', '--name', 'wang', '--data', data]);
    const person = JSON.stringify(LI);
    const { code, stderr } = inShell(
      `echo '${person}' | mz payee add --kind person --person-file - --on 2024-12-30`,
      { MZ_TOKEN: token.stdout.trim() },
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(filesThatTell(data, Object.values(LI))).toEqual([]);
  });

  // The sentences above end with 0 and 2.
  test.each([
    ['mz arrive x 1万元 --token none', 4] as const,
    ...campaignOnly([
      ['mz --version', 0] as const,
      ['mz balances 北曹村', 0] as const,
      ['mz balances 没有这个村', 2] as const,
      ['mz spend', 2] as const,
      ['mz balances --data /nowhere', 5] as const,
    ]),
  ])('%s ends with exit code %i', (line, code) => {
    expect(inShell(line).code).toBe(code);
  });
});
