import type { CommandContext } from '../context.ts';
import { inFuture, refuse, type Decision } from '../decision.ts';
import { beforeItsFact } from '../order-of-days.ts';
import type { Refusal } from '../refusals.ts';
import type { AnnouncementCommand } from './announcement-commands.ts';
import type { AnnouncementEvent } from './announcement-events.ts';
import type { AnnouncementState } from './announcement-state.ts';
import { answerObjection } from './answer-objection.ts';
import { endAnnouncement } from './end-announcement.ts';
import { postAnnouncement } from './post-announcement.ts';
import { raiseObjection } from './raise-objection.ts';
import { revokeAnnouncementEnd } from './revoke-announcement-end.ts';
import { revokeObjectionAnswer } from './revoke-objection-answer.ts';
import { withdrawAnnouncement } from './withdraw-announcement.ts';
import { withdrawObjection } from './withdraw-objection.ts';

/** All that can be asked of an announcement, at a glance; each verb's rule is in the file it names. */
export const decide = (
  command: AnnouncementCommand,
  announcement: AnnouncementState,
  context: CommandContext,
): Decision<AnnouncementEvent> => {
  const common = commonRefusal(command, announcement, context);
  if (common) return refuse(common);
  switch (command.type) {
    case 'PostAnnouncement':
      return postAnnouncement(command, announcement);
    case 'EndAnnouncement':
      return endAnnouncement(command, announcement);
    case 'RevokeAnnouncementEnd':
      return revokeAnnouncementEnd(command, announcement, context);
    case 'WithdrawAnnouncement':
      return withdrawAnnouncement(command, announcement);
    case 'RaiseObjection':
      return raiseObjection(command, announcement);
    case 'AnswerObjection':
      return answerObjection(command, announcement, context);
    case 'RevokeObjectionAnswer':
      return revokeObjectionAnswer(command, announcement, context);
    case 'WithdrawObjection':
      return withdrawObjection(command, announcement, context);
    default:
      return command satisfies never;
  }
};

/** Refusals that come before any verb's own, in this order. */
const commonRefusal = (
  { type, data: { announcementId } }: AnnouncementCommand,
  { status, postedOn }: AnnouncementState,
  context: CommandContext,
): Refusal | undefined => {
  if (inFuture(context)) {
    return { code: 'business-date-in-future', occurredOn: context.occurredOn };
  }
  if (type === 'PostAnnouncement') return undefined;
  if (status === 'none') return { code: 'announcement-not-posted', announcementId };
  return beforeItsFact(context.occurredOn, 'posting', postedOn);
};
