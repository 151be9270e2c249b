import {
  announcementBoard,
  type BoardEntry,
  type BoardQuestion,
} from '#projections/announcement-board/query';
import { announcementBoardView } from '#projections/announcement-board/view';
import { noting } from './noting.ts';
import { alike } from './query.ts';

export interface AnnouncementList {
  readonly on: string;
  readonly entries: readonly BoardEntry[];
}

/** Every announcement that is owed or was made, what is late first: 公告公示. */
export const announcements = noting(
  alike([announcementBoardView], ({ db }, question: BoardQuestion): AnnouncementList => ({
    on: question.on,
    entries: announcementBoard(db, question),
  })),
  ({ entries }) => ({ allocationIds: entries.map(({ allocationId }) => allocationId) }),
);
