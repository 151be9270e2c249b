import { describe, expect, test } from '@jest/globals';
import { checkInclusion } from '#integrity/check';
import { proveConsistency, proveInclusion } from '#integrity/prove';
import { openTiles, TilesDiffer } from '#integrity/tile-reader';
import {
  parseTilePath,
  tileAt,
  tileBytes,
  tilePath,
  tilesBetween,
  type Tile,
} from '#integrity/tiles';
import { rootAt } from '#integrity/tree';
import { grow } from './given.ts';
import { fc, times } from '../../support/property.ts';

describe('the path of a tile', () => {
  test.each<[Tile, string]>([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 1234, width: 256 }, 'tile/0/x001/234'],
    [{ level: 3, index: 1234067, width: 256 }, 'tile/3/x001/x234/067'],
    [{ level: 1, index: 4, width: 57 }, 'tile/1/004.p/57'],
    [{ level: 63, index: 999, width: 1 }, 'tile/63/999.p/1'],
  ])('of %j is %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  test.each([
    'tile/64/000',
    'tile/00/000',
    'tile/0/0',
    'tile/0/x000/001',
    'tile/0/001/001',
    'tile/0/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/entries/000',
    '/tile/0/000',
    'tile/0/000/',
    '',
  ])('is not %s', (path) => {
    expect(() => parseTilePath(path)).toThrow('Not a tile');
  });
});

const MAX = times(66_000, 66_000); // three levels of tiles; two when there are few
const { roots, leaves, reader } = grow(MAX);
const headAt = (size: number) => ({ size, root: roots[size] ?? '' });

/** All that was published up to a size, in one step or in several. */
const publish = (...sizes: readonly number[]): Map<string, Buffer> => {
  const published = new Map<string, Buffer>();
  sizes.forEach((size, n) => {
    for (const tile of tilesBetween(sizes[n - 1] ?? 0, size)) {
      published.set(tilePath(tile), tileBytes(tile, reader));
    }
  });
  return published;
};

const readFrom = (published: ReadonlyMap<string, Buffer>) => (tile: Tile) =>
  published.get(tilePath(tile)) ?? Buffer.alloc(0);

describe('the tiles to publish', () => {
  test('of 70,000 leaves are those of the example', () => {
    const widths = new Map<string, number>();
    for (const { level, width } of tilesBetween(0, 70_000)) {
      const kind = `${level} of ${width}`;
      widths.set(kind, (widths.get(kind) ?? 0) + 1);
    }
    expect([...widths]).toEqual([
      ['0 of 256', 273],
      ['0 of 112', 1],
      ['1 of 256', 1],
      ['1 of 17', 1],
      ['2 of 1', 1],
    ]);
  });

  test('of 256 leaves are a full one and one of width 1 above it', () => {
    expect(tilesBetween(0, 256).map(tilePath)).toEqual(['tile/0/000', 'tile/1/000.p/1']);
  });

  test('are none when nothing was added', () => {
    expect(tilesBetween(300, 300)).toEqual([]);
    expect(tileAt(0, 2, 512)).toBeUndefined();
  });

  test('step by step hold all that the last tree needs', () => {
    const sizes = fc.uniqueArray(fc.integer({ min: 1, max: 3_000 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(sizes, (any) => {
        const steps = [...any].sort((a, b) => a - b);
        const size = steps.at(-1) ?? 0;
        const tiles = openTiles(headAt(size), readFrom(publish(...steps)));
        expect(rootAt(size, tiles)).toBe(roots[size]);
      }),
      { numRuns: times(100, 100) },
    );
  });
});

describe('a tree read from tiles', () => {
  const EDGES = [1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, MAX];
  const size = fc.oneof(
    fc.integer({ min: 1, max: MAX }),
    fc.constantFrom(...EDGES.filter((edge) => edge <= MAX)),
  );
  const published = publish(...Array.from({ length: 258 }, (_, n) => n + 1), MAX);
  /** A partial tile is the beginning of the full one. */
  const readTile = (tile: Tile): Buffer => published.get(tilePath(tile)) ?? tileBytes(tile, reader);

  test('gives the proofs that memory gives', () => {
    fc.assert(
      fc.property(size, fc.nat(), (newer, any) => {
        const tiles = openTiles(headAt(newer), readTile);
        const index = any % newer;
        const proof = { index, hashes: proveInclusion(index, newer, tiles) };
        expect(proof.hashes).toEqual(proveInclusion(index, newer, reader));
        expect(checkInclusion(leaves[index] ?? '', proof, headAt(newer))).toBe(true);
        expect(proveConsistency(index, newer, tiles)).toEqual(
          proveConsistency(index, newer, reader),
        );
      }),
      { numRuns: times(300, 300) },
    );
  });

  test('has no subtree that the tree has not', () => {
    const tiles = openTiles(headAt(300), readTile);
    expect(() => tiles.readHashes([{ level: 0, index: 300 }])).toThrow(RangeError);
    expect(() => tiles.readHashes([{ level: 3, index: 37 }])).toThrow(RangeError);
    expect(() => tiles.readHashes([{ level: 9, index: 0 }])).toThrow(RangeError);
  });

  test('without leaves has the root of nothing', () => {
    expect(rootAt(0, openTiles(headAt(0), readTile))).toBe(roots[0]);
    expect(() => openTiles({ size: 0, root: roots[1] ?? '' }, readTile)).toThrow(TilesDiffer);
  });
});

describe('tiles that are not of the tree', () => {
  const size = 600;
  const published = publish(size);
  const readAll = (tiles: ReadonlyMap<string, Buffer>): void => {
    const opened = openTiles(headAt(size), readFrom(tiles));
    opened.readHashes(Array.from({ length: size }, (_, index) => ({ level: 0, index })));
  };

  test('are those of a tree as they are', () => {
    expect([...published.keys()]).toHaveLength(4);
    expect(() => readAll(published)).not.toThrow();
  });

  test.each([...published.keys()])('are found by any changed hash of %s', (path) => {
    const bytes = published.get(path) ?? Buffer.alloc(0);
    for (let at = 0; at < bytes.length; at += 32) {
      const changed = Buffer.from(bytes);
      changed[at + 31] = (changed[at + 31] ?? 0) ^ 1;
      expect(() => readAll(new Map(published).set(path, changed))).toThrow(TilesDiffer);
    }
  });

  test.each([...published.keys()])('are found when %s is short, long or not there', (path) => {
    const bytes = published.get(path) ?? Buffer.alloc(0);
    const others = [bytes.subarray(1), bytes.subarray(32), Buffer.concat([bytes, bytes])];
    for (const other of [...others, Buffer.alloc(0)]) {
      expect(() => readAll(new Map(published).set(path, other))).toThrow('Not a tile');
    }
  });
});
