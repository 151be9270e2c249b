import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EventStoreDBClient } from '@eventstore/db-client';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DEFAULT_ACCESS, LEDGER_GROUP, LEDGER_USER } from '../../deploy/set-up/access.ts';
import { ensureAccount, ensureAdmin, type Account } from '../../deploy/set-up/accounts.ts';
import { askAt, findLeader } from '../../deploy/set-up/leader.ts';
import { readTask } from '../../deploy/set-up/main.ts';
import { writeAccess } from '../../deploy/set-up/write-access.ts';
import { startDouble, type EsdbDouble } from '../support/esdb-double/double.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

describe('the access rights', () => {
  const mayDo = (right: '$r' | '$w' | '$d' | '$mr' | '$mw', group: string) =>
    [DEFAULT_ACCESS.$userStreamAcl[right]].flat().includes(group);

  test('the ledger reads and appends', () => {
    expect(mayDo('$r', LEDGER_GROUP) && mayDo('$w', LEDGER_GROUP)).toBe(true);
  });

  test('the ledger deletes nothing and changes no metadata; nor does anybody else', () => {
    for (const right of ['$d', '$mr', '$mw'] as const) {
      expect(DEFAULT_ACCESS.$userStreamAcl[right]).toBe('$admins');
    }
    expect(new Set(Object.values(DEFAULT_ACCESS.$systemStreamAcl))).toEqual(new Set(['$admins']));
  });

  test('no user is let in by being any user', () => {
    expect(JSON.stringify(DEFAULT_ACCESS)).not.toContain('"$all"');
  });
});

describe('writing the access rights', () => {
  let double: EsdbDouble;
  let client: EventStoreDBClient;
  beforeEach(async () => {
    double = await startDouble();
    client = EventStoreDBClient.connectionString(double.address);
  });
  afterEach(async () => {
    // Not awaited: it waits for an append's call, which it has no way to end.
    void client.dispose();
    await double.stop();
  });

  test('writes them once', async () => {
    expect(await writeAccess(client)).toEqual(['$settings', '$$$all']);
    const written = double.log.events.length;
    expect(await writeAccess(client)).toEqual([]);
    expect(double.log.events).toHaveLength(written);
  });

  test('writes the rights on $all as its metadata', async () => {
    await writeAccess(client);
    const [metadata] = double.log.stream('$$$all');
    expect(metadata?.type).toBe('$metadata');
    expect(JSON.parse(Buffer.from(metadata?.data ?? []).toString())).toEqual({
      $acl: { $r: ['$admins', LEDGER_GROUP] },
    });
  });
});

describe('what the set-up is told', () => {
  const { directory, remove } = temporaryDirectory();
  const environment = {
    MZ_ESDB_NODES: 'node1:2113,node2:2113',
    NODE_EXTRA_CA_CERTS: join(directory, 'ca.crt'),
  };
  beforeAll(() => {
    const made = ['esdb-admin', 'esdb-admin-before', 'esdb-ops', 'esdb-mingzhang', 'ca.crt'];
    for (const name of made) writeFileSync(join(directory, name), `${name} text\n`);
  });
  afterAll(remove);

  test('is the nodes, spoken to over TLS, and a password for each user', () => {
    const { nodes, admin, others } = readTask(environment, directory);
    expect(nodes.map(({ origin }) => origin)).toEqual(['https://node1:2113', 'https://node2:2113']);
    expect([admin, ...others].map(({ loginName, groups }) => [loginName, ...groups])).toEqual([
      ['admin', '$admins'],
      ['ops', '$ops'],
      [LEDGER_USER, LEDGER_GROUP],
    ]);
    expect(admin.password).toBe('esdb-admin text');
  });

  test('has to be complete', () => {
    expect(() => readTask({}, directory)).toThrow('MZ_ESDB_NODES is missing.');
    expect(() => readTask(environment, join(directory, 'nowhere'))).toThrow('ENOENT');
  });
});

