import { dateOfDayNumber, dayNumber, type BusinessDate, type DayCount } from './calendar.ts';

/**
 * Public holidays on weekdays, and weekend days worked in exchange, as the State Council publishes them.
 * Day numbers, ascending, each once.
 */
export interface WorkingCalendar {
  readonly daysOff: readonly number[];
  readonly daysWorked: readonly number[];
}

/** A calendar of published days. A holiday on a weekend changes nothing; a day of both kinds is worked. */
export const workingCalendarOf = (
  holidays: Iterable<BusinessDate>,
  workedWeekendDays: Iterable<BusinessDate>,
): WorkingCalendar => {
  const worked = new Set([...workedWeekendDays].map(dayNumber));
  const off = new Set([...holidays].map(dayNumber));
  return {
    daysOff: [...off].filter((day) => !isOfWeekend(day) && !worked.has(day)).sort(ascending),
    daysWorked: [...worked].filter(isOfWeekend).sort(ascending),
  };
};

/** Whether a day is a Saturday or a Sunday. */
export const isWeekend = (date: BusinessDate): boolean => isOfWeekend(dayNumber(date));

/** Whether people work that day: weekdays except holidays, and weekend days worked in exchange. */
export const isWorkingDay = (date: BusinessDate, calendar: WorkingCalendar): boolean =>
  periodDays(date, date, 'working', calendar) === 1;

/** Days of a period, both ends counted; 0 when it ends before it begins. Takes the same time for any period. */
export const periodDays = (
  from: BusinessDate,
  until: BusinessDate,
  count: DayCount,
  calendar: WorkingCalendar,
): number => {
  const [first, end] = [dayNumber(from), dayNumber(until) + 1];
  if (end <= first) return 0;
  if (count === 'calendar') return end - first;
  return workingDaysBefore(end, calendar) - workingDaysBefore(first, calendar);
};

/**
 * The day that is so many working days after another one: of Friday and 1, the next Monday. Of 0 or less
 * the day itself; never later than the last day there is, 9999-12-31.
 */
export const addWorkingDays = (
  from: BusinessDate,
  days: number,
  calendar: WorkingCalendar,
): BusinessDate => {
  if (days <= 0) return from;
  const target = workingDaysBefore(dayNumber(from) + 1, calendar) + days;
  let [low, high] = [dayNumber(from) + 1, LAST_DAY];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (workingDaysBefore(middle + 1, calendar) >= target) high = middle;
    else low = middle + 1;
  }
  return dateOfDayNumber(high);
};

const LAST_DAY = dayNumber('9999-12-31');

const ascending = (left: number, right: number): number => left - right;

/** Day 0, 1970-01-01, was a Thursday; day 4 a Monday. */
const weekdayOf = (day: number): number => (((day - 4) % 7) + 7) % 7;
const isOfWeekend = (day: number): boolean => weekdayOf(day) >= 5;

/** Working days before a day, counted from a Monday so long ago that only differences mean anything. */
const workingDaysBefore = (day: number, { daysOff, daysWorked }: WorkingCalendar): number => {
  const weeks = Math.floor((day - 4) / 7);
  const weekdays = weeks * 5 + Math.min(weekdayOf(day), 5);
  return weekdays - countBefore(daysOff, day) + countBefore(daysWorked, day);
};

/** How many of ascending numbers are less than a limit. */
const countBefore = (numbers: readonly number[], limit: number): number => {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
};
