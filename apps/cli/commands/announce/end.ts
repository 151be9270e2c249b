import type { Command } from 'commander';
import type { Session } from '../../session/session.ts';
import { writes } from '../../write.ts';

export const registerAnnounceEnd = (announce: Command, session: Session): void => {
  writes('EndAnnouncement')(
    session,
    announce.command('end <announcement>').description('期满 end'),
    (_scene, _options, announcementId = '') => [
      { type: 'EndAnnouncement', data: { announcementId } },
    ],
  );
};
