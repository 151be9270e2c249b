import type { BusinessDate } from '../calendar.ts';
import type { EventOf } from '../decision.ts';

/** `parameter-<id>`: thresholds and calendars are events too, so "what applied on that day?" has an answer. */
export type ParameterEvent = EventOf<'ParameterSet', Parameter>; // 参数设定

export interface Parameter {
  /** Such as `announcement-minimum-days` or `working-calendar-2024`. */
  readonly parameterId: string;
  readonly value: ParameterValue;
  /** First day on which it applies. */
  readonly validFrom: BusinessDate;
  /** The document and article it comes from; without one the value is refused. */
  readonly source: string;
}

export type ParameterValue =
  | { readonly kind: 'integer'; readonly integer: number }
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'workingCalendar';
      readonly holidays: readonly BusinessDate[];
      readonly workedWeekendDays: readonly BusinessDate[];
    };
