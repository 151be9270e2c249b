import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { mz } from '../support/mz.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { directory: data, remove } = temporaryDirectory();
beforeAll(async () => {
  await mz(['demo', '--once', '--data', data]);
});
afterAll(remove);

const verify = async (...asked: string[]) => {
  const { code, stdout, stderr } = await mz(['verify', ...asked, '--data', data, '--lang', 'en']);
  return { code, said: stdout + stderr };
};
const write = async () => {
  const issued = await mz(['token', '--role', 'administrator', '--name', '陈', '--data', data]);
  const setting = [
    'parameter',
    'announcement-minimum-days',
    '10',
    '--source',
    '国开办发〔2018〕11号',
  ];
  return mz([...setting, '--data', data, '--token', issued.stdout.trim()]);
};

describe('exit 0 of mz verify means that all of it is signed', () => {
  test('nothing is signed: 16, and what to do', async () => {
    const { code, said } = await verify();
    expect([code, said]).toEqual([16, expect.stringContaining('Sign first (mz checkpoint)')]);
    expect((await verify('--allow-unsigned-tail')).code).toBe(16);
  });

  test('all is signed: 0', async () => {
    expect((await mz(['checkpoint', '--data', data])).code).toBe(0);
    expect(await verify()).toMatchObject({ code: 0 });
  });

  test('events after the checkpoint: 13, and 0 where they are allowed by name', async () => {
    expect((await mz(['checkpoint', '--data', data])).code).toBe(0);
    expect((await write()).code).toBe(0);
    const { code, said } = await verify();
    expect([code, said]).toEqual([13, expect.stringContaining('The last 1 events are not signed')]);
    const allowed = await verify('--allow-unsigned-tail');
    expect(allowed).toMatchObject({
      code: 0,
      said: expect.stringMatching(/; 1 more are not signed/),
    });
  });

  test('checkpoints without the key that made them: 16, never “unaltered”', async () => {
    for (const file of ['log.skey', 'signer-memory.json'])
      rmSync(join(data, 'integrity', file), { force: true });
    const { code, said } = await verify();
    expect([code, said]).toEqual([16, expect.stringContaining('no key to check them with')]);
  });
});
