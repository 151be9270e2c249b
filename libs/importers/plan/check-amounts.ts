import { formatWan, formatYuan, MAX_FEN, parseAmount, type Fen } from '#ledger/money';
import type { AmountFault, MoneyUnit } from '#ledger/money';
import type { Findings, Remark } from './findings.ts';

/**
 * 10 亿元. The 衔接资金 that a county is issued in a year is a few 亿元, and a row is a part of one notice; a
 * mobile number read as 元 is above it, whatever its digits.
 */
const MOST_OF_A_ROW_FEN: Fen = 100_000_000_000n;

/** Where the amount of a row is, and how the row is named in a question. */
export interface RowPlace {
  readonly at: string;
  /** `<annex>/<row>` */
  readonly of: string;
}

/** The amount of a row; undefined where it is none. Beyond the bound it has to be confirmed. */
export const rowAmount = (
  text: string,
  unit: MoneyUnit,
  { at, of }: RowPlace,
  findings: Findings,
): Fen | undefined => {
  const amountFen = readAmount(text, unit, at, findings);
  if (amountFen === undefined || amountFen <= MOST_OF_A_ROW_FEN) return amountFen;
  const isMobile = /^1[3-9]\d{9}$/.test(text.trim().normalize('NFKC'));
  const bound = formatWan(MOST_OF_A_ROW_FEN);
  findings.ask(
    { question: 'largeAmount', of },
    at,
    `金额 ${text} ${unit}超过一行通常的上限 ${bound} 万元(10 亿元)${isMobile ? ',像是手机号码' : ''}。`,
    `The amount ${text} ${unit} is above what a row usually has at most, ${bound} 万元 (10 亿元)${isMobile ? ', and looks like a mobile number' : ''}.`,
  );
  return amountFen;
};

/** An amount above zero, to the fen; undefined beside its fault. */
export const readAmount = (
  text: string,
  unit: MoneyUnit,
  at: string,
  { fault }: Findings,
): Fen | undefined => {
  if (/^\s*0\d/.test(text.normalize('NFKC'))) {
    fault(
      at,
      `“${text}”以 0 开头,不是金额,像是电话号码或编号;一行通常不超过 ${formatWan(MOST_OF_A_ROW_FEN)} 万元(10 亿元)。`,
      `“${text}” begins with 0: no amount, rather a telephone number or a code; a row has ${formatWan(MOST_OF_A_ROW_FEN)} 万元 (10 亿元) at most.`,
    );
    return undefined;
  }
  const parsed = parseAmount(text, unit);
  if (parsed.kind === 'fault') {
    const { zh, en } = amountFault(text, unit)[parsed.fault];
    fault(at, zh, en);
    return undefined;
  }
  if (parsed.amountFen > 0n) return parsed.amountFen;
  fault(at, '金额必须大于零。', 'The amount must be above zero.');
  return undefined;
};

/** No sum of an annex or a notice is beyond what the ledger counts exactly. */
export const checkSum = (sumFen: Fen, at: string, { fault }: Findings): void => {
  if (sumFen <= MAX_FEN) return;
  fault(
    at,
    `各行相加为 ${formatYuan(sumFen)} 元,超过台账能记的最大数 ${formatYuan(MAX_FEN)} 元。`,
    `The rows sum to ${formatYuan(sumFen)} 元, beyond the greatest sum of a ledger, ${formatYuan(MAX_FEN)} 元.`,
  );
};

const amountFault = (text: string, unit: string): Record<AmountFault, Remark> => ({
  'not-a-number': {
    zh: `“${text}”不是金额;请只写数字,单位写在附件上(${unit})。`,
    en: `“${text}” is not an amount; write digits only, the unit (${unit}) stands with the annex.`,
  },
  negative: { zh: `金额 ${text} 不能是负数。`, en: `The amount ${text} must not be negative.` },
  'too-many-decimals': {
    zh: `${text} ${unit}不足一分;${unit === '元' ? '最多两位' : '最多六位'}小数。`,
    en: `${text} ${unit} is finer than one fen; ${unit === '元' ? 'two' : 'six'} decimals at most.`,
  },
  'too-large': {
    zh: `金额 ${text} 太大;一行通常不超过 ${formatWan(MOST_OF_A_ROW_FEN)} 万元(10 亿元)。`,
    en: `The amount ${text} is too large; a row has ${formatWan(MOST_OF_A_ROW_FEN)} 万元 (10 亿元) at most.`,
  },
});
