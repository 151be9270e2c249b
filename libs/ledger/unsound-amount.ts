import { GREATEST_AMOUNT, type Fen } from './money.ts';
import type { Refusal } from './refusals.ts';

/** Refusal of an invalid amount: money moves in whole fen, from 1 to `GREATEST_AMOUNT`. */
export const unsoundAmount = (amountFen: Fen): Refusal | undefined => {
  if (amountFen <= 0n) return { code: 'amount-not-positive', amountFen };
  if (amountFen > GREATEST_AMOUNT) return { code: 'amount-too-large', amountFen };
  return undefined;
};
