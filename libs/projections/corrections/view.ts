import { defineView, table } from '../engine/view.ts';

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
    ['ofEventId'],
  ),
  /** Which event a payment, an adjustment or a notice is known by, until somebody refers to it. */
  subjects: table<{ readonly subject: string; readonly eventId: string }>(
    'correction_subject',
    'subject',
    { subject: 'TEXT', eventId: 'TEXT' },
  ),
};

export const correctionsView = defineView({
  name: 'corrections',
  version: 1,
  reads: [
    'NoticeIssued',
    'NoticeWithdrawn',
    'AllocationAdjusted',
    'FundsDisbursed',
    'DisbursementReversed',
  ],
  tables,
  fold: ({ corrections, subjects }, event) => {
    const eventId = event.id;
    const eventOf = (subject: string) => subjects.get(subject)?.eventId ?? null;
    switch (event.type) {
      case 'FundsDisbursed':
        return subjects.put({ subject: `payment ${event.data.paymentId}`, eventId });
      case 'DisbursementReversed': {
        const ofEventId = eventOf(`payment ${event.data.paymentId}`);
        return corrections.put({ eventId, kind: 'reversal', ofEventId });
      }
      case 'AllocationAdjusted': {
        const subject = `adjustment ${event.data.adjustmentId}`;
        corrections.put({ eventId, kind: 'adjustment', ofEventId: eventOf(subject) });
        return subjects.put({ subject, eventId });
      }
      case 'NoticeIssued':
        return subjects.put({ subject: `notice ${event.data.noticeId}`, eventId });
      case 'NoticeWithdrawn': {
        const ofEventId = eventOf(`notice ${event.data.noticeId}`);
        return corrections.put({ eventId, kind: 'withdrawal', ofEventId });
      }
      default:
        return;
    }
  },
});
