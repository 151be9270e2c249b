import { allocationIdOf } from '#event-codec/ids';
import type { AdjustmentLeg, NoticeLine } from '#ledger/adjustment/adjustment-events';
import type { FundingAccount } from '#ledger/fund/transfer';
import { parseAmount, type Fen } from '#ledger/money';
import type { PlanFault, Read } from '../plan/plan.ts';

/** A leg as a person gives it: texts, each to be read. */
export interface GivenLeg {
  readonly ordinal?: unknown;
  /** Id of an allocation, or its row by document number. */
  readonly allocation?: unknown;
  /** The row that opens the allocation. */
  readonly line?: unknown;
  readonly direction?: unknown;
  readonly account?: unknown;
  readonly amount?: unknown;
  readonly unit?: unknown;
  readonly fundingSource?: unknown;
}

/** What a name means; or a sentence that says that it means nothing, or too much. */
export type FindAllocation = (
  name: string,
) => { readonly allocationId: string } | Omit<PlanFault, 'at'>;

export interface LegReading {
  readonly find: FindAllocation;
  /** The allocation of a row, where it is open already. */
  readonly allocationOfLine: (line: NoticeLine) => string | undefined;
  /** Where a field of a leg stands, for a fault. */
  readonly at: (leg: number, field: keyof GivenLeg) => string;
}

/** The legs of a document; every fault of every leg at once. */
export const readLegs = (
  given: readonly GivenLeg[],
  reading: LegReading,
): Read<readonly AdjustmentLeg[]> => {
  const faults: PlanFault[] = [];
  const legs = given.flatMap((leg, index) => {
    const fault = (field: keyof GivenLeg, zh: string, en: string) =>
      void faults.push({ at: reading.at(index, field), zh, en });
    return readLeg(leg, index, reading, fault);
  });
  return faults.length > 0 ? { kind: 'faulty', faults } : { kind: 'read', value: legs };
};

type SayFault = (field: keyof GivenLeg, zh: string, en: string) => void;

/** A leg with a fault is left out. */
const readLeg = (
  given: GivenLeg,
  index: number,
  reading: LegReading,
  fault: SayFault,
): readonly AdjustmentLeg[] => {
  const ordinal = readOrdinal(given.ordinal, index, fault);
  const direction = oneOf(DIRECTIONS, given.direction);
  if (direction === undefined) {
    fault('direction', '须写 decrease(调减)或 increase(调增)', 'Write decrease or increase');
  }
  const account = given.account === undefined ? 'quota' : oneOf(ACCOUNTS, given.account);
  if (account === undefined) {
    fault(
      'account',
      '须写 quota(指标)、treasury(国库)或 unit(单位账户)',
      'Write quota, treasury or unit',
    );
  }
  const amountFen = readAmount(given, fault);
  const where = readAllocation(given, reading, fault);
  const source = given.fundingSource;
  if (source !== undefined && (typeof source !== 'string' || source.trim() === '')) {
    fault('fundingSource', '资金来源须是文字', 'The source is text');
  }
  if (ordinal === undefined || direction === undefined || account === undefined) return [];
  if (amountFen === undefined || where === undefined) return [];
  const fundingSource = typeof source === 'string' ? { fundingSource: source } : {};
  return [{ ordinal, ...where, direction, account, amountFen, ...fundingSource }];
};

const DIRECTIONS = {
  decrease: 'decrease',
  increase: 'increase',
  调减: 'decrease',
  调增: 'increase',
} as const;

const ACCOUNTS = {
  ...({ quota: 'quota', treasury: 'treasury', unit: 'unit' } as const satisfies Record<
    FundingAccount,
    string
  >),
  指标: 'quota',
  国库: 'treasury',
  单位账户: 'unit',
} as const;

const oneOf = <Choices extends Readonly<Record<string, string>>>(
  choices: Choices,
  value: unknown,
): Choices[keyof Choices] | undefined =>
  typeof value === 'string' && Object.hasOwn(choices, value)
    ? choices[value as keyof Choices]
    : undefined;

const readOrdinal = (value: unknown, index: number, fault: SayFault): number | undefined => {
  if (value === undefined) return index + 1;
  const ordinal = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value;
  if (typeof ordinal === 'number' && Number.isInteger(ordinal) && ordinal > 0 && ordinal < 1e6) {
    return ordinal;
  }
  fault('ordinal', '序号须是正整数', 'The number of a leg is a positive whole number');
  return undefined;
};

const readAmount = ({ amount, unit }: GivenLeg, fault: SayFault): Fen | undefined => {
  if (unit !== '元' && unit !== '万元') {
    fault('unit', '单位须是 元 或 万元', 'The unit is 元 or 万元');
    return undefined;
  }
  const parsed = typeof amount === 'string' ? parseAmount(amount, unit) : undefined;
  if (parsed?.kind === 'amount' && parsed.amountFen > 0n) return parsed.amountFen;
  fault(
    'amount',
    '金额须是大于零的数字,写成文字,精确到分',
    'The amount is a number above zero, as text, to the fen at most',
  );
  return undefined;
};

type Where = Pick<AdjustmentLeg, 'allocationId' | 'line'>;

const readAllocation = (
  { allocation, line }: GivenLeg,
  { find, allocationOfLine }: LegReading,
  fault: SayFault,
): Where | undefined => {
  if ((allocation === undefined) === (line === undefined)) {
    const zh = '须写明资金(allocationId),或开立它的文件行(line),二者取一';
    fault('allocation', zh, 'Name the allocation, or the line that opens it: one of the two');
    return undefined;
  }
  if (line !== undefined) {
    if (isLine(line)) {
      const { noticeId, annex, row } = line;
      const opened = allocationOfLine(line) ?? allocationIdOf(noticeId, annex, row);
      return { allocationId: opened, line: { noticeId, annex, row } };
    }
    fault('line', '须写 noticeId、annex 和 row', 'Write noticeId, annex and row');
    return undefined;
  }
  const found = typeof allocation === 'string' ? find(allocation) : NO_NAME;
  if ('allocationId' in found) return found;
  fault('allocation', found.zh, found.en);
  return undefined;
};

const NO_NAME = { zh: '须是文字', en: 'It is text' };

const isLine = (value: unknown): value is NoticeLine =>
  value !== null &&
  typeof value === 'object' &&
  'noticeId' in value &&
  typeof value.noticeId === 'string' &&
  'annex' in value &&
  typeof value.annex === 'string' &&
  'row' in value &&
  Number.isInteger(value.row);
