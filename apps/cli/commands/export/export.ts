import type { Command } from 'commander';
import type { Session } from '../../session/session.ts';
import { registerExportAudit } from './audit.ts';
import { registerExportEvents } from './events.ts';

export const registerExport = (program: Command, session: Session): void => {
  const group = program.command('export').description('导出 exports');
  registerExportEvents(group, session);
  registerExportAudit(group, session);
};
