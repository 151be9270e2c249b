import { describe, expect, test } from '@jest/globals';
import { SHA_256 } from '#integrity/hash';
import { maySign } from '#integrity/signer-state';
import { flipped, grow } from './given.ts';

const { roots, reader } = grow(40);
const headAt = (size: number) => ({ size, root: roots[size] ?? '' });

describe('a key that signs for a log', () => {
  test('signs the first tree, whatever it is', () => {
    expect(maySign(undefined, headAt(7), reader)).toBe('sign');
  });

  test('signs every tree that goes on from the one it signed last', () => {
    for (let next = 1; next <= 40; next++) {
      for (let signed = 0; signed < next; signed++) {
        expect(maySign(headAt(signed), headAt(next), reader)).toBe('sign');
      }
    }
  });

  test('has signed the same tree already', () => {
    expect(maySign(headAt(7), headAt(7), reader)).toBe('already-signed');
  });

  test('signs no smaller tree: the log was restored from a backup', () => {
    expect(maySign(headAt(12), headAt(9), reader)).toBe('would-roll-back');
  });

  test('signs no other tree: the backup has gone on in its own way', () => {
    const fork = grow(40, SHA_256, (n) =>
      SHA_256.leaf(Buffer.from(n < 9 ? `{"n":${n}}` : `其他${n}`)),
    );
    for (let next = 12; next <= 40; next++) {
      const head = { size: next, root: fork.roots[next] ?? '' };
      expect(maySign(headAt(12), head, fork.reader)).toBe('would-fork');
      expect(maySign(headAt(9), head, fork.reader)).toBe('sign');
    }
  });

  test('signs no root that is not over the stored hashes', () => {
    const root = flipped(roots[20] ?? '');
    expect(maySign(headAt(12), { size: 20, root }, reader)).toBe('would-fork');
    expect(maySign(headAt(20), { size: 20, root }, reader)).toBe('would-fork');
    expect(maySign({ size: 0, root }, headAt(3), reader)).toBe('would-fork');
  });
});
