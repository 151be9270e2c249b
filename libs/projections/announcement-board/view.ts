import { placeHandlers, placeTable } from '../places/place-rows.ts';
import { defineView, type RowsOf } from '../engine/view.ts';
import { table } from '../engine/table.ts';

export interface AnnouncementRow {
  readonly announcementId: string;
  readonly stage: 'plan' | 'result';
  readonly placeId: string;
  readonly level: string;
  readonly medium: string;
  readonly fromDay: string;
  readonly plannedUntil: string;
  readonly dayCount: 'calendar' | 'working';
  readonly status: 'running' | 'ended' | 'withdrawn';
  readonly closedOn: string | null;
  readonly objections: number;
  readonly openObjections: number;
}

/** One allocation that an announcement covers. */
export interface CoverRow {
  /** `<announcementId>/<allocationId>` */
  readonly key: string;
  readonly announcementId: string;
  readonly allocationId: string;
}

/** What has to be announced: the plan from the day of issue, the result from completion on. */
export interface AnnounceableRow {
  readonly allocationId: string;
  readonly placeId: string;
  readonly projectName: string | null;
  readonly amountFen: number;
  readonly allocatedOn: string;
  readonly completedOn: string | null;
}

/** Parameters that a board goes by, as they were set. */
export interface BoardParameterRow {
  /** `<parameterId>/<validFrom>` */
  readonly key: string;
  readonly parameterId: string;
  readonly validFrom: string;
  readonly value: string;
  readonly source: string;
}

const tables = {
  announcements: table<AnnouncementRow>('announcement', 'announcementId', {
    announcementId: 'TEXT',
    stage: 'TEXT',
    placeId: 'TEXT',
    level: 'TEXT',
    medium: 'TEXT',
    fromDay: 'TEXT',
    plannedUntil: 'TEXT',
    dayCount: 'TEXT',
    status: 'TEXT',
    closedOn: 'TEXT',
    objections: 'INTEGER',
    openObjections: 'INTEGER',
  }),
  covers: table<CoverRow>(
    'announcement_cover',
    'key',
    { key: 'TEXT', announcementId: 'TEXT', allocationId: 'TEXT' },
    { indexed: ['allocationId'] },
  ),
  announceables: table<AnnounceableRow>('announceable', 'allocationId', {
    allocationId: 'TEXT',
    placeId: 'TEXT',
    projectName: 'TEXT',
    amountFen: 'INTEGER',
    allocatedOn: 'TEXT',
    completedOn: 'TEXT',
  }),
  parameters: table<BoardParameterRow>('announcement_parameter', 'key', {
    key: 'TEXT',
    parameterId: 'TEXT',
    validFrom: 'TEXT',
    value: 'TEXT',
    source: 'TEXT',
  }),
  places: placeTable('announcement_place'),
};

type Rows = RowsOf<typeof tables>;

export const announcementBoardView = defineView({
  name: 'announcement-board',
  version: 1,
  tables,
  on: {
    ...placeHandlers,
    FundsAllocated: ({ announceables }, { data, occurredOn: allocatedOn }) => {
      const { allocationId, placeId, amountFen, project } = data;
      const projectName = project?.name ?? null;
      const due = { allocationId, placeId, amountFen, projectName, allocatedOn };
      announceables.put({ ...due, completedOn: null });
    },
    ProjectCompleted: (rows, { data, occurredOn: completedOn }) =>
      rows.announceables.put({ ...announceableOf(rows, data.allocationId), completedOn }),
    MilestoneReversed: (rows, { data: { allocationId, milestone } }) => {
      if (milestone !== 'completed') return;
      rows.announceables.put({ ...announceableOf(rows, allocationId), completedOn: null });
    },
    AnnouncementPosted: (rows, { data }) => {
      rows.announcements.put({
        announcementId: data.announcementId,
        stage: data.stage,
        placeId: data.placeId,
        level: data.level,
        medium: data.medium,
        fromDay: data.from,
        plannedUntil: data.plannedUntil,
        dayCount: data.dayCount,
        status: 'running',
        closedOn: null,
        objections: 0,
        openObjections: 0,
      });
      coverAll(rows, data.announcementId, data.allocationIds);
    },
    AnnouncementEnded: (rows, { data, occurredOn: closedOn }) =>
      change(rows, data.announcementId, () => ({ status: 'ended', closedOn })),
    AnnouncementEndRevoked: (rows, { data }) =>
      change(rows, data.announcementId, () => ({ status: 'running', closedOn: null })),
    AnnouncementWithdrawn: (rows, { data, occurredOn: closedOn }) =>
      change(rows, data.announcementId, () => ({ status: 'withdrawn', closedOn })),
    ObjectionRaised: (rows, { data }) =>
      change(rows, data.announcementId, ({ objections, openObjections }) => ({
        objections: objections + 1,
        openObjections: openObjections + 1,
      })),
    ObjectionAnswered: (rows, { data }) =>
      change(rows, data.announcementId, ({ openObjections }) => ({
        openObjections: openObjections - 1,
      })),
    ObjectionAnswerRevoked: (rows, { data }) =>
      change(rows, data.announcementId, ({ openObjections }) => ({
        openObjections: openObjections + 1,
      })),
    ObjectionWithdrawn: (rows, { data: { announcementId, statusBefore } }) =>
      change(rows, announcementId, ({ objections, openObjections }) => ({
        objections: objections - 1,
        openObjections: openObjections - (statusBefore === 'raised' ? 1 : 0),
      })),
    ParameterSet: ({ parameters }, { data: { parameterId, validFrom, value, source } }) =>
      parameters.put({
        key: `${parameterId}/${validFrom}`,
        parameterId,
        validFrom,
        value: JSON.stringify(value),
        source,
      }),
  },
  /** Later gains and losses of the allocation, whichever event brings them. */
  onTransfer: (rows, { type, stream, transfer: { from, to, amountFen } }) => {
    if (type === 'FundsAllocated' || (from !== 'source' && to !== 'source')) return;
    const allocation = announceableOf(rows, stream.slice('fund-'.length));
    const gainedFen = from === 'source' ? amountFen : -amountFen;
    rows.announceables.put({ ...allocation, amountFen: allocation.amountFen + gainedFen });
  },
});

const coverAll = (rows: Rows, announcementId: string, allocationIds: readonly string[]): void => {
  for (const allocationId of allocationIds) {
    rows.covers.put({ key: `${announcementId}/${allocationId}`, announcementId, allocationId });
  }
};

const change = (
  rows: Rows,
  announcementId: string,
  changes: (row: AnnouncementRow) => Partial<AnnouncementRow>,
): void => {
  const row = rows.announcements.get(announcementId);
  if (row === undefined) throw new Error(`Announcement ${announcementId} was never posted.`);
  rows.announcements.put({ ...row, ...changes(row) });
};

const announceableOf = (rows: Rows, allocationId: string): AnnounceableRow => {
  const row = rows.announceables.get(allocationId);
  if (row === undefined) throw new Error(`${allocationId} was never allocated.`);
  return row;
};
