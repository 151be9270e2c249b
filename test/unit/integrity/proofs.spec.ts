import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checkConsistency, checkInclusion } from '#integrity/check';
import type { Hash } from '#integrity/hash';
import { proveConsistency, proveInclusion } from '#integrity/prove';
import { times } from '../../support/property.ts';
import { describePublished, filesUnder, flipped, grow, leafOf, readJson } from './given.ts';

/** Of all trees up to this size; what is tried grows with its cube. */
const MAX = times(40, 100);
const { leaves, roots, reader } = grow(MAX + 1);
const sizes = Array.from({ length: MAX }, (_, n) => n + 1);

/** Every claim is tried with every other size, which is too much for all of them. */
const SMALL = MAX / 2;
const otherSizes = (size: number): readonly number[] =>
  [-1, 0, NaN, 2 ** 53, ...sizes.slice(0, SMALL)].filter((other) => other !== size);

const headAt = (size: number) => ({ size, root: roots[size] ?? '' });

/** Every way to spoil a list of hashes by one of them. */
const spoilt = (hashes: readonly Hash[]): readonly (readonly Hash[])[] => [
  ...hashes.flatMap((hash, at) => [
    hashes.with(at, flipped(hash, 0)),
    hashes.with(at, flipped(hash, 31)),
    hashes.with(at, hash.toUpperCase()),
    hashes.with(at, ''),
    hashes.toSpliced(at, 1),
    hashes.toSpliced(at, 0, hash),
  ]),
  [...hashes, leafOf(0)],
  [leafOf(0), ...hashes],
  [...hashes, ''],
];

/** From a leaf up, on which side the sibling stands: a root says nothing of its size but this. */
const turns = (index: number, size: number): string => {
  if (size === 1) return '';
  const k = splitOf(size);
  return index < k ? `${turns(index, k)}r` : `${turns(index - k, size - k)}l`;
};

const subTurns = (m: number, n: number, isKnown: boolean): string => {
  if (m === n) return isKnown ? '=' : '+';
  const k = splitOf(n);
  return m <= k ? `${subTurns(m, k, isKnown)}r` : `${subTurns(m - k, n - k, false)}l`;
};

const splitOf = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

describe(`inclusion of every leaf in every tree up to ${MAX} leaves`, () => {
  const claims = sizes.flatMap((size) =>
    Array.from({ length: size }, (_, index) => ({
      size,
      index,
      leaf: leaves[index] ?? '',
      hashes: proveInclusion(index, size, reader),
    })),
  );

  test('each leaf of each tree is proven', () => {
    const isProven = claims.every(({ size, index, leaf, hashes }) =>
      checkInclusion(leaf, { index, hashes }, headAt(size)),
    );
    expect(isProven).toBe(true);
  });

  test('when a hash of the proof is changed, missing or added, no leaf is proven', () => {
    const wrong = claims.filter(({ size, index, leaf, hashes }) =>
      spoilt(hashes).some((other) => checkInclusion(leaf, { index, hashes: other }, headAt(size))),
    );
    expect(wrong).toEqual([]);
  });

  test('no leaf is proven at another index, nor another leaf, nor under another root', () => {
    const wrong = claims.filter(({ size, index, leaf, hashes }) => {
      const others = [-1, 0.5, NaN, 2 ** 53, ...Array(MAX + 1).keys()].filter((n) => n !== index);
      return (
        others.some((n) => checkInclusion(leaf, { index: n, hashes }, headAt(size))) ||
        checkInclusion(flipped(leaf), { index, hashes }, headAt(size)) ||
        checkInclusion('', { index, hashes }, headAt(size)) ||
        checkInclusion(leaf, { index, hashes }, { size, root: flipped(roots[size] ?? '') }) ||
        checkInclusion(leaf, { index, hashes }, { size, root: '' })
      );
    });
    expect(wrong).toEqual([]);
  });

  test('no leaf is proven for another size, unless the way up is the same and so is the root', () => {
    const small = claims.filter(({ size }) => size <= SMALL);
    const wrong = small.filter(({ size, index, leaf, hashes }) => {
      const way = turns(index, size);
      const root = roots[size] ?? '';
      return otherSizes(size).some((other) => {
        const isSameWay = index < other && other <= SMALL && turns(index, other) === way;
        const claim = { size: other, root };
        return (
          checkInclusion(leaf, { index, hashes }, headAt(other)) ||
          checkInclusion(leaf, { index, hashes }, claim) !== isSameWay
        );
      });
    });
    expect(wrong).toEqual([]);
  });
});

