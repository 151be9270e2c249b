import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDouble, type EsdbDouble } from '../support/esdb-double/double.ts';
import { mz } from '../support/mz.ts';
import { campaignOnly } from '../support/property.ts';
import { copyDemo } from '../support/shared-ledgers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
const embedded = join(directory, 'embedded');
const node = join(directory, 'node');
let double: EsdbDouble;

beforeAll(async () => {
  double = await startDouble({ nodes: 3 });
});
afterAll(async () => {
  await double.stop();
  remove();
});

/** The same command on the ledger in a directory and on the one on the cluster. */
const both = (...command: readonly string[]) =>
  Promise.all([
    mz([...command, '--data', embedded]),
    mz([...command, '--data', node, '--store', double.clusterAddress]),
  ]);

interface Exported {
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly data: unknown;
}

const eventsAt = async (where: readonly string[]): Promise<readonly Exported[]> => {
  const { stdout } = await mz(['export', 'events', ...where]);
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const { stream, revision, type, data } = JSON.parse(line) as Exported;
      return { stream, revision, type, data };
    });
};

const expectSame = (answers: Awaited<ReturnType<typeof both>>, code: number): void => {
  const [here, there] = answers;
  expect(here?.code).toBe(code);
  expect(there).toEqual(here);
};

describe('mz on a cluster', () => {
  test('loads the demo as it does on a directory, but that each payment claims its slip first', async () => {
    const other = await startDouble();
    const there = ['--data', join(directory, 'demo-node'), '--store', other.address];
    const loaded = await mz(['demo', '--once', '--json', ...there]);
    const here = await mz(['demo', '--once', '--json', '--data', embedded]);
    expect([loaded.code, here.code]).toEqual([0, 0]);
    const [shared, own] = [await eventsAt(there), await eventsAt(['--data', embedded])];
    await other.stop();
    expect(shared.filter(({ stream }) => !stream.startsWith('voucher-'))).toEqual(own);
    const payments = own.filter(({ type }) => type === 'FundsDisbursed');
    const before = shared.filter((_event, index) => shared[index + 1]?.type === 'FundsDisbursed');
    expect(before.map(({ type }) => type)).toEqual(payments.map(() => 'VoucherClaimed'));
    expect(shared.length - own.length).toBe(payments.length);
  });

  test('takes over a ledger, and loading the demo again adds nothing', async () => {
    const { code } = await mz([
      ...['migrate', '--from', `sqlite:${embedded}`, '--to', double.clusterAddress],
    ]);
    expect(code).toBe(0);
    expectSame(await both('demo', '--once', '--json'), 0);
  });

  test.each([
    ['balances'],
    ['balances', '北曹村', '--as-of', '2024-06-30'],
    ['balances', '--known-at', '2024-06-30'],
    ['journal', '--from', '20', '--limit', '5', '--json'],
    ['trace', '160万'],
    ['digest'],
    ['rebuild'],
    ['export', 'events'],
    ...campaignOnly([
      ['progress', '--by', 'town', '--on', '2024-12-31'],
      ['register', '--annex', '1'],
      ['announcements', '--on', '2024-12-31'],
      ['journal', '--place', '北曹村'],
      ['explain', '支付'],
      ['diff', '--from-as-of', '2024-06-30', '--as-of', '2024-09-30', '--events'],
      ['statement', '北曹村'],
      ['replay', '--at', '50'],
      ['search', '北曹村'],
      ['ageing', '--on', '2024-12-31'],
      ['places'],
    ]),
  ])('answers %s %s %s %s %s to the letter as on a directory', async (...command) => {
    expectSame(await both(...command), 0);
  });

  test.each([
    [['balances', '没有这个村'], 2],
    [['balances', '--position', '115'], 2],
    [['arrive', 'x', '1万元', '--token', 'no token'], 4],
  ] as const)('refuses %j with code %i, in the same words', async (command, code) => {
    expectSame(await both(...command), code);
  });

  test('a copy is asked without its cluster, and written only with it', async () => {
    const [, there] = await both('balances');
    expect(await mz(['balances', '--data', node])).toEqual(there);
    const written = await mz(['digest', '--data', node]);
    expect(written.code).toBe(5);
    expect(written.stderr).toMatch(/请用 --store/);
  });

  test('a ledger of its own is not taken for a copy', async () => {
    const { code, stderr } = await mz([
      'balances',
      '--data',
      embedded,
      '--store',
      double.clusterAddress,
    ]);
    expect(code).toBe(5);
    expect(stderr).toMatch(/已有一份自己的台账/);
  });

  test('a copy of another ledger is not gone on with', async () => {
    const other = await startDouble();
    const { code, stderr } = await mz(['digest', '--data', node, '--store', other.address]);
    await other.stop();
    expect(code).toBe(5);
    expect(stderr).toMatch(/本机副本与日志在 .+ 处不一致/);
  });

  test('what is no address is said to be none', async () => {
    const { code, stderr } = await mz(['balances', '--data', node, '--store', 'http://x']);
    expect(code).toBe(5);
    expect(stderr).toMatch(/应以 esdb:\/\/ 开头/);
  });
});

