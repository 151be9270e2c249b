import { progressAt } from '#history/questions/progress-at';
import { spendingProgress } from '#projections/spending-progress/query';
import type { ProgressQuestion, ProgressReport } from '#projections/spending-progress/report';
import { spendingProgressView } from '#projections/spending-progress/view';
import { noting } from './noting.ts';
import type { Query } from './query.ts';

const report: Query<ProgressQuestion, ProgressReport> = {
  views: [spendingProgressView],
  pastFrom: 'postings',
  live: ({ db }, question) => spendingProgress(db, question),
  past: async ({ historicalReads, asOf }, question) =>
    progressAt(await historicalReads.history(asOf), asOf, question),
};

/** How far the money has got, held against the calendar: 支出进度. */
export const progress = noting(report, () => ({}));
