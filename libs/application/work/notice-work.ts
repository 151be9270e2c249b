import { allocationIdOf, commandIdOf } from '#event-codec/ids';
import type { AnnexLine, Notice } from '#ledger/notice/notice-events';
import type { RefusalCode } from '#ledger/refusals';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import type { Step, WorkKind } from './work.ts';

/** Rows of a notice as `<annex>/<row>` that stand allocated under ids of another origin. */
export type AllocatedOtherwise = (noticeId: string) => ReadonlySet<string>;

/** A notice: each of its rows is allocated. Once it is withdrawn: the rows are voided that its withdrawal names. */
export const noticeWork = (allocatedOtherwise: AllocatedOtherwise): WorkKind => ({
  intent: withdrawalIn,
  next: (events) => {
    const withdrawal = withdrawalIn(events);
    if (withdrawal !== undefined) {
      const { voids, reason } = withdrawal.data;
      return Promise.resolve({
        steps: voids.map((allocationId) => voidingStep(allocationId, reason)),
      });
    }
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

const withdrawalIn = (events: readonly RecordedLedgerEvent[]) =>
  events.find((event) => event.type === 'NoticeWithdrawn');

/** What came to a row after it was to be voided keeps it. */
const KEEPS: readonly RefusalCode[] = [
  'allocation-is-void',
  'allocation-not-as-entered',
  'requests-in-flight',
  'adjustments-in-flight',
  'amount-exceeds-funds-of-day',
];

const voidingStep = (allocationId: string, reason: string): Step => ({
  commandId: commandIdOf('void', allocationId),
  takenIf: KEEPS,
  command: { type: 'VoidAllocation', data: { allocationId, reason } },
});

/** The notice, while it is not withdrawn. */
export const noticeIn = (events: readonly RecordedLedgerEvent[]): Notice | undefined => {
  const [issued] = events;
  const isWithdrawn = events.some(({ type }) => type === 'NoticeWithdrawn');
  return issued?.type === 'NoticeIssued' && !isWithdrawn ? issued.data : undefined;
};

/** The command that allocates a row of a notice. */
export const allocationStep = (
  notice: Omit<Notice, 'edition'>,
  annex: string,
  line: AnnexLine,
): Step => {
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
