import { formatWan } from '#ledger/money';

/** 万元, exact, as documents state it. */
export const wan = (amountFen: number): string => formatWan(BigInt(amountFen));

/** A share in basis points as a percentage. */
export const percent = (bp: number | null): string =>
  bp === null ? '—' : `${(bp / 100).toFixed(2)}%`;

/** Ten cells for a share, for those who look before they read. */
export const bar = (bp: number | null): string => {
  const filled = Math.max(0, Math.min(10, Math.round((bp ?? 0) / 1_000)));
  return '█'.repeat(filled) + '░'.repeat(10 - filled);
};
