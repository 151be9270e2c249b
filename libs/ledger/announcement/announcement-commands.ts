import type { CommandOf } from '../decision.ts';
import type {
  Announcement,
  AnnouncementEnd,
  AnnouncementWithdrawal,
  Objection,
  ObjectionAnswer,
} from './announcement-events.ts';

/** What may be asked of an announcement. */
export type AnnouncementCommand =
  PostAnnouncement | EndAnnouncement | WithdrawAnnouncement | RaiseObjection | AnswerObjection;

export type PostAnnouncement = CommandOf<'PostAnnouncement', Announcement>;
export type EndAnnouncement = CommandOf<'EndAnnouncement', AnnouncementEnd>;
export type WithdrawAnnouncement = CommandOf<'WithdrawAnnouncement', AnnouncementWithdrawal>;
export type RaiseObjection = CommandOf<'RaiseObjection', Objection>;
export type AnswerObjection = CommandOf<'AnswerObjection', ObjectionAnswer>;
