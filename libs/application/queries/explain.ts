import { explainAny } from '#history/questions/explain-any';
import type { Figure } from '#history/questions/explain';
import type { Scope } from '#history/questions/scope';
import { presentExplanation, type ExplanationView } from '#presentation/questions/explanation';
import type { PageQuestion } from '#presentation/questions/page';
import { refusalOfScope } from './known-scope.ts';
import { correctionsView } from '#projections/corrections/view';
import { concernedIn, noting } from './noting.ts';
import { fromPostings, type Refused } from './query.ts';

export interface ExplainQuestion {
  readonly figure: Figure;
  readonly scope: Scope;
  readonly page: PageQuestion;
}

export interface ScopedExplanation extends ExplanationView {
  readonly scope: Scope;
}

const explanation = fromPostings(
  [correctionsView],
  async (
    { store, db, historicalReads, asOf },
    { figure, scope, page }: ExplainQuestion,
  ): Promise<ScopedExplanation | Refused> => {
    const history = await historicalReads.history(asOf);
    const refused = refusalOfScope(history.dimensions, scope);
    if (refused !== undefined) return refused;
    const explanation = await explainAny(history, store, asOf, figure, scope);
    const source = { store, db, asOf };
    return { scope, ...(await presentExplanation(history, source, explanation, page)) };
  },
);

/** The events that make a figure, a page at a time. */
export const explain = noting(explanation, (_answer, { scope }) => concernedIn(scope));
