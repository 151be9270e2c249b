import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { mz } from '../../support/mz.ts';
import { copyCounty } from '../../support/shared-ledgers.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
const ledger = join(directory, 'ledger');
const packed = join(directory, 'packed');
const inPackage = (name: string): string => join(packed, name);

const done = async (...command: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await mz(command);
  if (code !== 0) throw new Error(`${command.join(' ')}: ${stderr}`);
  return stdout;
};
/** The verifier as an auditor runs it: a file, a bundle and a key, and nothing of ours. */
const verify = (bundle: string, ...options: readonly string[]) =>
  spawnSync(
    process.execPath,
    [inPackage('verify.mjs'), bundle, '--key', inPackage('ledger.vkey'), ...options],
    { encoding: 'utf8', cwd: packed, env: {} },
  );

beforeAll(async () => {
  await copyCounty(ledger);
  await done('checkpoint', '--data', ledger, '-o', join(directory, 'kept'));
  await done('export', 'audit', '-o', packed, '--data', ledger);
});
afterAll(remove);

describe('an audit package', () => {
  test('is verified by a program that knows nothing of the ledger', () => {
    const { status, stdout } = verify('bundle.ndjson', '--since', join(directory, 'kept'));
    expect(stdout).toMatch(/unaltered/);
    expect(status).toBe(0);
  });

  test('is found to be altered when one figure in it is', () => {
    const bundle = readFileSync(inPackage('bundle.ndjson'), 'utf8');
    const altered = bundle.replace(/"amountFen":(\d)/, (_, digit: string) => {
      return `"amountFen":${digit === '9' ? 1 : Number(digit) + 1}`;
    });
    writeFileSync(join(directory, 'altered.ndjson'), altered);
    const leaves = ['--leaves', inPackage('leaves.bin')];
    expect(verify(join(directory, 'altered.ndjson'), ...leaves).status).toBe(11);
  });

  test('holds the events as they are exported, and their leaves', async () => {
    const events = await done('export', 'events', '--data', ledger);
    const [, ...lines] = readFileSync(inPackage('bundle.ndjson'), 'utf8').split('\n');
    const count = events.trimEnd().split('\n').length;
    expect(`${lines.slice(0, count).join('\n')}\n`).toBe(events);
    const first = createHash('sha256').update(`\0${lines[0]}`).digest();
    expect(readFileSync(inPackage('leaves.bin')).subarray(0, 32)).toEqual(first);
  });

  test('has tables whose sums are those of the ledger', async () => {
    const { totals } = JSON.parse(await done('balances', '--json', '--data', ledger)) as {
      readonly totals: Readonly<Record<string, number>>;
    };
    const db = new DatabaseSync(inPackage('audit.sqlite'), { readOnly: true });
    const sum = (account: string): number => {
      const row = db
        .prepare(
          `SELECT sum(CASE ? WHEN toAccount THEN amountFen WHEN fromAccount THEN -amountFen END) AS fen
           FROM postings`,
        )
        .get(account);
      return Number(row?.['fen']);
    };
    expect([sum('paid'), sum('returned'), -sum('source')]).toEqual([
      totals['paidFen'],
      totals['returnedFen'],
      totals['allocatedFen'],
    ]);
    const rows = Number(db.prepare('SELECT count(*) AS n FROM postings').get()?.['n']);
    db.close();
    const csv = readFileSync(inPackage('tables/postings.csv'), 'utf8').trimEnd().split('\r\n');
    expect(csv.length).toBe(rows + 1);
    expect(csv[0]?.charCodeAt(0)).toBe(0xfeff);
  });

  test('lists its files with sums that hold', () => {
    const lines = readFileSync(inPackage('SHA256SUMS'), 'utf8').trimEnd().split('\n');
    for (const line of lines) {
      const [sum, name = ''] = line.split('  ');
      expect(
        createHash('sha256')
          .update(readFileSync(inPackage(name)))
          .digest('hex'),
      ).toBe(sum);
    }
    expect(lines.length).toBeGreaterThan(6);
  });

  test('is the same, byte for byte, whenever it is made of the same ledger', async () => {
    const again = join(directory, 'again');
    await done('export', 'audit', '-o', again, '--data', ledger);
    expect(readFileSync(join(again, 'SHA256SUMS'), 'utf8')).toBe(
      readFileSync(inPackage('SHA256SUMS'), 'utf8'),
    );
  });

  test('is not written over anything, nor of a ledger that was never signed', async () => {
    const over = await mz(['export', 'audit', '-o', packed, '--data', ledger]);
    expect([over.code, over.stderr]).toEqual([5, expect.stringMatching(/不是空目录/)]);
    const unsigned = join(directory, 'unsigned');
    await done('demo', '--once', '--data', unsigned);
    const none = await mz(['export', 'audit', '-o', join(directory, 'x'), '--data', unsigned]);
    expect([none.code, none.stderr]).toEqual([5, expect.stringMatching(/mz checkpoint/)]);
    expect(existsSync(join(directory, 'x'))).toBe(false);
  });
});
