import type { BusinessDate, DayCount } from '#ledger/calendar';
import { addWorkingDays, periodDays, type WorkingCalendar } from '#ledger/working-days';
import type { ReadDatabase } from '../engine/read-database.ts';
import { integerOn, workingCalendar } from './working-calendar.ts';

export type BoardStatus =
  | 'due' // to be announced, still in time
  | 'missing' // to be announced, and the time for it is over
  | 'running'
  | 'overdue' // the planned period is over and nobody has ended it
  | 'ended'
  | 'withdrawn';

/** Where one allocation stands with one of its two announcements. */
export interface BoardEntry {
  readonly allocationId: string;
  readonly stage: 'plan' | 'result';
  readonly status: BoardStatus;
  readonly placeId: string;
  readonly placeName: string;
  readonly projectName: string | null;
  readonly amountFen: number;
  /** Last day to post it, while it is due or missing. */
  readonly dueOn?: BusinessDate;
  readonly announcementId?: string;
  readonly medium?: string;
  readonly from?: BusinessDate;
  readonly plannedUntil?: BusinessDate;
  readonly dayCount?: DayCount;
  /** Days of the period still to come, today included; working days where it is counted so. */
  readonly daysLeft?: number;
  /** Days it hung until it was ended or until today. */
  readonly daysHeld?: number;
  /** Whether it was ended before the least number of days that applied. */
  readonly tooShort?: boolean;
  readonly openObjections?: number;
}

export interface BoardQuestion {
  readonly on: BusinessDate;
  readonly status?: BoardStatus;
  readonly placeId?: string;
}

/** 国开办发〔2018〕11号, until the ledger is told otherwise: 20 working days to post, 10 days to hang. */
const DUE_WORKING_DAYS = 20;
const MINIMUM_DAYS = 10;

/**
 * Every announcement that is owed or was made, what is late first. Where all postings of a stage were
 * withdrawn, it is owed again from the same day on, in a row of its own.
 */
export const announcementBoard = (
  db: ReadDatabase,
  { on, status, placeId }: BoardQuestion,
): readonly BoardEntry[] => {
  const calendar = workingCalendar(db);
  const dueDays = integerOn(db, 'announcement-due-working-days', on, DUE_WORKING_DAYS);
  const minimumDays = integerOn(db, 'announcement-minimum-days', on, MINIMUM_DAYS);
  return db
    .all<OwedRow>(SELECT_OWED)
    .flatMap((row, at, rows) => {
      const entries = row.announcementId === null ? [] : [posted(row, on, minimumDays, calendar)];
      const isSettled = row.announced === 'running' || row.announced === 'ended';
      const isFirst = !isOfSame(rows[at - 1], row);
      if (isSettled || !isFirst || row.since === null || row.since > on) return entries;
      return [owed({ ...row, since: row.since }, on, dueDays, calendar), ...entries];
    })
    .filter((entry) => status === undefined || entry.status === status)
    .filter((entry) => placeId === undefined || entry.placeId === placeId)
    .sort((left, right) => ORDER.indexOf(left.status) - ORDER.indexOf(right.status));
};

const ORDER: readonly BoardStatus[] = [
  'missing',
  'overdue',
  'due',
  'running',
  'ended',
  'withdrawn',
];

interface OwedRow {
  readonly allocationId: string;
  readonly stage: 'plan' | 'result';
  readonly placeId: string;
  readonly placeName: string;
  readonly projectName: string | null;
  readonly amountFen: number;
  /** The day from which it is owed; null of a result that was posted before completion. */
  readonly since: string | null;
  readonly announcementId: string | null;
  readonly medium: string;
  readonly fromDay: string;
  readonly plannedUntil: string;
  readonly dayCount: DayCount;
  /** Null where nothing was posted. */
  readonly announced: 'running' | 'ended' | 'withdrawn' | null;
  readonly closedOn: string | null;
  readonly openObjections: number;
}

