import type { CommandOf } from '../decision.ts';
import type {
  Announcement,
  AnnouncementEnd,
  AnnouncementEndRevocation,
  AnnouncementWithdrawal,
  Objection,
  ObjectionAnswer,
  ObjectionAnswerRevocation,
  ObjectionWithdrawal,
} from './announcement-events.ts';

/** What may be asked of an announcement. */
export type AnnouncementCommand =
  | PostAnnouncement
  | EndAnnouncement
  | RevokeAnnouncementEnd
  | WithdrawAnnouncement
  | RaiseObjection
  | AnswerObjection
  | RevokeObjectionAnswer
  | WithdrawObjection;

export type PostAnnouncement = CommandOf<'PostAnnouncement', Announcement>;
export type EndAnnouncement = CommandOf<'EndAnnouncement', AnnouncementEnd>;
/** The end that is revoked is the newest: the announcement knows it. */
export type RevokeAnnouncementEnd = CommandOf<
  'RevokeAnnouncementEnd',
  Omit<AnnouncementEndRevocation, 'reversedEventId'>
>;
export type WithdrawAnnouncement = CommandOf<'WithdrawAnnouncement', AnnouncementWithdrawal>;
export type RaiseObjection = CommandOf<'RaiseObjection', Objection>;
export type AnswerObjection = CommandOf<'AnswerObjection', ObjectionAnswer>;
/** The answer is named: after it was revoked the objection may have been answered anew. */
export type RevokeObjectionAnswer = CommandOf<'RevokeObjectionAnswer', ObjectionAnswerRevocation>;
export type WithdrawObjection = CommandOf<
  'WithdrawObjection',
  Omit<ObjectionWithdrawal, 'statusBefore'>
>;
