/**
 * `part` ÷ `whole` in basis points (1/100 of a per cent); null where there is nothing to divide by.
 *
 * Rounded half up by size, with two exceptions that keep a figure from saying what is not so: only
 * a part equal to the whole is 10,000 bp (100.00 %), and only a part of zero is 0 bp. So 0.004 % is
 * 1 bp, 99.999 % is 9,999 bp and 100.001 % is 10,001 bp. A share below zero is that of its opposite,
 * negated. Both arguments are in the same unit, such as fen.
 */
export const shareBp = (part: bigint, whole: bigint): number | null => {
  if (whole === 0n) return null;
  if (part === 0n) return 0;
  const isNegative = part < 0n !== whole < 0n;
  const bp = shareOfSizes(sizeOf(part), sizeOf(whole));
  return Number(isNegative ? -bp : bp);
};

const ALL_BP = 10_000n;

/** Both above zero. */
const shareOfSizes = (part: bigint, whole: bigint): bigint => {
  const rounded = (2n * part * ALL_BP + whole) / (2n * whole);
  if (rounded === 0n) return 1n;
  if (rounded !== ALL_BP || part === whole) return rounded;
  return part < whole ? ALL_BP - 1n : ALL_BP + 1n;
};

const sizeOf = (value: bigint): bigint => (value < 0n ? -value : value);
