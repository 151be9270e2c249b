import { defineView, type RowsOf } from '../engine/view.ts';
import { table } from '../engine/table.ts';
import type { ViewEvent, ViewEventOf } from '../engine/view-event.ts';

/** One event that corrects another, or the other half of a pair. */
export interface CorrectionRow {
  /** The correcting event's id. */
  readonly eventId: string;
  readonly kind: 'reversal' | 'adjustment' | 'withdrawal' | 'edition';
  /** The event it corrects or belongs to; null when the document names none. */
  readonly ofEventId: string | null;
  /** What of it is taken back, in fen; null where no amount is. */
  readonly amountFen: number | null;
  readonly occurredOn: string;
  readonly position: number;
}

const tables = {
  corrections: table<CorrectionRow>(
    'correction',
    'eventId',
    {
      eventId: 'TEXT',
      kind: 'TEXT',
      ofEventId: 'TEXT',
      amountFen: 'INTEGER',
      occurredOn: 'TEXT',
      position: 'INTEGER',
    },
    { indexed: ['ofEventId'] },
  ),
  /** Which event a payment, an adjustment or a notice is known by, until a correction refers to it. */
  subjects: table<{ readonly subject: string; readonly eventId: string }>(
    'correction_subject',
    'subject',
    { subject: 'TEXT', eventId: 'TEXT' },
  ),
};

type Rows = RowsOf<typeof tables>;

const put = (
  { corrections }: Rows,
  kind: CorrectionRow['kind'],
  { id: eventId, data, transfer, occurredOn, position }: ViewEvent,
  ofEventId: string | null,
): void => {
  const said = 'amountFen' in data ? data.amountFen : null;
  const amountFen = transfer?.amountFen ?? said;
  corrections.put({ eventId, kind, ofEventId, amountFen, occurredOn, position });
};

const eventOf = ({ subjects }: Rows, subject: string): string | null =>
  subjects.get(subject)?.eventId ?? null;

/** Events that name the event that they take back. */
const REVERSALS = [
  'PlaceMergerRevoked',
  'PayeeMergerRevoked',
  'ArrivalReversed',
  'AdvanceRepaymentReversed',
  'ReleaseReversed',
  'ReturnReversed',
  'RecallReversed',
  'AllocationVoided',
  'AllocationReopened',
  'MilestoneReversed',
  'AssetRegistrationReversed',
  'BenefitReversed',
  'AnnouncementEndRevoked',
  'ObjectionAnswerRevoked',
] as const;

const putReversal = (rows: Rows, event: ViewEventOf<(typeof REVERSALS)[number]>): void =>
  put(rows, 'reversal', event, event.data.reversedEventId);

const reversalHandlers = Object.fromEntries(REVERSALS.map((type) => [type, putReversal]));

export const correctionsView = defineView({
  name: 'corrections',
  version: 2,
  tables,
  on: {
    ...reversalHandlers,
    NoticeIssued: (rows, event) => {
      const { noticeId, replaces } = event.data;
      rows.subjects.put({ subject: `notice ${noticeId}`, eventId: event.id });
      if (replaces !== undefined) put(rows, 'edition', event, eventOf(rows, `notice ${replaces}`));
    },
    NoticeWithdrawn: (rows, event) =>
      put(rows, 'withdrawal', event, eventOf(rows, `notice ${event.data.noticeId}`)),
    AllocationAdjusted: (rows, event) => {
      const subject = `adjustment ${event.data.adjustmentId}`;
      put(rows, 'adjustment', event, eventOf(rows, subject));
      // A pair of older logs has no document: its halves name each other.
      if (event.data.ordinal === undefined) rows.subjects.put({ subject, eventId: event.id });
    },
    AdjustmentApproved: ({ subjects }, { id: eventId, data }) =>
      subjects.put({ subject: `adjustment ${data.adjustmentId}`, eventId }),
    AdjustmentCompleted: (rows, event) =>
      put(rows, 'adjustment', event, eventOf(rows, `adjustment ${event.data.adjustmentId}`)),
    AdjustmentAbandoned: (rows, event) =>
      put(rows, 'withdrawal', event, eventOf(rows, `adjustment ${event.data.adjustmentId}`)),
    FundsDisbursed: ({ subjects }, { id: eventId, data }) =>
      subjects.put({ subject: `payment ${data.paymentId}`, eventId }),
    DisbursementReversed: (rows, event) =>
      put(rows, 'reversal', event, eventOf(rows, `payment ${event.data.paymentId}`)),
    ObjectionRaised: ({ subjects }, { id: eventId, data }) =>
      subjects.put({ subject: `objection ${data.objectionId}`, eventId }),
    ObjectionWithdrawn: (rows, event) =>
      put(rows, 'withdrawal', event, eventOf(rows, `objection ${event.data.objectionId}`)),
    AnnouncementPosted: ({ subjects }, { id: eventId, data }) =>
      subjects.put({ subject: `announcement ${data.announcementId}`, eventId }),
    AnnouncementWithdrawn: (rows, event) =>
      put(rows, 'withdrawal', event, eventOf(rows, `announcement ${event.data.announcementId}`)),
  },
});
