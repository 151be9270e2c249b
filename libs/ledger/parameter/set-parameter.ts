import { accept, refuse, type Decision } from '../decision.ts';
import type { Refusal } from '../refusals.ts';
import { isWeekend } from '../working-days.ts';
import { parameterShape } from './known-parameters.ts';
import type { SetParameter } from './parameter-commands.ts';
import type { Parameter, ParameterEvent, ParameterValue } from './parameter-events.ts';

/** 参数设定: any number of times, of a name that something reads, each with the document it comes from. */
export const setParameter = ({ data }: SetParameter): Decision<ParameterEvent> => {
  const refusal = unfit(data);
  return refusal === undefined ? accept({ type: 'ParameterSet', data }) : refuse(refusal);
};

const unfit = ({ parameterId, value, source }: Parameter): Refusal | undefined => {
  if (source.trim() === '') return { code: 'parameter-without-source', parameterId };
  const shape = parameterShape(parameterId);
  if (shape === undefined) return { code: 'parameter-unknown', parameterId };
  if (shape.kind === 'integer' && value.kind === 'integer') {
    const { least, most } = shape;
    return isWithin(value.integer, least, most)
      ? undefined
      : { code: 'parameter-out-of-range', parameterId, least, most };
  }
  if (shape.kind === 'workingCalendar' && value.kind === 'workingCalendar') {
    const days = unfitDays(value, shape.year);
    return days.length === 0 ? undefined : { code: 'calendar-days-unfit', parameterId, days };
  }
  if (shape.kind === value.kind) return undefined;
  return { code: 'parameter-of-another-kind', parameterId, kind: shape.kind };
};

const isWithin = (integer: number, least: number, most: number): boolean =>
  Number.isInteger(integer) && integer >= least && integer <= most;

/** Days of another year, days worked that are no weekend, days said twice. */
const unfitDays = (
  { holidays, workedWeekendDays }: ParameterValue & { readonly kind: 'workingCalendar' },
  year: string,
): readonly string[] => {
  const days = [...holidays, ...workedWeekendDays];
  const odd = days.filter((day, at) => !day.startsWith(`${year}-`) || days.indexOf(day) !== at);
  return [...new Set([...odd, ...workedWeekendDays.filter((day) => !isWeekend(day))])];
};
