import { isPlaceEvent, foldPlace, placeTable } from '../places/succession.ts';
import { defineView, table, type RowsOf } from '../engine/view.ts';

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
    ['allocationId'],
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

export const announcementBoardView = defineView({
  name: 'announcement-board',
  version: 1,
  reads: [
    'PlaceRegistered',
    'PlaceRenamed',
    'PlaceMerged',
    'FundsAllocated',
    'AllocationAdjusted',
    'AllocationRecalled',
    'ProjectCompleted',
    'AnnouncementPosted',
    'AnnouncementEnded',
    'AnnouncementWithdrawn',
    'ObjectionRaised',
    'ObjectionAnswered',
    'ParameterSet',
  ],
  tables,
  fold: (rows, event) => {
    if (isPlaceEvent(event)) return foldPlace(rows.places, event);
    switch (event.type) {
      case 'FundsAllocated': {
        const { allocationId, placeId, amountFen, project } = event.data;
        const projectName = project?.name ?? null;
        const allocatedOn = event.occurredOn;
        const due = { allocationId, placeId, amountFen, projectName, allocatedOn };
        return rows.announceables.put({ ...due, completedOn: null });
      }
      case 'AllocationAdjusted':
      case 'AllocationRecalled': {
        const allocation = announceableOf(rows, event.data.allocationId);
        const { amountFen } = event.data;
        const gained = event.transfer?.to === 'quota' ? amountFen : -amountFen;
        const sumFen = allocation.amountFen + gained;
        return rows.announceables.put({ ...allocation, amountFen: sumFen });
      }
      case 'ProjectCompleted': {
        const allocation = announceableOf(rows, event.data.allocationId);
        return rows.announceables.put({ ...allocation, completedOn: event.occurredOn });
      }
      case 'AnnouncementPosted': {
        const { data } = event;
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
        return coverAll(rows, data.announcementId, data.allocationIds);
      }
      case 'AnnouncementEnded':
      case 'AnnouncementWithdrawn': {
        const status = event.type === 'AnnouncementEnded' ? 'ended' : 'withdrawn';
        return change(rows, event.data.announcementId, () => ({
          status,
          closedOn: event.occurredOn,
        }));
      }
      case 'ObjectionRaised':
        return change(rows, event.data.announcementId, ({ objections, openObjections }) => ({
          objections: objections + 1,
          openObjections: openObjections + 1,
        }));
      case 'ObjectionAnswered':
        return change(rows, event.data.announcementId, ({ openObjections }) => ({
          openObjections: openObjections - 1,
        }));
      case 'ParameterSet': {
        const { parameterId, validFrom, value, source } = event.data;
        const key = `${parameterId}/${validFrom}`;
        const text = JSON.stringify(value);
        return rows.parameters.put({ key, parameterId, validFrom, value: text, source });
      }
      default:
        return;
    }
  },
});

type Rows = RowsOf<typeof tables>;

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
