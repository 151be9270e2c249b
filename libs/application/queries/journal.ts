import { presentJournal, type JournalView } from '#presentation/questions/journal';
import { allocationRegisterView } from '#projections/allocation-register/view';
import { correctionsView } from '#projections/corrections/view';
import { journal as journalOf, type JournalQuestion } from '#projections/journal/query';
import { placeDirectoryView } from '#projections/place-directory/view';
import type { Query } from './query.ts';

/** Events one by one, with their corrections: 逐笔日志. Read from the log itself. */
export const journal: Query<Omit<JournalQuestion, 'within'>, JournalView> = {
  views: [correctionsView, placeDirectoryView, allocationRegisterView],
  pastFrom: 'views',
  live: async ({ db, store }, question) => presentJournal(await journalOf(store, db, question)),
  past: async ({ db, store, asOf }, question) =>
    presentJournal(await journalOf(store, db, { ...question, within: asOf })),
};
