import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isHash, SHA_256, treeHashOf, type Hash, type TreeHash } from '#integrity/hash';
import {
  appendLeaf,
  formatFrontier,
  parseFrontier,
  rootAt,
  rootOf,
  frontierAt,
} from '#integrity/tree';
import { describePublished, grow, leafOf, readJson } from './given.ts';

/** MTH of RFC 6962 section 2.1, to the letter. */
const mth = (leaves: readonly Hash[], tree: TreeHash): Hash => {
  const [only, ...more] = leaves;
  if (only === undefined) return tree.empty;
  if (more.length === 0) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return tree.node(mth(leaves.slice(0, k), tree), mth(leaves.slice(k), tree));
};

describe.each([
  ['SHA-256', SHA_256],
  ['SM3', treeHashOf('sm3')],
])('a tree of %s', (_name, tree) => {
  const { leaves, roots, reader, frontiers } = grow(300, tree);

  test('has the root of RFC 6962 at every size, when it grows and afterwards', () => {
    roots.forEach((root, size) => {
      expect(root).toBe(mth(leaves.slice(0, size), tree));
      expect(rootAt(size, reader, tree)).toBe(root);
    });
  });

  test('goes on from any frontier that was written down', () => {
    frontiers.slice(0, -1).forEach((frontier, size) => {
      const read = parseFrontier(formatFrontier(frontier));
      expect(read).toEqual(frontier);
      expect(frontierAt(size, reader)).toEqual(frontier);
      const next = appendLeaf(read, leaves[size] ?? '', tree).frontier;
      expect(rootOf(next, tree)).toBe(roots[size + 1]);
    });
  });

  test('stores each complete subtree once', () => {
    let stored = 0;
    for (const [size, frontier] of frontiers.entries()) {
      if (size < 256) stored += appendLeaf(frontier, leaves[size] ?? '', tree).stored.length;
    }
    expect(stored).toBe(2 * 256 - 1);
  });
});

describe('hashes', () => {
  test('a leaf and a node of the same bytes differ', () => {
    const [left, right] = [leafOf(0), leafOf(1)];
    expect(SHA_256.node(left, right)).not.toBe(SHA_256.leaf(Buffer.from(left + right, 'hex')));
  });

  test.each(['', 'zz', 'ab', leafOf(0).slice(2), `${leafOf(0)}00`])(
    'a node has no part %j',
    (part) => {
      expect(() => SHA_256.node(part, leafOf(0))).toThrow('two hashes');
      expect(() => SHA_256.node(leafOf(0), part)).toThrow('two hashes');
    },
  );

  test('a hash is 64 digits, and neither more nor fewer', () => {
    const one = leafOf(0);
    expect([one, `0${one}`, `${one}0`, one.slice(1), one.toUpperCase()].map(isHash)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test('a tree without leaves has the hash of nothing', () => {
    expect(SHA_256.empty).toBe(hash('sha256', '', 'hex'));
    expect(SHA_256.empty).toMatch(/^e3b0c44298fc1c14/);
  });

  test('the leaf with nothing in it is that of Certificate Transparency', () => {
    expect(SHA_256.leaf(Buffer.alloc(0))).toMatch(/^6e340b9cffb37a98/);
  });
});

test.each(['', '1', '-1', '01 aa', '2 ab', `2 ${leafOf(0)} ${leafOf(1)}`, `1 ${leafOf(0)} `])(
  'no frontier is %j',
  (line) => {
    expect(() => parseFrontier(line)).toThrow('Not a frontier');
  },
);

test('a tree is no larger than a number can count', () => {
  const { frontiers } = grow(1);
  const full = { size: Number.MAX_SAFE_INTEGER, peaks: frontiers[1]?.peaks ?? [] };
  expect(() => appendLeaf(full, leafOf(0))).toThrow('full');
  expect(() => frontierAt(-1, { readHashes: () => [] })).toThrow('does not have -1');
});

interface Constants {
  readonly hasher_sha256: Readonly<Record<string, string>>;
  readonly ct_reference_tree: {
    readonly leaves_hex: readonly string[];
    readonly roots_by_size_1_to_8: readonly string[];
  };
}

describePublished('transparency-dev-merkle', (folder) => {
  const constants = readJson(join(folder, 'rfc6962-constants.json')) as Constants;

  test('the hasher', () => {
    const hex = (text: string) => Buffer.from(text).toString('hex');
    expect(Object.values(constants.hasher_sha256)).toEqual([
      SHA_256.empty,
      SHA_256.leaf(Buffer.alloc(0)),
      SHA_256.leaf(Buffer.from('L123456')),
      // The nodes of this one are four bytes long, which ours never are.
      hash('sha256', Buffer.from(`01${hex('N123')}${hex('N456')}`, 'hex')),
    ]);
  });

  test('the reference tree', () => {
    const { leaves_hex: leaves, roots_by_size_1_to_8: expected } = constants.ct_reference_tree;
    const { roots } = grow(8, SHA_256, (n) => SHA_256.leaf(Buffer.from(leaves[n] ?? '', 'hex')));
    expect(roots.slice(1)).toEqual(expected);
  });
});

describePublished('sm2-sm3-tongsuo', (folder) => {
  const file = join(folder, 'test/recipes/30-test_evp_data/evpmd_sm3.txt');
  const text = readFileSync(file, 'utf8');
  const cases = [...text.matchAll(/Digest = SM3\nInput = (\w+)\nOutput = (\w+)/g)];

  test(`${cases.length} digests of SM3, which is what the tree hashes with`, () => {
    expect(cases).toHaveLength(8);
    for (const [, input = '', output = ''] of cases) {
      expect(hash('sm3', Buffer.from(input, 'hex'))).toBe(output.toLowerCase());
    }
    const leaf = Buffer.from('0061', 'hex');
    expect(treeHashOf('sm3').leaf(leaf.subarray(1))).toBe(hash('sm3', leaf));
  });
});
