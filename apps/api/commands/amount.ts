import { registerDecorator, type ValidationArguments } from 'class-validator';
import { parseAmount, type AmountFault, type Fen, type MoneyUnit } from '#ledger/money';

const SENTENCES: Record<AmountFault | 'zero' | 'not-text', string> = {
  'not-text': '金额须写成文字,如 "160"|The amount is text, such as "160"',
  'not-a-number': '金额只能是数字|The amount must be digits',
  negative: '金额不能是负数|The amount must not be negative',
  'too-many-decimals':
    '小数太多:元最多两位,万元最多六位|Too many decimals: two of 元, six of 万元 at most',
  'too-large': '金额太大|The amount is too large',
  zero: '金额必须大于零|The amount must be above zero',
};

/** A decimal text that, in the unit beside it, is a whole number of fen above zero. */
export const IsAmount = (): PropertyDecorator => (target, property) =>
  registerDecorator({
    name: 'isAmount',
    target: target.constructor,
    propertyName: String(property),
    validator: {
      validate: (value, args) => faultOf(value, args) === undefined,
      defaultMessage: (args) => {
        const fault = args === undefined ? undefined : faultOf(args.value, args);
        return SENTENCES[fault ?? 'not-a-number'];
      },
    },
  });

/** The amount of a DTO that was validated. */
export const amountOf = ({ amount, unit }: { amount: string; unit: MoneyUnit }): Fen => {
  const parsed = parseAmount(amount, unit);
  if (parsed.kind === 'fault') throw new Error(`An amount passed validation: ${parsed.fault}.`);
  return parsed.amountFen;
};

const faultOf = (value: unknown, args: ValidationArguments | undefined) => {
  if (typeof value !== 'string') return 'not-text' as const;
  const unit = unitBeside(args?.object) === '万元' ? '万元' : '元';
  const parsed = parseAmount(value, unit);
  if (parsed.kind === 'fault') return parsed.fault;
  return parsed.amountFen > 0n ? undefined : ('zero' as const);
};

const unitBeside = (dto: object | undefined): unknown =>
  dto !== undefined && 'unit' in dto ? dto.unit : undefined;
