import { defineView, type RowsOf } from '../engine/view.ts';
import { table } from '../engine/table.ts';

/** One event that corrects another, or the other half of a pair. */
export interface CorrectionRow {
  /** The correcting event's id. */
  readonly eventId: string;
  readonly kind: 'reversal' | 'adjustment' | 'withdrawal';
  /** The event it corrects or belongs to; null when the document names none. */
  readonly ofEventId: string | null;
}

const tables = {
  corrections: table<CorrectionRow>(
    'correction',
    'eventId',
    { eventId: 'TEXT', kind: 'TEXT', ofEventId: 'TEXT' },
    { indexed: ['ofEventId'] },
  ),
  /** Which event a payment, an adjustment or a notice is known by, until a correction refers to it. */
  subjects: table<{ readonly subject: string; readonly eventId: string }>(
    'correction_subject',
    'subject',
    { subject: 'TEXT', eventId: 'TEXT' },
  ),
};

export const correctionsView = defineView({
  name: 'corrections',
  version: 1,
  tables,
  on: {
    NoticeIssued: ({ subjects }, { id: eventId, data }) =>
      subjects.put({ subject: `notice ${data.noticeId}`, eventId }),
    NoticeWithdrawn: (rows, { id: eventId, data }) => {
      const ofEventId = eventOf(rows, `notice ${data.noticeId}`);
      rows.corrections.put({ eventId, kind: 'withdrawal', ofEventId });
    },
    AllocationAdjusted: (rows, { id: eventId, data }) => {
      const subject = `adjustment ${data.adjustmentId}`;
      const ofEventId = eventOf(rows, subject);
      rows.corrections.put({ eventId, kind: 'adjustment', ofEventId });
      rows.subjects.put({ subject, eventId });
    },
    PlaceMergerRevoked: ({ corrections }, { id: eventId, data: { reversedEventId } }) =>
      corrections.put({ eventId, kind: 'reversal', ofEventId: reversedEventId }),
    FundsDisbursed: ({ subjects }, { id: eventId, data }) =>
      subjects.put({ subject: `payment ${data.paymentId}`, eventId }),
    DisbursementReversed: (rows, { id: eventId, data }) => {
      const ofEventId = eventOf(rows, `payment ${data.paymentId}`);
      rows.corrections.put({ eventId, kind: 'reversal', ofEventId });
    },
  },
});

const eventOf = ({ subjects }: RowsOf<typeof tables>, subject: string): string | null =>
  subjects.get(subject)?.eventId ?? null;
