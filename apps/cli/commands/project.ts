import type { Command } from 'commander';
import { findAllocation } from '../options/names.ts';
import type { Session } from '../session/session.ts';
import { writes } from '../write.ts';

const MILESTONES = {
  start: ['StartProject', '开工 start'],
  complete: ['CompleteProject', '完工 complete'],
  accept: ['AcceptProject', '验收 accept'],
  close: ['CloseAllocation', '结项 close'],
} as const;

/** 开工, 完工, 验收, 结项. */
export const registerProject = (program: Command, session: Session): void => {
  const project = program.command('project').description('项目进展 milestones of a project');
  for (const [name, [type, description]] of Object.entries(MILESTONES)) {
    writes(type)(
      session,
      project.command(`${name} <allocation>`).description(description),
      ({ db }, _options, allocation = '') => [
        { type, data: { allocationId: findAllocation(db, allocation).allocationId } },
      ],
    );
  }
};
