import type { BusinessDate, DayCount } from '../calendar.ts';
import type { Attachment } from '../context.ts';
import type { CommandOf, Decider, Decision, EventOf } from '../decision.ts';
import { accept, inFuture, refuse } from '../decision.ts';

/** `announcement-<id>`: one 公告公示 of a plan or of a result, from posting to its end. */
export type AnnouncementEvent =
  | EventOf<'AnnouncementPosted', Announcement>
  | EventOf<'AnnouncementEnded', { readonly announcementId: string }>
  | EventOf<'AnnouncementWithdrawn', { readonly announcementId: string; readonly reason: string }>
  | EventOf<'ObjectionRaised', Objection>
  | EventOf<'ObjectionAnswered', ObjectionAnswer>;

export type AnnouncementCommand =
  | CommandOf<'PostAnnouncement', Announcement>
  | CommandOf<'EndAnnouncement', { readonly announcementId: string }>
  | CommandOf<'WithdrawAnnouncement', { readonly announcementId: string; readonly reason: string }>
  | CommandOf<'RaiseObjection', Objection>
  | CommandOf<'AnswerObjection', ObjectionAnswer>;

export interface Announcement {
  readonly announcementId: string;
  /** Both are owed: the plan before the money is spent, the result after. */
  readonly stage: AnnouncementStage;
  readonly allocationIds: readonly string[];
  readonly placeId: string;
  readonly level: AnnouncementLevel;
  /** Where it hangs or stands: 村务公开栏, 政府网站 … */
  readonly medium: string;
  /** First and last day of the period, both counted. */
  readonly from: BusinessDate;
  readonly plannedUntil: BusinessDate;
  readonly dayCount: DayCount;
  /** SHA-256 of the text that was posted, in hexadecimal. */
  readonly contentSha256: string;
  readonly attachments?: readonly Attachment[];
}

export const ANNOUNCEMENT_STAGES = ['plan', 'result'] as const;
export type AnnouncementStage = (typeof ANNOUNCEMENT_STAGES)[number];

export const ANNOUNCEMENT_LEVELS = ['county', 'town', 'village', 'implementer'] as const;
export type AnnouncementLevel = (typeof ANNOUNCEMENT_LEVELS)[number];

export interface Objection {
  readonly announcementId: string;
  readonly objectionId: string;
  /** What is objected to; who objects is not recorded here. */
  readonly matter: string;
}

export interface ObjectionAnswer {
  readonly announcementId: string;
  readonly objectionId: string;
  readonly answer: string;
}

export interface AnnouncementState {
  readonly status: 'none' | 'running' | 'ended' | 'withdrawn';
  readonly objections: Readonly<Record<string, 'raised' | 'answered'>>;
}

export const announcementDecider: Decider<
  AnnouncementCommand,
  AnnouncementState,
  AnnouncementEvent
> = {
  initialState: () => ({ status: 'none', objections: {} }),

  decide: ({ type, data }, announcement, context) => {
    const { announcementId } = data;
    if (inFuture(context)) {
      return refuse({ code: 'business-date-in-future', occurredOn: context.occurredOn });
    }
    if (type === 'PostAnnouncement') return postAnnouncement(data, announcement);
    if (announcement.status === 'none') {
      return refuse({ code: 'announcement-not-posted', announcementId });
    }
    switch (type) {
      case 'EndAnnouncement':
        return whileRunning(announcement, announcementId, { type: 'AnnouncementEnded', data });
      case 'WithdrawAnnouncement':
        return whileRunning(announcement, announcementId, { type: 'AnnouncementWithdrawn', data });
      case 'RaiseObjection':
        return announcement.objections[data.objectionId] === undefined
          ? accept({ type: 'ObjectionRaised', data })
          : refuse({ code: 'objection-already-raised', objectionId: data.objectionId });
      case 'AnswerObjection':
        return answerObjection(data, announcement);
    }
  },

  evolve: (announcement, event) => {
    switch (event.type) {
      case 'AnnouncementPosted':
        return { ...announcement, status: 'running' };
      case 'AnnouncementEnded':
        return { ...announcement, status: 'ended' };
      case 'AnnouncementWithdrawn':
        return { ...announcement, status: 'withdrawn' };
      case 'ObjectionRaised':
        return withObjection(announcement, event.data.objectionId, 'raised');
      case 'ObjectionAnswered':
        return withObjection(announcement, event.data.objectionId, 'answered');
    }
  },
};

const postAnnouncement = (
  data: Announcement,
  { status }: AnnouncementState,
): Decision<AnnouncementEvent> => {
  const { announcementId, from, plannedUntil: until } = data;
  if (status !== 'none') return refuse({ code: 'announcement-already-posted', announcementId });
  if (data.allocationIds.length === 0) {
    return refuse({ code: 'announcement-covers-nothing', announcementId });
  }
  if (until < from) return refuse({ code: 'period-ends-before-it-begins', from, until });
  return accept({ type: 'AnnouncementPosted', data });
};

const whileRunning = (
  { status }: AnnouncementState,
  announcementId: string,
  event: AnnouncementEvent,
): Decision<AnnouncementEvent> => {
  if (status === 'ended') return refuse({ code: 'announcement-already-ended', announcementId });
  if (status === 'withdrawn') {
    return refuse({ code: 'announcement-already-withdrawn', announcementId });
  }
  return accept(event);
};

const answerObjection = (
  data: ObjectionAnswer,
  { objections }: AnnouncementState,
): Decision<AnnouncementEvent> => {
  const { objectionId } = data;
  const status = objections[objectionId];
  if (status === undefined) return refuse({ code: 'objection-not-found', objectionId });
  if (status === 'answered') return refuse({ code: 'objection-already-answered', objectionId });
  return accept({ type: 'ObjectionAnswered', data });
};

const withObjection = (
  announcement: AnnouncementState,
  objectionId: string,
  status: 'raised' | 'answered',
): AnnouncementState => ({
  ...announcement,
  objections: { ...announcement.objections, [objectionId]: status },
});