/** A plan is owed from the day of issue, a result from completion; a withdrawn announcement settles nothing. */
const SELECT_OWED = `
  WITH stage (stage) AS (VALUES ('plan'), ('result')),
  announced AS (
    SELECT c.allocationId, a.* FROM announcement_cover c
    JOIN announcement a ON a.announcementId = c.announcementId
  )
  SELECT o.allocationId, s.stage, o.placeId, p.name AS placeName, o.projectName, o.amountFen,
    CASE s.stage WHEN 'plan' THEN o.allocatedOn ELSE o.completedOn END AS since,
    a.announcementId, a.medium, a.fromDay, a.plannedUntil, a.dayCount, a.status AS announced,
    a.closedOn, a.openObjections
  FROM announceable o
  JOIN stage s ON s.stage = 'plan' OR o.completedOn IS NOT NULL
    OR EXISTS (SELECT 1 FROM announced a WHERE a.allocationId = o.allocationId AND a.stage = 'result')
  JOIN announcement_place p ON p.placeId = o.placeId
  LEFT JOIN announced a ON a.allocationId = o.allocationId AND a.stage = s.stage
    AND (a.status <> 'withdrawn' OR NOT EXISTS (
      SELECT 1 FROM announced b
      WHERE b.allocationId = a.allocationId AND b.stage = a.stage AND b.status <> 'withdrawn'))
  WHERE o.amountFen > 0
  ORDER BY since, o.allocationId, s.stage, a.fromDay`;

const isOfSame = (one: OwedRow | undefined, other: OwedRow): boolean =>
  one?.allocationId === other.allocationId && one.stage === other.stage;

const owed = (
  row: OwedRow & { readonly since: string },
  on: BusinessDate,
  dueDays: number,
  calendar: WorkingCalendar,
): BoardEntry => {
  const dueOn = addWorkingDays(row.since, dueDays, calendar);
  return { ...subject(row), status: on > dueOn ? 'missing' : 'due', dueOn };
};

const posted = (
  row: OwedRow,
  on: BusinessDate,
  minimumDays: number,
  calendar: WorkingCalendar,
): BoardEntry => {
  const { fromDay: from, plannedUntil, dayCount, closedOn, medium, openObjections } = row;
  const lastDay = closedOn ?? on;
  const daysHeld = periodDays(from, lastDay, dayCount, calendar);
  const entry = {
    ...subject(row),
    ...(row.announcementId === null ? {} : { announcementId: row.announcementId }),
    medium,
    from,
    plannedUntil,
    dayCount,
    daysHeld,
    openObjections,
  };
  if (row.announced === 'ended') {
    return { ...entry, status: 'ended', tooShort: daysHeld < minimumDays };
  }
  if (row.announced === 'withdrawn') return { ...entry, status: 'withdrawn' };
  if (on > plannedUntil) return { ...entry, status: 'overdue' };
  const daysLeft = periodDays(on < from ? from : on, plannedUntil, dayCount, calendar);
  return { ...entry, status: 'running', daysLeft };
};

const subject = (row: OwedRow) => ({
  allocationId: row.allocationId,
  stage: row.stage,
  placeId: row.placeId,
  placeName: row.placeName,
  projectName: row.projectName,
  amountFen: row.amountFen,
});

/** Parameters whose name begins so, and the day from which each holds, in the order of those days. */
export const parametersNamed = (
  db: ReadDatabase,
  beginning: string,
): readonly { readonly parameterId: string; readonly validFrom: BusinessDate }[] =>
  db.all(
    `SELECT parameterId, validFrom FROM announcement_parameter
     WHERE parameterId LIKE ? || '%' ORDER BY validFrom`,
    beginning,
  );

/** Announcements that name an allocation and were not withdrawn. */
export const announcementsCovering = (db: ReadDatabase, allocationId: string): readonly string[] =>
  db
    .all<{ readonly announcementId: string }>(
      `SELECT a.announcementId FROM announcement_cover c
       JOIN announcement a ON a.announcementId = c.announcementId
       WHERE c.allocationId = ? AND a.status <> 'withdrawn' ORDER BY 1`,
      allocationId,
    )
    .map(({ announcementId }) => announcementId);
