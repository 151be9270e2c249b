import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { systemFault } from '#cli/session/system-fault';
import { mz } from '../support/mz.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
const data = join(directory, 'ledger');
let taken: Server;
let port: string;

beforeAll(async () => {
  await mz(['demo', '--once', '--data', data]);
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  port = typeof address === 'object' ? `${address?.port}` : '';
});
afterAll(() => {
  taken.close();
  remove();
});

describe('what this machine refuses is one sentence', () => {
  test('a port that is taken', async () => {
    const { code, stderr } = await mz(['serve', '--data', data, '--port', port, '--lang', 'en']);
    expect([code, stderr]).toEqual([
      5,
      `The port is taken; choose another (--port): 127.0.0.1:${port}.\n`,
    ]);
  });

  test('an address that this machine does not have', async () => {
    const asked = ['serve', '--data', data, '--port', '0', '--host', '192.0.2.1'];
    const { code, stderr } = await mz(asked);
    expect([code, stderr.trim().split('\n').length]).toEqual([5, 1]);
    expect(stderr).toContain('本机没有这个地址');
  });

  test.each([
    ['ENOSPC', { code: 'ENOSPC', path: '/srv/x' }, '磁盘已满'],
    ['SQLITE_FULL', { code: 'ERR_SQLITE_ERROR', errcode: 13 }, '磁盘已满'],
    ['a file system that can only be read', { code: 'EROFS', path: '/srv/x' }, '只能读'],
    ['a right that is missing', { code: 'EACCES', path: '/srv/x' }, '没有权限'],
  ])('%s', (_name, said, zh) => {
    const sentence = systemFault(Object.assign(new Error('as the system says it'), said));
    expect(sentence?.zh).toContain(zh);
    expect(sentence?.en).toMatch(/^[A-Z].*\.$/);
  });

  test('a fault of our own is not', () => {
    expect(systemFault(new Error('x is undefined'))).toBeUndefined();
    expect(systemFault(Object.assign(new Error(), { code: 'ERR_ASSERTION' }))).toBeUndefined();
  });

  test.each(['banana', '0 days', '-1 day', '11 years', '9999999999 years', '', '1e3 days'])(
    'a lifetime of “%s”',
    async (expires) => {
      const asked = ['token', '--role', 'auditor', '--name', '王', '--expires', expires];
      const { code, stderr, stdout } = await mz([...asked, '--data', data]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('不是有效期');
    },
  );

  test.each(['8 hours', '30 days', '1 year', '10y', '90min'])(
    'a lifetime of %s is one',
    async (expires) => {
      const asked = ['token', '--role', 'auditor', '--name', '王', '--expires', expires];
      expect((await mz([...asked, '--data', data])).code).toBe(0);
    },
  );
});
