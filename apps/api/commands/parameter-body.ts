import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min, registerDecorator } from 'class-validator';
import { isBusinessDate } from '#ledger/calendar';
import { PARAMETER_NAMES } from '#ledger/parameter/known-parameters';
import type { ParameterValue } from '#ledger/parameter/parameter-events';
import { IsBusinessDay } from './business-day.ts';
import { Occurrence, OptionalText, Text } from './dtos.ts';

/** A rule of this body alone. */
const rule =
  (name: string, message: string, validate: (value: unknown, body: object) => boolean) =>
  (): PropertyDecorator =>
  (target, property) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value, args) => validate(value, args?.object ?? {}),
        defaultMessage: () => message,
      },
    });

/** Beside the name stands one value: a whole number, a text, or the days of a working calendar. */
const HasOneValue = rule(
  'hasOneValue',
  '须写一个值:integer、text,或者 holidays 和 workedWeekendDays' +
    '|One value is required: integer, text, or holidays and workedWeekendDays',
  (_name, body) => valuesOf(body).length === 1,
);

/** Days that exist, as `YYYY-MM-DD`, no more than a year has. */
const AreDays = rule(
  'areDays',
  '须是存在的日期 YYYY-MM-DD 的列表,最多 366 个|A list of days that exist is required: YYYY-MM-DD, at most 366',
  (value) =>
    Array.isArray(value) &&
    value.length <= 366 &&
    value.every((day) => typeof day === 'string' && isBusinessDate(day)),
);

const Days = (description: string, example: readonly string[]) =>
  applyDecorators(
    ApiPropertyOptional({ description, type: [String], example }),
    IsOptional(),
    AreDays(),
  );

export class ParameterBody extends Occurrence {
  @Text(`参数 one of ${PARAMETER_NAMES.join(', ')}`, 'announcement-minimum-days')
  @HasOneValue()
  parameterId!: string;

  @ApiPropertyOptional({ description: '整数值 a whole number', example: 10 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  integer?: number;

  @OptionalText('文字值 a text')
  text?: string;

  @Days('工作日历:放假的日期 days off', ['2025-01-01'])
  holidays?: string[];

  @Days('工作日历:调休上班的周末日期 days of weekends that are worked', ['2025-01-26'])
  workedWeekendDays?: string[];

  @ApiProperty({ description: '从哪天起适用', example: '2018-10-01' })
  @IsBusinessDay()
  validFrom!: string;

  @Text('依据的文件和条款', '国开办发〔2018〕11号第四条')
  source!: string;
}

type Values = Partial<Pick<ParameterBody, 'integer' | 'text' | 'holidays' | 'workedWeekendDays'>>;

/** Every value that a body states; a body that passed validation states one. */
const valuesOf = ({
  integer,
  text,
  holidays,
  workedWeekendDays,
}: Values): readonly ParameterValue[] => [
  ...(integer === undefined ? [] : [{ kind: 'integer', integer } as const]),
  ...(text === undefined ? [] : [{ kind: 'text', text } as const]),
  ...(holidays === undefined && workedWeekendDays === undefined
    ? []
    : [
        {
          kind: 'workingCalendar',
          holidays: holidays ?? [],
          workedWeekendDays: workedWeekendDays ?? [],
        } as const,
      ]),
];

/** The value of a body that was validated. */
export const parameterValue = (body: ParameterBody): ParameterValue => {
  const [value] = valuesOf(body);
  if (value === undefined) throw new Error('A parameter without a value passed validation.');
  return value;
};
