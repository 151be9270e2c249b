import { allocationIdOf, commandIdOf } from '#event-codec/ids';
import type { AnnexLine, Notice } from '#ledger/notice/notice-events';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import type { Step, WorkKind } from './work.ts';

/** Rows of a notice as `<annex>/<row>` that stand allocated under ids of another origin. */
export type AllocatedOtherwise = (noticeId: string) => ReadonlySet<string>;

/** A notice: each of its rows is allocated. One that was withdrawn asks for nothing any more. */
export const noticeWork = (allocatedOtherwise: AllocatedOtherwise): WorkKind => ({
  next: (events) => {
    const notice = noticeIn(events);
    if (notice === undefined) return Promise.resolve(undefined);
    const otherwise = allocatedOtherwise(notice.noticeId);
    const steps = notice.annexes.flatMap(({ annex, lines }) =>
      lines
        .filter(({ row }) => !otherwise.has(`${annex}/${row}`))
        .map((line) => allocationStep(notice, annex, line)),
    );
    return Promise.resolve({ steps });
  },
});

/** The notice, while it is not withdrawn. */
export const noticeIn = (events: readonly RecordedLedgerEvent[]): Notice | undefined => {
  const [issued] = events;
  const isWithdrawn = events.some(({ type }) => type === 'NoticeWithdrawn');
  return issued?.type === 'NoticeIssued' && !isWithdrawn ? issued.data : undefined;
};

/** The command that allocates a row of a notice. */
export const allocationStep = (notice: Notice, annex: string, line: AnnexLine): Step => {
  const { noticeId, programme, fiscalYear, batch, fundingLevel } = notice;
  const { row, placeId, amountFen, stated, project } = line;
  const allocationId = allocationIdOf(noticeId, annex, row);
  return {
    commandId: commandIdOf('allocate', allocationId),
    takenIf: ['allocation-already-exists'],
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
