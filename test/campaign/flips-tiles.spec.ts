import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { wan } from '#presentation/figures';
import { presentFault } from '#cli/output/verification-report';
import { generateInto } from '#importers/synthetic/generate-into';
import { parseTilePath } from '#integrity/tiles';
import { readLogIdentity, type LogIdentity } from '#transparency-log/checkpoints/checkpoint-files';
import { publishCheckpoint } from '#transparency-log/sign/publish-checkpoint';
import { systemClock } from '#application/commands/clock';
import { openLedger, type Ledger } from '#wiring/ledger';
import { checkTiles } from '#transparency-log/verify/check-tiles';
import { checkTilesAlone } from '#transparency-log/verify/check-tiles-alone';
import { publishTiles } from '#transparency-log/publish/publish-tiles';
import { mz } from '../support/mz.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { flipAnywhere, flipped, FLIPS } from './flips.ts';
import { signedLedger } from '../support/signed-ledger.ts';
import { fc } from '../support/property.ts';

/** Published tiles, one byte of which was changed on the web server. */

const { directory, remove } = temporaryDirectory();
const published = join(directory, 'published');
const data = join(directory, 'ledger');
let ledger: Ledger;
let identity: LogIdentity;
/** What is published, one file after the other. */
let files: readonly { readonly path: string; readonly bytes: Buffer }[];
let total: number;
/** Tiles of the first checkpoint that the second has no use for. */
let older: ReadonlySet<string>;

const pathsIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();

const publish = async (): Promise<number> => {
  const checkpoint = await publishCheckpoint(ledger, systemClock);
  return publishTiles(published, checkpoint, ledger.tree);
};

beforeAll(async () => {
  const perStop: string[][] = [];
  const size = { villages: 21, years: 2, seed: 3 };
  await signedLedger(data, size, [0.4, 1], (checkpoint, { tree }) => {
    publishTiles(published, checkpoint, tree);
    perStop.push([...pathsIn(published)]);
  });
  ledger = await openLedger({ directory: data });
  const { size: now } = await publishCheckpoint(ledger, systemClock);
  older = new Set(
    perStop[0]?.filter((path) => path.includes('.p/') && !path.endsWith(`/${now % 256}`)),
  );
  files = pathsIn(published).map((path) => ({ path, bytes: readFileSync(join(published, path)) }));
  total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const found = readLogIdentity(data);
  if (found === undefined) throw new Error('It was signed.');
  identity = found;
});
afterAll(async () => {
  await ledger.close();
  remove();
});

const faults = () => checkTiles(published, ledger, identity);
const kinds = async () => [...new Set((await faults()).map(({ kind }) => kind))];

/** The file in which a byte of all that is published stands, and where in it. */
const fileAt = (byte: number) => {
  let at = byte;
  for (const file of files) {
    if (at < file.bytes.length) return { ...file, at };
    at -= file.bytes.length;
  }
  throw new Error(`${byte} is beyond the last file.`);
};

/** What is told of the event whose leaf stands at a byte of a tile: village and amount, where it has them. */
const toldOf = async (path: string, at: number): Promise<readonly string[]> => {
  if (!path.startsWith('tile/0/')) return [path];
  const position = parseTilePath(path).index * 256 + Math.floor(at / 32) + 1;
  for await (const { id, data: said } of ledger.log.readAll({ from: BigInt(position), limit: 1 })) {
    const village = ledger.views.db.get<{ name: string }>(
      'SELECT place.name FROM allocation JOIN place USING (placeId) WHERE allocationId = ?',
      JSON.stringify(said['allocationId'] ?? '').slice(1, -1),
    );
    const amount = said['amountFen'];
    return [
      ...[path, `event ${position}:`, id],
      ...(village === undefined ? [] : [village.name]),
      ...(typeof amount === 'number' ? [`${wan(amount)} 万元`] : []),
    ];
  }
  throw new Error(`There is no event at ${position}.`);
};

test('every flip is found; one in a leaf is told with its event, village and amount', async () => {
  let leaves = 0;
  await fc.assert(
    fc.asyncProperty(flipAnywhere(total), async ({ at: byte, by }) => {
      const { path, bytes, at } = fileAt(byte);
      writeFileSync(join(published, path), flipped(bytes, { at, by }));
      try {
        const found = (await faults())
          .map((fault) => presentFault(ledger.views.db, fault).en)
          .join('\n');
        expect(found).not.toBe('');
        if (path === 'checkpoint') return;
        leaves += path.startsWith('tile/0/') ? 1 : 0;
        for (const told of await toldOf(path, at)) expect(found).toContain(told);
        if (older.has(path)) return;
        const alone = checkTilesAlone(published, identity.vkeys);
        expect(alone.faults).toContainEqual({ kind: 'tile-altered', path });
      } finally {
        writeFileSync(join(published, path), bytes);
      }
    }),
    { numRuns: FLIPS, seed: 1, endOnFailure: true },
  );
  console.log(`Of ${FLIPS} flips in ${total} bytes ${leaves} were in leaves; all were found.`);
  expect(await faults()).toEqual([]);
}, 3_600_000);

