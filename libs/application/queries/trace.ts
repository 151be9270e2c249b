import { findSubject } from '#history/trace/find-subject';
import type { Subject } from '#history/trace/subject';
import {
  trace as follow,
  usualDirection,
  type Trace,
  type TraceOptions,
} from '#history/trace/trace';
import { adjustmentsView } from '#projections/adjustments/view';
import { allocationRegisterView } from '#projections/allocation-register/view';
import { correctionsView } from '#projections/corrections/view';
import { placeDirectoryView } from '#projections/place-directory/view';
import { vouchersView } from '#projections/vouchers/view';
import { noting } from './noting.ts';
import { Refused, type AnswerQuery, type Query } from './query.ts';

export interface TraceQuestion extends Partial<Omit<TraceOptions, 'asOf'>> {
  /** A reference that a search gave, `<文号>/<附件>/<行>`, a place, or a text that leads to one thing only. */
  readonly of: string;
}

export interface SubjectTrace extends Trace {
  readonly subject: Subject;
}

const answer: AnswerQuery<TraceQuestion, SubjectTrace> = async (
  { db, store, asOf },
  { of: text, ...options },
) => {
  const found = await findSubject({ db, store }, text);
  if (found.kind === 'unknown') return new Refused({ kind: 'unknown-subject', text });
  if (found.kind === 'ambiguous') {
    return new Refused({ kind: 'ambiguous-subject', text, hits: found.hits });
  }
  const { subject } = found;
  const direction = options.direction ?? usualDirection(subject);
  return { subject, ...(await follow(store, db, subject, { ...options, direction, asOf })) };
};

/**
 * The way money went, from a document down or from a payment up: 资金链条. Links are found in the views as
 * they are now, and the events behind them in the log.
 */
const followed: Query<TraceQuestion, SubjectTrace> = {
  views: [
    adjustmentsView,
    allocationRegisterView,
    placeDirectoryView,
    vouchersView,
    correctionsView,
  ],
  pastFrom: 'postings',
  live: answer,
  past: answer,
};

/** That way, with the adjustments that are open on the allocations it goes through. */
export const trace = noting(followed, ({ chains }) => ({
  allocationIds: chains.map(({ allocationId }) => allocationId),
}));
