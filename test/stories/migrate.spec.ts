import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { generateInto } from '#importers/synthetic/generate-into';
import { openLedger } from '#wiring/ledger';
import { startDouble, type EsdbDouble } from '../support/esdb-double/double.ts';
import { mz } from '../support/mz.ts';
import { copyDemo } from '../support/shared-ledgers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
const source = join(directory, 'source');
let events = 0;

beforeAll(async () => {
  await copyDemo(source);
  const ledger = await openLedger({ directory: source });
  events = Number(await ledger.log.head());
  await ledger.close();
});
afterAll(remove);

const exported = async (...where: readonly string[]): Promise<string> => {
  const file = join(directory, 'events.ndjson');
  const { code, stderr } = await mz(['export', 'events', '-o', file, ...where]);
  if (code !== 0) throw new Error(stderr);
  return createHash('sha256').update(readFileSync(file)).digest('hex');
};

interface Told {
  readonly added: number;
  readonly source: { readonly events: number; readonly digest: string };
  readonly target: { readonly events: number; readonly digest: string };
}

const migrate = async (from: string, to: string) => {
  const { code, stdout, stderr } = await mz(['migrate', '--json', '--from', from, '--to', to]);
  return { code, stderr, told: code === 0 ? (JSON.parse(stdout) as Told) : undefined };
};

describe('mz migrate', () => {
  let double: EsdbDouble;
  let target: string;
  let number = 0;
  beforeEach(async () => {
    double = await startDouble();
    target = join(directory, `target-${(number += 1)}`);
  });
  afterEach(() => double.stop());

  test('views of the ledger that came back are those of the one that left', async () => {
    await migrate(`sqlite:${source}`, double.address);
    await migrate(double.address, `sqlite:${target}`);
    const digests = await Promise.all([
      mz(['digest', '--data', source]),
      mz(['digest', '--data', join(directory, `views-${number}`), '--store', double.address]),
      mz(['digest', '--data', target]),
    ]);
    expect(digests.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(new Set(digests.map(({ stdout }) => stdout)).size).toBe(1);
  });

  test('a target that holds another ledger is refused, and left as it was', async () => {
    const other = join(directory, `other-${number}`);
    const ledger = await openLedger({ directory: other });
    await generateInto(ledger.store, { villages: 2, years: 1, seed: 8 });
    await ledger.close();
    const before = await exported('--data', other);
    const { code, stderr } = await migrate(`sqlite:${source}`, `sqlite:${other}`);
    expect(code).toBe(3);
    expect(stderr).toMatch(/目标是另一份台账/);
    expect(await exported('--data', other)).toBe(before);
  });

  test('a target that was written to since is refused', async () => {
    await migrate(`sqlite:${source}`, double.address);
    double.log.append('mingzhang.place-x', 'no_stream', [
      {
        id: '0190a0b0-0000-7000-8000-000000000000',
        type: 'PlaceRegistered',
        contentType: 'application/json',
        data: Buffer.from('{}'),
        customMetadata: Buffer.from('{}'),
      },
    ]);
    expect((await migrate(`sqlite:${source}`, double.address)).code).toBe(3);
  });

  test('what a node holds of a cluster that is lost fills a new one', async () => {
    await migrate(`sqlite:${source}`, double.address);
    const node = join(directory, `node-of-lost-${number}`);
    await mz(['digest', '--data', node, '--store', double.address]);
    const next = await startDouble();
    const { told } = await migrate(`copy:${node}`, next.address);
    await next.stop();
    expect(told?.target.events).toBe(events);
  });

  test('a log of an earlier release is read, but moved before it is written to', async () => {
    const old = join(directory, `old-${number}`);
    await migrate(`sqlite:${source}`, `sqlite:${old}`);
    const db = new DatabaseSync(join(old, 'events.sqlite'));
    db.exec('PRAGMA user_version = 1; ALTER TABLE event DROP COLUMN leaf; DROP TABLE subtree');
    db.close();
    const written = await mz(['digest', '--data', old]);
    expect([written.code, written.stderr]).toEqual([5, expect.stringContaining(`copy:${old}`)]);
    const { told } = await migrate(`copy:${old}`, `sqlite:${target}`);
    expect(told?.target.events).toBe(events);
  });

  test.each([
    ['ftp://somewhere', /不是日志/],
    ['esdb://host:1?tlsVerifyCert=false', /tlsCaFile/],
    ['sqlite:/proc/nowhere', /建不了/],
  ])('to %s ends with a sentence', async (to, sentence) => {
    const { code, stderr } = await migrate(`sqlite:${source}`, to);
    expect(code).toBe(5);
    expect(stderr).toMatch(sentence);
  });

  test('from nowhere ends with a sentence', async () => {
    const { code, stderr } = await migrate('sqlite:/nowhere', double.address);
    expect(code).toBe(5);
    expect(stderr).toMatch(/没有台账/);
  });
});
