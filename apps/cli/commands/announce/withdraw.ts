import type { Command } from 'commander';
import type { Session } from '../../session/session.ts';
import { writes, type WriteOptions } from '../../write.ts';

export const registerAnnounceWithdraw = (announce: Command, session: Session): void => {
  writes('WithdrawAnnouncement')<WriteOptions & { reason: string }>(
    session,
    announce
      .command('withdraw <announcement>')
      .description('撤回 withdraw')
      .requiredOption('--reason <text>', '原因'),
    (_scene, { reason }, announcementId = '') => [
      { type: 'WithdrawAnnouncement', data: { announcementId, reason } },
    ],
  );
};
