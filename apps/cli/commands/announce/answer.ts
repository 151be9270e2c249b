import type { Command } from 'commander';
import type { Session } from '../../session/session.ts';
import { writes, type WriteOptions } from '../../write.ts';

export const registerAnnounceAnswer = (announce: Command, session: Session): void => {
  writes('AnswerObjection')<WriteOptions & { answer: string }>(
    session,
    announce
      .command('answer <announcement> <objection>')
      .description('答复异议 answer an objection')
      .requiredOption('--answer <text>', '答复'),
    (_scene, { answer }, announcementId = '', objectionId = '') => [
      { type: 'AnswerObjection', data: { announcementId, objectionId, answer } },
    ],
  );
};
