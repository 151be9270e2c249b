import type { Command } from 'commander';
import type { Session } from '../../session/session.ts';
import { registerAnnounceAnswer } from './answer.ts';
import { registerAnnounceDraft } from './draft.ts';
import { registerAnnounceEnd } from './end.ts';
import { registerAnnounceObject } from './object.ts';
import { registerAnnouncePost } from './post.ts';
import { registerAnnounceWithdraw } from './withdraw.ts';

/** 公告公示: draft, post, end, withdraw, objections and answers. */
export const registerAnnounce = (program: Command, session: Session): void => {
  const announce = program.command('announce').description('公告公示 announcements');
  registerAnnounceDraft(announce, session);
  registerAnnouncePost(announce, session);
  registerAnnounceEnd(announce, session);
  registerAnnounceWithdraw(announce, session);
  registerAnnounceObject(announce, session);
  registerAnnounceAnswer(announce, session);
};