describe('a backup', () => {
  test('of a ledger or of a node is that ledger; a node that begins with one copies only the rest', async () => {
    for (const [data, store] of [
      [embedded, []],
      [node, ['--store', double.clusterAddress]],
    ] as const) {
      const target = `${data}-backup`;
      const { code, stdout } = await mz(['backup', target, '--data', data]);
      expect([code, stdout]).toEqual([0, expect.stringMatching(/已备份 114 个事件/)]);
      const [original, restored] = [
        await mz(['digest', '--data', data, ...store]),
        await mz(['digest', '--data', target, ...store]),
      ];
      expect(restored).toEqual(original);
    }
  });

  test('is not written over anything', async () => {
    const { code, stderr } = await mz(['backup', embedded, '--data', node]);
    expect([code, stderr]).toEqual([5, expect.stringMatching(/不是空目录/)]);
  });

  test('of nothing ends with a sentence', async () => {
    const { code } = await mz(['backup', join(directory, 'b'), '--data', '/nowhere']);
    expect(code).toBe(5);
  });
});

interface Told {
  readonly sound: boolean;
  readonly findings: readonly {
    readonly check: string;
    readonly state: string;
    readonly zh: string;
  }[];
}

const doctor = async (env: NodeJS.ProcessEnv, ...where: readonly string[]): Promise<Told> =>
  JSON.parse((await mz(['doctor', '--json', ...where], env)).stdout) as Told;

const notOk = ({ findings }: Told) =>
  findings.filter(({ state }) => state !== 'ok').map(({ check, state }) => `${check} ${state}`);

describe('mz doctor', () => {
  test('finds nothing wrong with a ledger in a directory', async () => {
    const told = await doctor({}, '--data', embedded);
    expect([told.sound, notOk(told)]).toEqual([true, []]);
  });

  test('finds that nodes without a common key each sign for themselves', async () => {
    const told = await doctor({}, '--data', node, '--store', double.clusterAddress);
    expect([told.sound, notOk(told)]).toEqual([true, ['configuration warning']]);
  });

  test('finds a misspelt variable, and a key that is not there', async () => {
    const env = { MZ_STOER: 'x', MZ_SIGNING_KEY_FILE: '/nowhere/key.json' };
    const told = await doctor(env, '--data', embedded);
    expect([told.sound, notOk(told)]).toEqual([
      false,
      ['configuration warning', 'configuration fault'],
    ]);
  });

  test('finds that no node answers, and that there is no ledger', async () => {
    const nowhere = join(directory, 'nowhere');
    const away = await doctor({}, '--data', nowhere, '--store', 'esdb://localhost:9?tls=false');
    expect(notOk(away)).toEqual(['configuration warning', 'store fault']);
    expect(notOk(await doctor({}, '--data', nowhere))).toEqual(['data fault']);
  });

  test('finds a key that others can read, and a file that is no ledger', async () => {
    const damaged = join(directory, 'damaged');
    await copyDemo(damaged);
    await mz(['token', '--role', 'clerk', '--name', 'x', '--data', damaged]);
    chmodSync(join(damaged, 'signing-key.json'), 0o644);
    expect(notOk(await doctor({}, '--data', damaged))).toEqual(['keys fault']);
    chmodSync(join(damaged, 'signing-key.json'), 0o600);
    writeFileSync(join(damaged, 'events.sqlite'), 'no database at all');
    expect(notOk(await doctor({}, '--data', damaged))).toEqual(['store fault']);
  });

  test('finds keys, and a memory of what was signed, that are none', async () => {
    const spoilt = join(directory, 'spoilt');
    await copyDemo(spoilt);
    await mz(['token', '--role', 'clerk', '--name', 'x', '--data', spoilt]);
    await mz(['checkpoint', '--data', spoilt]);
    const files = ['signing-key.json', 'integrity/log.skey', 'integrity/signer-memory.json'];
    expect(notOk(await doctor({}, '--data', spoilt))).toEqual([]);
    for (const file of files) writeFileSync(join(spoilt, file), 'nothing');
    writeFileSync(join(spoilt, 'vault.key'), 'nothing', { mode: 0o640 });
    expect(notOk(await doctor({}, '--data', spoilt))).toEqual(Array(5).fill('keys fault'));
  });

  test('finds a log that is gone, and one whose pages are damaged', async () => {
    const lost = join(directory, 'lost');
    await copyDemo(lost);
    const file = join(lost, 'events.sqlite');
    const bytes = readFileSync(file);
    bytes.fill(0, bytes.length - 16_384);
    writeFileSync(file, bytes);
    expect(new Set(notOk(await doctor({}, '--data', lost)))).toEqual(new Set(['store fault']));
    writeFileSync(file, '');
    expect(notOk(await doctor({}, '--data', lost))).toEqual(['data fault']);
  });

  test('exits with 5 when something is wrong, and says what to do', async () => {
    const { code, stdout } = await mz(['doctor', '--data', join(directory, 'nowhere')]);
    expect(code).toBe(5);
    expect(stdout).toMatch(/✗ 没有数据目录 .+先用 mz import/);
  });
});
