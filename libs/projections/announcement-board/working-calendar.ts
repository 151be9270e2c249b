import { workingCalendarOf, type WorkingCalendar } from '#ledger/working-days';
import type { ParameterValue } from '#ledger/parameter/parameter-events';
import type { ReadDatabase } from '../engine/read-database.ts';
import type { BoardParameterRow } from './view.ts';

/** The days off and days worked that the ledger was told, of all years together. */
export const workingCalendar = (db: ReadDatabase): WorkingCalendar => {
  const rows = db.all<BoardParameterRow>(
    "SELECT * FROM announcement_parameter WHERE parameterId LIKE 'working-calendar-%' ORDER BY key",
  );
  const newest = new Map(rows.map((row) => [row.parameterId, valueOf(row)]));
  const calendars = [...newest.values()].filter((value) => value.kind === 'workingCalendar');
  return workingCalendarOf(
    calendars.flatMap(({ holidays }) => holidays),
    calendars.flatMap(({ workedWeekendDays }) => workedWeekendDays),
  );
};

/** A whole number that applied on a day, or the default while nobody has set one. */
export const integerOn = (
  db: ReadDatabase,
  parameterId: string,
  day: string,
  fallback: number,
): number => {
  const row = db.get<BoardParameterRow>(
    `SELECT * FROM announcement_parameter WHERE parameterId = ? AND validFrom <= ?
     ORDER BY validFrom DESC LIMIT 1`,
    parameterId,
    day,
  );
  const value = row === undefined ? undefined : valueOf(row);
  return value?.kind === 'integer' ? value.integer : fallback;
};

// The view wrote the event's value as it was.
const valueOf = (row: BoardParameterRow): ParameterValue => JSON.parse(row.value) as ParameterValue;