describe('the accounts of the cluster', () => {
  let server: Server;
  let origin: URL;
  let passwords: Record<string, string>;
  /** How often a password that was just changed is still refused. */
  let lateBy: number;
  const late = new Map<string, number>();
  beforeEach(async () => {
    passwords = { admin: 'changeit', ops: 'changeit' };
    lateBy = 0;
    late.clear();
    server = createServer((request, answer) => {
      void (async () => {
        let text = '';
        for await (const part of request) text += String(part);
        const basic = request.headers.authorization?.slice('Basic '.length) ?? '';
        const [as = '', password] = Buffer.from(basic, 'base64').toString().split(':');
        answer
          .writeHead(answerTo(request.method, request.url ?? '', as, password, text))
          .end(request.url === '/gossip' ? gossip() : '');
      })();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    origin = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterEach(() => {
    server.close();
  });

  const gossip = () => {
    const member = { isAlive: true, httpEndPointIp: '127.0.0.1' };
    return JSON.stringify({
      members: [
        { ...member, state: 'Follower', httpEndPointPort: 1 },
        { ...member, state: 'Leader', httpEndPointPort: Number(origin.port) },
      ],
    });
  };
  /**
   * What the server does with users: each may look at `$current`, and the administrator alone at an
   * account by its name; a password that was just changed is refused for a moment.
   */
  const answerTo = (method = '', url: string, as: string, password = '', body: string): number => {
    if (url === '/gossip') return 200;
    const refusals = late.get(as) ?? 0;
    late.set(as, refusals - 1);
    if (passwords[as] !== password || refusals > 0) return 401;
    const [, , name = '', command] = url.split('/');
    if (method === 'GET' && name === '$current') return 200;
    if (as !== 'admin') return 401;
    if (method === 'GET') return name in passwords ? 200 : 404;
    const given = JSON.parse(body) as { loginName: string; password: string; newPassword: string };
    const changed = command === undefined ? given.loginName : name;
    passwords[changed] = command === undefined ? given.password : given.newPassword;
    late.set(changed, lateBy);
    return command === undefined ? 201 : 200;
  };

  const account = (loginName: string, password = `${loginName}-secret`): Account => ({
    loginName,
    fullName: loginName,
    groups: [],
    password,
  });
  const setUp = async (admin: Account, ledger: Account, before = 'changeit') => {
    const ask = askAt(await findLeader([new URL('http://127.0.0.1:1'), origin]));
    const patience = { tries: 5, pauseMs: 1 };
    return [
      await ensureAdmin(ask, admin, before, patience),
      await ensureAccount(ask, admin, account('ops'), patience),
      await ensureAccount(ask, admin, ledger, patience),
    ];
  };

  test('a new password that is refused for a moment is waited for', async () => {
    lateBy = 3;
    const done = await setUp(account('admin'), account(LEDGER_USER));
    expect(done).toEqual(['password changed', 'password changed', 'created']);
  });

  test('a new password that stays refused ends with a sentence', async () => {
    lateBy = 100;
    await expect(setUp(account('admin'), account(LEDGER_USER))).rejects.toThrow(
      'signing in as admin after the change was answered with 401',
    );
  });

  test('a new cluster keeps no password that everybody knows', async () => {
    const done = await setUp(account('admin'), account(LEDGER_USER));
    expect(done).toEqual(['password changed', 'password changed', 'created']);
    expect(Object.values(passwords)).not.toContain('changeit');
  });

  test('a second time, nothing is left to do', async () => {
    await setUp(account('admin'), account(LEDGER_USER));
    const done = await setUp(account('admin'), account(LEDGER_USER));
    expect(done).toEqual(['unchanged', 'unchanged', 'unchanged']);
  });

  test('new secrets become new passwords', async () => {
    await setUp(account('admin'), account(LEDGER_USER));
    const [admin, ledger] = [account('admin', 'newer'), account(LEDGER_USER, 'newer')];
    const done = await setUp(admin, ledger, 'admin-secret');
    expect(done).toEqual(['password changed', 'unchanged', 'password changed']);
    expect(passwords).toMatchObject({ admin: 'newer', [LEDGER_USER]: 'newer' });
  });

  test('who knows neither password is told what was asked', async () => {
    await setUp(account('admin'), account(LEDGER_USER));
    await expect(setUp(account('admin', 'wrong'), account(LEDGER_USER))).rejects.toThrow(
      'changing the password of admin was answered with 401',
    );
  });

  test('without a leader, it says whom it asked', async () => {
    await expect(findLeader([new URL('http://127.0.0.1:1')])).rejects.toThrow('127.0.0.1:1');
  });
});
