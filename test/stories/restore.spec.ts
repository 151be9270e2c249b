import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { copyFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mz } from '../support/mz.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
const [data, backup, kept] = ['ledger', 'backup', 'kept.txt'].map((name) => join(directory, name));
if (data === undefined || backup === undefined || kept === undefined)
  throw new Error('Three names.');
let token: string;

beforeAll(async () => {
  const done = async (...parameters: string[]) => {
    const { code, stdout, stderr } = await mz([...parameters, '--data', data]);
    if (code !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  await done('demo', '--once');
  token = await done('token', '--role', 'administrator', '--name', '陈');
  const person = join(directory, 'person.json');
  writeFileSync(person, JSON.stringify({ name: '张三' }));
  await done('payee', 'add', '--kind', 'person', '--person-file', person, '--token', token);
  await done('checkpoint', '-o', kept);
  await done('backup', backup, '--with-keys');
  copyFileSync(join(data, 'vault.sqlite'), join(directory, 'vault.sqlite'));
});
afterAll(remove);

let restores = 0;
/** The documented steps, on a machine without anything, but for one file that was not brought. */
const restoredWithout = (file?: string): string => {
  const there = join(directory, `restored-${(restores += 1)}`);
  cpSync(backup, there, { recursive: true });
  copyFileSync(join(directory, 'vault.sqlite'), join(there, 'vault.sqlite'));
  if (file !== undefined) rmSync(join(there, file));
  return there;
};
const at = async (there: string, ...parameters: string[]) => {
  const { code, stdout, stderr } = await mz([...parameters, '--data', there, '--lang', 'en']);
  return { code, said: stdout + stderr };
};

describe('a ledger that is restored by the documented steps', () => {
  test('is the one that was signed, its tokens work, and its vault opens', async () => {
    const there = restoredWithout();
    expect(await at(there, 'verify', '--since', kept)).toMatchObject({ code: 0 });
    expect((await at(there, 'doctor')).said).not.toContain('missing');
    const parameter = ['parameter', 'announcement-minimum-days', '10', '--source', '第四条'];
    expect(await at(there, ...parameter, '--token', token)).toMatchObject({ code: 0 });
    expect(await at(there, 'vault', 'check')).toMatchObject({ code: 0 });
    expect((await at(there, 'checkpoint')).code).toBe(0);
  });

  test('without the key of the log, signs nothing and says so', async () => {
    const there = restoredWithout('integrity/log.skey');
    const signing = await at(there, 'checkpoint');
    expect([signing.code, signing.said]).toEqual([5, expect.stringContaining('is missing')]);
    expect(existsSync(join(there, 'integrity/log.skey'))).toBe(false);
    expect((await at(there, 'verify')).code).toBe(16);
    expect((await at(there, 'doctor')).said).toMatch(
      /log\.skey, which this ledger has used, is missing/,
    );
  });

  test('without the key of tokens, issues none until another is asked for with a reason', async () => {
    const there = restoredWithout('signing-key.json');
    const issue = ['token', '--role', 'auditor', '--name', '王'];
    const issued = await at(there, ...issue);
    expect([issued.code, issued.said]).toEqual([5, expect.stringContaining('is missing')]);
    expect((await at(there, 'doctor')).said).toMatch(/signing-key\.json, which .* is missing/);
    expect((await at(there, ...issue, '--new-key')).code).toBe(2);
    expect((await at(there, ...issue, '--new-key', '--reason', '机房失火')).code).toBe(0);
    expect((await at(there, ...issue)).code).toBe(0);
    const marks = readFileSync(join(there, 'tokens-issued.ndjson'), 'utf8');
    expect(marks.trim().split('\n')).toHaveLength(2);
    expect(marks).toContain('机房失火');
    const parameter = ['parameter', 'announcement-minimum-days', '10', '--source', '第四条'];
    expect((await at(there, ...parameter, '--token', token)).code).toBe(4);
  });

  test('with the key of another ledger for tokens, issues none', async () => {
    const there = restoredWithout();
    const other = join(directory, 'other');
    await at(other, 'token', '--role', 'auditor', '--name', '王');
    copyFileSync(join(other, 'signing-key.json'), join(there, 'signing-key.json'));
    const issued = await at(there, 'token', '--role', 'auditor', '--name', '王');
    expect([issued.code, issued.said]).toEqual([5, expect.stringContaining('is not the key')]);
  });

  test('without the key of the vault, says so and makes none', async () => {
    const there = restoredWithout('vault.key');
    expect((await at(there, 'doctor')).said).toMatch(/vault\.key, which .* is missing/);
    expect((await at(there, 'vault', 'check')).code).not.toBe(0);
    expect(existsSync(join(there, 'vault.key'))).toBe(false);
  });

  test('is not backed up with keys unless that is asked for', async () => {
    const plain = join(directory, 'plain');
    await at(data, 'backup', plain);
    const secrets = ['signing-key.json', 'integrity/log.skey', 'vault.key', 'vault.sqlite'];
    expect(secrets.filter((file) => existsSync(join(plain, file)))).toEqual([]);
    expect(existsSync(join(plain, 'tokens-issued.ndjson'))).toBe(true);
  });
});
