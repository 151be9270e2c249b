/**
 * The two times of the ledger, both plain text so that they sort and compare as they read:
 * a business date `YYYY-MM-DD` in Asia/Shanghai, and an instant `YYYY-MM-DDThh:mm:ss.sssZ` in UTC.
 */
export type BusinessDate = string;
export type Instant = string;

/** How an announcement period is counted. */
export type DayCount = 'calendar' | 'working';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const SHANGHAI_OFFSET_HOURS = 8;

/** Whether the text is a day that exists: 2024-02-29 is, 2024-02-30 is not. */
export const isBusinessDate = (text: string): boolean => {
  const match = DATE.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
};

export const isInstant = (text: string): boolean =>
  INSTANT.test(text) && isBusinessDate(text.slice(0, 10));

/** The business date on which an instant falls, eight hours east of UTC all year round. */
export const businessDateOf = (instant: Instant): BusinessDate => {
  const date = instant.slice(0, 10);
  return Number(instant.slice(11, 13)) + SHANGHAI_OFFSET_HOURS >= 24 ? addDays(date, 1) : date;
};

/** An instant as a clock in China shows it: `2024-04-26 16:00:00`. */
export const clockTimeOf = (instant: Instant): string => {
  const hour = (Number(instant.slice(11, 13)) + SHANGHAI_OFFSET_HOURS) % 24;
  return `${businessDateOf(instant)} ${`${hour}`.padStart(2, '0')}${instant.slice(13, 19)}`;
};

/** Day number since 1970-01-01, which is 0. */
export const dayNumber = (date: BusinessDate): number => {
  const [year, month, day] = parts(date);
  // Days from civil, with the year beginning in March so that the leap day comes last.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfMarchYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfMarchYear - 719_468;
};

/** The date of a day number: the inverse of `dayNumber`. */
export const dateOfDayNumber = (number: number): BusinessDate => {
  const z = number + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
};

export const addDays = (date: BusinessDate, days: number): BusinessDate =>
  dateOfDayNumber(dayNumber(date) + days);

/** Days from one date to another; negative when the second is earlier. */
export const daysBetween = (from: BusinessDate, to: BusinessDate): number =>
  dayNumber(to) - dayNumber(from);

/** 序时进度 as a fraction: day of the year ÷ days of the year, so 0.5 on 1 July of a common year is 182/365. */
export const timeProgress = (
  date: BusinessDate,
): { readonly day: number; readonly days: number } => {
  const year = date.slice(0, 4);
  return {
    day: daysBetween(`${year}-01-01`, date) + 1,
    days: daysBetween(`${year}-01-01`, `${year}-12-31`) + 1,
  };
};

/** The month after a month, both `YYYY-MM`. */
export const monthAfter = (month: string): string =>
  addDays(`${month}-28`, 4).slice(0, 'YYYY-MM'.length);

/** The last day of a month `YYYY-MM`. */
export const lastDayOfMonth = (month: string): BusinessDate =>
  addDays(`${monthAfter(month)}-01`, -1);

const isLeapYear = (year: number): boolean =>
  (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

const parts = (date: BusinessDate): readonly [number, number, number] => [
  Number(date.slice(0, 4)),
  Number(date.slice(5, 7)),
  Number(date.slice(8, 10)),
];

const pad = (value: number, width: number): string => value.toString().padStart(width, '0');
