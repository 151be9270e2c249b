import { describe, expect, test } from '@jest/globals';
import { addDays } from '#ledger/calendar';
import { addWorkingDays, isWorkingDay, periodDays, workingCalendarOf } from '#ledger/working-days';
import { fc } from '../../support/property.ts';

// 2024 around Labour Day: off from Wednesday to Friday, worked on a Sunday before and a Saturday after.
const calendar = workingCalendarOf(
  ['2024-05-01', '2024-05-02', '2024-05-03', '2024-05-04', '2024-05-05'],
  ['2024-04-28', '2024-05-11'],
);

describe('working days', () => {
  test.each([
    ['2024-04-26', true],
    ['2024-04-27', false],
    ['2024-04-28', true],
    ['2024-05-01', false],
    ['2024-05-11', true],
    ['2024-05-12', false],
    ['1969-12-31', true],
    ['0001-01-06', false],
  ])('%s is a working day: %s', (date, expected) => {
    expect(isWorkingDay(date, calendar)).toBe(expected);
  });

  test('a period counts both its ends', () => {
    expect(periodDays('2024-04-26', '2024-05-05', 'calendar', calendar)).toBe(10);
    expect(periodDays('2024-04-26', '2024-05-05', 'working', calendar)).toBe(4);
    expect(periodDays('2024-05-05', '2024-04-26', 'calendar', calendar)).toBe(0);
    expect(periodDays('2024-05-05', '2024-04-26', 'working', calendar)).toBe(0);
  });

  test.each([
    ['2024-04-26', 1, '2024-04-28'],
    ['2024-04-30', 1, '2024-05-06'],
    ['2024-04-30', 0, '2024-04-30'],
    ['2024-04-26', 2 ** 53 - 1, '9999-12-31'],
  ])('from %s on, %d working days end on %s', (from, days, expected) => {
    expect(addWorkingDays(from, days, calendar)).toBe(expected);
  });

  const day = fc.integer({ min: 0, max: 4_000 }).map((days) => addDays('2020-01-01', days));
  const calendars = fc
    .tuple(fc.uniqueArray(day, { maxLength: 60 }), fc.uniqueArray(day, { maxLength: 60 }))
    .map(([off, worked]) => workingCalendarOf(off, worked));

  test('counted at once they are as many as counted day by day', () => {
    fc.assert(
      fc.property(calendars, day, fc.integer({ min: 0, max: 400 }), (any, from, length) => {
        const days = Array.from({ length }, (_, index) => addDays(from, index));
        expect(periodDays(from, addDays(from, length - 1), 'working', any)).toBe(
          days.filter((one) => isWorkingDay(one, any)).length,
        );
      }),
    );
  });

  test('the day found is worked, and as many working days away as was asked for', () => {
    fc.assert(
      fc.property(calendars, day, fc.integer({ min: 1, max: 300 }), (any, from, days) => {
        const found = addWorkingDays(from, days, any);
        expect(isWorkingDay(found, any)).toBe(true);
        expect(periodDays(addDays(from, 1), found, 'working', any)).toBe(days);
      }),
    );
  });
});
