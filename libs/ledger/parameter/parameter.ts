import type { BusinessDate } from '../calendar.ts';
import type { CommandOf, Decider, EventOf } from '../decision.ts';
import { accept, inFuture, refuse } from '../decision.ts';

/** `parameter-<id>`: thresholds and calendars are events too, so "what applied on that day?" has an answer. */
export type ParameterEvent = EventOf<'ParameterSet', Parameter>;
export type ParameterCommand = CommandOf<'SetParameter', Parameter>;

export interface Parameter {
  /** Such as `announcement-minimum-days` or `working-calendar-2024`. */
  readonly parameterId: string;
  readonly value: ParameterValue;
  /** First day on which it applies. */
  readonly validFrom: BusinessDate;
  /** The document and article it comes from; a limit nobody can cite is refused. */
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

export const parameterDecider: Decider<ParameterCommand, null, ParameterEvent> = {
  initialState: () => null,

  decide: ({ data }, _state, context) => {
    if (inFuture(context)) {
      return refuse({ code: 'business-date-in-future', occurredOn: context.occurredOn });
    }
    if (data.source.trim() === '') {
      return refuse({ code: 'parameter-without-source', parameterId: data.parameterId });
    }
    return accept({ type: 'ParameterSet', data });
  },

  evolve: (state) => state,
};
