import { commandIdOf } from '#event-codec/ids';
import type { BusinessDate } from '#ledger/calendar';
import type { LedgerCommand } from '#ledger/ledger-events';
import type { NoticeToIssue } from '#ledger/notice/notice-commands';

/** One command of an import, with the id that makes asking twice the same as asking once. */
export interface PlannedCommand {
  readonly commandId: string;
  readonly occurredOn: BusinessDate;
  readonly command: LedgerCommand;
}

/** The id of the command that records a notice. */
export const issueIdOf = (noticeId: string): string => commandIdOf('issue', noticeId);

/** The command that records a notice. */
export const issueOf = (notice: NoticeToIssue, occurredOn: BusinessDate): PlannedCommand => ({
  commandId: issueIdOf(notice.noticeId),
  occurredOn,
  command: { type: 'IssueNotice', data: notice },
});