describe('tiles in a directory', () => {
  let copy: string;
  beforeAll(() => {
    copy = mkdtempSync(join(directory, 'copy-'));
    cpSync(published, copy, { recursive: true });
  });
  afterAll(() => {
    rmSync(published, { recursive: true, force: true });
    cpSync(copy, published, { recursive: true });
  });

  test('are those of c2sp.org/tlog-tiles, and may be read by everybody', () => {
    const size = identity.checkpoints.at(-1)?.size ?? 0;
    expect(size).toBeGreaterThan(512);
    const full = ['tile/0/000', 'tile/0/001'];
    expect(pathsIn(published)).toEqual(expect.arrayContaining(['checkpoint', ...full]));
    expect(pathsIn(published)).toContain(`tile/1/000.p/${Math.floor(size / 256)}`);
    expect(readFileSync(join(published, 'checkpoint'), 'utf8')).toBe(
      identity.checkpoints.at(-1)?.note,
    );
    for (const path of pathsIn(published)) {
      expect(statSync(join(published, path)).mode & 0o444).toBe(0o444);
    }
  });

  test('are written once: publishing again writes none', async () => {
    expect(await publish()).toBe(0);
  });

  test('may be offered in part only until that is found', async () => {
    rmSync(join(published, 'tile/0/001'));
    expect(await kinds()).toEqual(['tile-missing']);
    expect(checkTilesAlone(published, identity.vkeys).faults).toContainEqual({
      kind: 'tile-missing',
      path: 'tile/0/001',
    });
    cpSync(copy, published, { recursive: true });
    writeFileSync(join(published, 'tile/0/999'), '');
    expect(await kinds()).toEqual(['tile-foreign']);
    rmSync(join(published, 'tile/0/999'));
  });

  test('come before their checkpoint: an attempt that fails leaves the earlier one, and it holds', async () => {
    const web = join(directory, 'interrupted');
    const [first, second] = identity.checkpoints;
    if (first === undefined || second === undefined) throw new Error('It was signed twice.');
    publishTiles(web, first, ledger.tree);
    // No file can take the place of a directory.
    mkdirSync(join(web, 'tile/1/000.p/2'), { recursive: true });
    expect(() => publishTiles(web, second, ledger.tree)).toThrow(/EISDIR/);
    expect(readFileSync(join(web, 'checkpoint'), 'utf8')).toBe(first.note);
    rmSync(join(web, 'tile/1/000.p/2'), { recursive: true });
    expect(await checkTiles(web, ledger, identity)).toEqual([]);
    expect(checkTilesAlone(web, identity.vkeys).faults).toEqual([]);
    publishTiles(web, second, ledger.tree);
    expect(await checkTiles(web, ledger, identity)).toEqual([]);
  });

  test('of another log are neither gone on with nor written over', async () => {
    const other = await openLedger({ directory: join(directory, 'other') });
    await generateInto(other.store, { villages: 21, years: 2, seed: 9 });
    const checkpoint = await publishCheckpoint(other, systemClock);
    const refused = expect.objectContaining({ fault: 'foreign-file' });
    expect(() => publishTiles(published, checkpoint, other.tree)).toThrow(refused);
    rmSync(join(published, 'checkpoint'));
    expect(() => publishTiles(published, checkpoint, other.tree)).toThrow(refused);
    expect(await kinds()).toEqual(['checkpoint-unreadable']);
    cpSync(copy, published, { recursive: true });
    await other.close();
  });
});

test('the commands: publish, verify with the ledger, verify with the key alone', async () => {
  await ledger.close();
  const into = join(directory, 'web');
  const done = await mz(['checkpoint', '--publish', into, '--data', data, '--json']);
  expect(JSON.parse(done.stdout)).toMatchObject({ tiles: 4 });
  const ask = (...how: string[]) => mz(['verify', '--tiles', into, ...how, '--lang', 'en']);
  expect(await ask('--data', data)).toMatchObject({ code: 0 });
  expect(await ask('--key', identity.vkeys[0] ?? '')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('are those of the signed root'),
  });
  const tile = join(into, 'tile/0/001');
  writeFileSync(tile, flipped(readFileSync(tile), { at: 40, by: 1 }));
  expect(await ask('--data', data)).toMatchObject({
    code: 11,
    stderr: expect.stringContaining(
      'tile/0/001 was altered; the first leaf that differs is of event 258',
    ),
  });
  expect(await ask('--key', identity.vkeys[0] ?? '')).toMatchObject({ code: 11 });
  ledger = await openLedger({ directory: data });
});
