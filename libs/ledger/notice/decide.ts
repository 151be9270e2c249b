import type { CommandContext } from '../context.ts';
import { inFuture, refuse, type Decision } from '../decision.ts';
import { issueNotice } from './issue-notice.ts';
import type { NoticeCommand } from './notice-commands.ts';
import type { NoticeEvent } from './notice-events.ts';
import type { NoticeState } from './notice-state.ts';
import { withdrawNotice } from './withdraw-notice.ts';

/** All that can be asked of a notice, at a glance; each verb's rule is in the file it names. */
export const decide = (
  command: NoticeCommand,
  notice: NoticeState,
  context: CommandContext,
): Decision<NoticeEvent> => {
  if (inFuture(context)) {
    return refuse({ code: 'business-date-in-future', occurredOn: context.occurredOn });
  }
  switch (command.type) {
    case 'IssueNotice':
      return issueNotice(command, notice);
    case 'WithdrawNotice':
      return withdrawNotice(command, notice, context);
    default:
      return command satisfies never;
  }
};
