import type { BusinessDate, DayCount } from '../calendar.ts';
import type { Attachment } from '../context.ts';
import type { EventOf } from '../decision.ts';

/** `announcement-<id>`: one 公告公示 of a plan or of a result, from posting to its end. */
export type AnnouncementEvent =
  | EventOf<'AnnouncementPosted', Announcement> // 张贴
  | EventOf<'AnnouncementEnded', AnnouncementEnd> // 期满
  | EventOf<'AnnouncementEndRevoked', AnnouncementEndRevocation> // 撤销期满
  | EventOf<'AnnouncementWithdrawn', AnnouncementWithdrawal> // 撤回
  | EventOf<'ObjectionRaised', Objection> // 提出异议
  | EventOf<'ObjectionAnswered', ObjectionAnswer> // 答复异议
  | EventOf<'ObjectionAnswerRevoked', ObjectionAnswerRevocation> // 撤销答复
  | EventOf<'ObjectionWithdrawn', ObjectionWithdrawal>; // 撤回异议

interface OfAnnouncement {
  readonly announcementId: string;
}

export interface Announcement extends OfAnnouncement {
  /** Both are owed: the plan before the money is spent, the result after. */
  readonly stage: AnnouncementStage;
  readonly allocationIds: readonly string[];
  readonly placeId: string;
  readonly level: AnnouncementLevel;
  /** Where it is posted: 村务公开栏, 政府网站 … */
  readonly medium: string;
  /** First and last day of the period, both counted. */
  readonly from: BusinessDate;
  readonly plannedUntil: BusinessDate;
  readonly dayCount: DayCount;
  /** SHA-256 of the text that was posted, in hexadecimal. */
  readonly contentSha256: string;
  readonly attachments?: readonly Attachment[];
}

/** 方案公示, 结果公示. */
export const ANNOUNCEMENT_STAGES = ['plan', 'result'] as const;
export type AnnouncementStage = (typeof ANNOUNCEMENT_STAGES)[number];

/** 县, 乡镇, 村, 实施单位. */
export const ANNOUNCEMENT_LEVELS = ['county', 'town', 'village', 'implementer'] as const;
export type AnnouncementLevel = (typeof ANNOUNCEMENT_LEVELS)[number];

export type AnnouncementEnd = OfAnnouncement;

/** The end was entered wrongly: the announcement is running still. */
export interface AnnouncementEndRevocation extends OfAnnouncement {
  /** The `AnnouncementEnded` event that is taken back. */
  readonly reversedEventId: string;
  readonly reason: string;
}

export interface AnnouncementWithdrawal extends OfAnnouncement {
  readonly reason: string;
}

export interface Objection extends OfAnnouncement {
  readonly objectionId: string;
  /** What is objected to; who objects is not recorded here. */
  readonly matter: string;
}

export interface ObjectionAnswer extends OfAnnouncement {
  readonly objectionId: string;
  readonly answer: string;
}

/** The answer was entered wrongly: the objection is open again. */
export interface ObjectionAnswerRevocation extends OfAnnouncement {
  readonly objectionId: string;
  /** The `ObjectionAnswered` event that is taken back. */
  readonly reversedEventId: string;
  readonly reason: string;
}

/** The objection was taken back by who raised it, or was entered wrongly; it counts no more. */
export interface ObjectionWithdrawal extends OfAnnouncement {
  readonly objectionId: string;
  readonly reason: string;
  /** What it was until then: an answered one was not open. */
  readonly statusBefore: 'raised' | 'answered';
}
