/**
 * Money is a whole number of fen (分, 1/100 yuan) in `bigint`.
 * Decimal text is read exactly; no binary float is ever involved.
 */
export type Fen = bigint;

/** The largest amount, in fen, that JSON carries as an exact integer: 2^53 − 1, about 90 trillion yuan. */
export const MAX_FEN: Fen = 9_007_199_254_740_991n;

/**
 * The largest single amount, in fen, that the ledger records: 10 billion yuan (100 亿元). No county has a
 * line of that size, while a telephone number in a column of amounts has; 9,007 such amounts are still
 * summed exactly.
 */
export const GREATEST_AMOUNT: Fen = 1_000_000_000_000n;

/** Units in which documents state money: yuan (100 fen) and ten thousand yuan (1,000,000 fen). */
export type MoneyUnit = '元' | '万元';

/** An amount as a document states it, recorded with the exact figure: the evidence is the printed text. */
export interface StatedAmount {
  readonly text: string;
  readonly unit: MoneyUnit;
}

export type AmountFault =
  | 'not-a-number' // anything but digits, one decimal point and well-placed thousands separators
  | 'negative'
  | 'too-many-decimals' // more than whole fen: 2 decimals of 元, 6 of 万元
  | 'too-large'; // above MAX_FEN

export type ParsedAmount =
  | { readonly kind: 'amount'; readonly amountFen: Fen }
  | { readonly kind: 'fault'; readonly fault: AmountFault };

const DECIMALS: Record<MoneyUnit, number> = { 元: 2, 万元: 6 };
const DECIMAL_TEXT = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/;

/**
 * Reads the decimal text of an amount exactly: `parseAmount('87.680651', '万元')` is 87,680,651 fen.
 * Surrounding spaces and full-width digits are accepted; zero is an amount.
 */
export const parseAmount = (text: string, unit: MoneyUnit): ParsedAmount => {
  const match = DECIMAL_TEXT.exec(toHalfWidth(text.trim()));
  if (match === null) return { kind: 'fault', fault: 'not-a-number' };
  const [, sign = '', whole = '', fraction = ''] = match;
  if (sign === '-') return { kind: 'fault', fault: 'negative' };
  const decimals = DECIMALS[unit];
  if (fraction.length > decimals) return { kind: 'fault', fault: 'too-many-decimals' };
  const amountFen = BigInt(whole.replaceAll(',', '') + fraction.padEnd(decimals, '0'));
  return amountFen > MAX_FEN
    ? { kind: 'fault', fault: 'too-large' }
    : { kind: 'amount', amountFen };
};

/** Exact text in 元 with two decimals and thousands separators: `1600000.00` reads `1,600,000.00`. */
export const formatYuan = (amountFen: Fen): string => {
  const { sign, whole, fraction } = split(amountFen, 2);
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
};

/** Exact text in 万元 without trailing zeros: 749,550,000 fen reads `749.55`. */
export const formatWan = (amountFen: Fen): string => {
  const { sign, whole, fraction } = split(amountFen, 6);
  const decimals = fraction.replace(/0+$/, '');
  return `${sign}${whole}${decimals === '' ? '' : `.${decimals}`}`;
};

const split = (amountFen: Fen, decimals: number) => {
  const digits = (amountFen < 0n ? -amountFen : amountFen).toString().padStart(decimals + 1, '0');
  return {
    sign: amountFen < 0n ? '-' : '',
    whole: digits.slice(0, -decimals),
    fraction: digits.slice(-decimals),
  };
};

const FULL_WIDTH_OFFSET = 0xfee0;

const toHalfWidth = (text: string): string =>
  text.replace(/[！-～]/g, (character) =>
    String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_OFFSET),
  );
