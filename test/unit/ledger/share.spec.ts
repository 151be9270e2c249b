import { describe, expect, test } from '@jest/globals';
import { shareBp } from '#ledger/share';
import { fc } from '../../support/property.ts';

describe('a share in basis points', () => {
  test.each([
    ['nothing of something is 0', 0n, 7n, 0],
    ['all is 10,000', 7n, 7n, 10_000],
    ['nothing to divide by has no share', 3n, 0n, null],
    ['nothing of nothing has no share', 0n, 0n, null],
    ['a third is rounded down', 1n, 3n, 3_333],
    ['two thirds are rounded up', 2n, 3n, 6_667],
    ['half a basis point is rounded up', 25n, 20_000n, 13],
    ['0.004 % shows', 4n, 100_000n, 1],
    ['one fen of the largest sum shows', 1n, 9_007_199_254_740_991n, 1],
    ['99.999 % is not all', 99_999n, 100_000n, 9_999],
    [
      'one fen short of the largest sum is not all',
      9_007_199_254_740_990n,
      9_007_199_254_740_991n,
      9_999,
    ],
    ['100.001 % is more than all', 100_001n, 100_000n, 10_001],
    ['three halves are 150 %', 3n, 2n, 15_000],
    ['below zero is the opposite, negated', -1n, 3n, -3_333],
    ['below zero 0.004 % shows', -4n, 100_000n, -1],
    ['below zero only the opposite of all is all', -99_999n, 100_000n, -9_999],
    ['a part and a whole below zero share as above it', -1n, -3n, 3_333],
  ] as const)('%s', (_sentence, part, whole, bp) => {
    expect(shareBp(part, whole)).toBe(bp);
  });

  test('of any two amounts, is long division to the fifth digit, never a false 0 or 100 %', () => {
    const fen = fc.bigInt({ min: -9_007_199_254_740_991n, max: 9_007_199_254_740_991n });
    const near = fc
      .tuple(fen, fc.bigInt({ min: -3n, max: 3n }))
      .map(([whole, off]) => [whole + off, whole] as const);
    fc.assert(
      fc.property(fc.oneof(fc.tuple(fen, fen), near), ([part, whole]) => {
        fc.pre(whole !== 0n);
        expect(shareBp(part, whole)).toBe(byLongDivision(part, whole));
      }),
    );
  });
});

/** Written as one divides on paper: digits after the point one by one, the fifth one rounds. */
const byLongDivision = (part: bigint, whole: bigint): number => {
  const [left, right] = [part, whole].map((value) => BigInt(String(value).replace('-', '')));
  if (left === undefined || right === undefined) throw new Error('Two numbers go in.');
  if (left === 0n) return 0;
  let digits = String(left / right);
  for (let rest = left % right, place = 0; place < 5; place += 1) {
    digits += String((rest * 10n) / right);
    rest = (rest * 10n) % right;
  }
  const isRoundedUp = '56789'.includes(digits.at(-1) ?? '');
  let bp = BigInt(digits.slice(0, -1)) + BigInt(isRoundedUp);
  if (bp === 0n) bp = 1n;
  if (bp === 10_000n && left < right) bp = 9_999n;
  if (bp === 10_000n && left > right) bp = 10_001n;
  return Number(String(part).startsWith('-') === String(whole).startsWith('-') ? bp : -bp);
};