describe(`consistency of every two trees up to ${MAX} leaves`, () => {
  const claims = sizes.flatMap((newer) =>
    Array.from({ length: newer }, (_, n) => ({
      older: n + 1,
      newer,
      hashes: proveConsistency(n + 1, newer, reader),
    })),
  );

  test('each larger tree is proven to begin with each smaller one', () => {
    const isProven = claims.every(({ older, newer, hashes }) =>
      checkConsistency(headAt(older), headAt(newer), hashes),
    );
    expect(isProven).toBe(true);
  });

  test('when a hash of the proof is changed, missing or added, no consistency is proven', () => {
    const wrong = claims.filter(({ older, newer, hashes }) =>
      spoilt(hashes).some((other) => checkConsistency(headAt(older), headAt(newer), other)),
    );
    expect(wrong).toEqual([]);
  });

  test('no consistency is proven under another root, nor backwards', () => {
    const wrong = claims.filter(({ older, newer, hashes }) => {
      const [old, now] = [headAt(older), headAt(newer)];
      return (
        checkConsistency({ ...old, root: flipped(old.root) }, now, hashes) ||
        checkConsistency(old, { ...now, root: flipped(now.root) }, hashes) ||
        (older !== newer && checkConsistency(now, old, hashes)) ||
        (older !== newer && checkConsistency({ ...old, root: now.root }, now, hashes))
      );
    });
    expect(wrong).toEqual([]);
  });

  test('no consistency is proven for another size, unless the way up is the same and so are the roots', () => {
    const small = claims.filter(({ newer }) => newer <= SMALL);
    const wrong = small.filter(({ older, newer, hashes }) => {
      const [old, now] = [headAt(older), headAt(newer)];
      const way = subTurns(older, newer, true);
      const isSameWay = (m: number, n: number) =>
        m >= 1 && m <= n && n <= SMALL && subTurns(m, n, true) === way;
      const isWrongOld = (size: number) =>
        checkConsistency(headAt(size), now, hashes) ||
        checkConsistency({ ...old, size }, now, hashes) !== isSameWay(size, newer);
      const isWrongNew = (size: number) =>
        checkConsistency(old, headAt(size), hashes) ||
        checkConsistency(old, { ...now, size }, hashes) !== isSameWay(older, size);
      return otherSizes(older).some(isWrongOld) || otherSizes(newer).some(isWrongNew);
    });
    expect(wrong).toEqual([]);
  });

  test('no consistency is proven with a tree that has no leaves', () => {
    expect(proveConsistency(0, 7, reader)).toEqual([]);
    expect(checkConsistency(headAt(0), headAt(7), [])).toBe(false);
    expect(checkConsistency(headAt(0), headAt(0), [])).toBe(false);
  });
});

test.each([
  [-1, 4],
  [4, 4],
  [0.5, 4],
  [0, 2 ** 53],
])('there is no proof of leaf %d in a tree of %d', (index, size) => {
  expect(() => proveInclusion(index, size, reader)).toThrow(RangeError);
});

test.each([
  [5, 4],
  [-1, 4],
  [1, NaN],
])('a tree of %d leaves has no proof that it begins a tree of %d', (older, newer) => {
  expect(() => proveConsistency(older, newer, reader)).toThrow(RangeError);
});

interface InclusionProbe {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

interface ConsistencyProbe {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

const hex = (base64: string): Hash => Buffer.from(base64, 'base64').toString('hex');

describePublished('transparency-dev-merkle', (folder) => {
  const inclusion = filesUnder(join(folder, 'testdata/inclusion'));
  const consistency = filesUnder(join(folder, 'testdata/consistency'));

  test('there are 98 probes of inclusion and 98 of consistency', () => {
    expect([inclusion.length, consistency.length]).toEqual([98, 98]);
  });

  test.each(inclusion.map((file) => [file.slice(folder.length + 10), file]))(
    '%s',
    (_name, file) => {
      const probe = readJson(file) as InclusionProbe;
      const proof = { index: probe.leafIdx, hashes: (probe.proof ?? []).map(hex) };
      const head = { size: probe.treeSize, root: hex(probe.root) };
      expect(checkInclusion(hex(probe.leafHash), proof, head)).toBe(!probe.wantErr);
    },
  );

  test.each(consistency.map((file) => [file.slice(folder.length + 10), file]))(
    '%s',
    (_name, file) => {
      const { size1, root1, size2, root2, proof, wantErr } = readJson(file) as ConsistencyProbe;
      const older = { size: size1, root: hex(root1) };
      const newer = { size: size2, root: hex(root2) };
      expect(checkConsistency(older, newer, (proof ?? []).map(hex))).toBe(!wantErr);
    },
  );
});
