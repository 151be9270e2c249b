import type { Command } from 'commander';
import type { Session } from '../../session/session.ts';
import { writes, type WriteOptions } from '../../write.ts';

export const registerAnnounceObject = (announce: Command, session: Session): void => {
  writes('RaiseObjection')<WriteOptions & { matter: string }>(
    session,
    announce
      .command('object <announcement>')
      .description('登记异议 raise an objection')
      .requiredOption('--matter <text>', '异议内容'),
    ({ idFor }, { matter }, announcementId = '') => [
      {
        type: 'RaiseObjection',
        data: { announcementId, objectionId: idFor('objection', announcementId), matter },
      },
    ],
  );
};
