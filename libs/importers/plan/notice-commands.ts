import { allocationIdOf, commandIdOf } from '#event-codec/ids';
import type { BusinessDate } from '#ledger/calendar';
import type { LedgerCommand } from '#ledger/ledger-events';
import type { AnnexLine, Notice } from '#ledger/notice/notice-events';

/** One command of an import, with the id that makes asking twice the same as asking once. */
export interface PlannedCommand {
  readonly commandId: string;
  readonly occurredOn: BusinessDate;
  readonly command: LedgerCommand;
}

/** The command that records a notice. */
export const issueOf = (notice: Notice, occurredOn: BusinessDate): PlannedCommand => ({
  commandId: commandIdOf('issue', notice.noticeId),
  occurredOn,
  command: { type: 'IssueNotice', data: notice },
});

/** The commands that record an allocation for each line of a notice, in their order. */
export const allocationsOf = (
  notice: Notice,
  occurredOn: BusinessDate,
): readonly PlannedCommand[] =>
  notice.annexes.flatMap(({ annex, lines }) =>
    lines.map((line) => allocate(notice, annex, line, occurredOn)),
  );

const allocate = (
  notice: Notice,
  annex: string,
  line: AnnexLine,
  occurredOn: BusinessDate,
): PlannedCommand => {
  const { noticeId, programme, fiscalYear, batch, fundingLevel } = notice;
  const { row, placeId, amountFen, stated, project } = line;
  const allocationId = allocationIdOf(noticeId, annex, row);
  return {
    commandId: commandIdOf('allocate', allocationId),
    occurredOn,
    command: {
      type: 'AllocateFunds',
      data: {
        allocationId,
        noticeId,
        annex,
        row,
        placeId,
        amountFen,
        programme,
        fiscalYear,
        batch,
        fundingLevel,
        stated,
        ...(project === undefined ? {} : { project }),
      },
    },
  };
};
