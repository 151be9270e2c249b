import {
  isAboutPast,
  NO_DAY_LIMIT,
  type AsOfRequest,
  type Reflects,
} from '#history/as-of/as-of-request';
import type { QueryRefusal } from '#history/query-refusal';
import type { ViewStatus } from '#projections/engine/generation';
import type { ReadDatabase } from '#projections/engine/read-database';
import { Refused, type AnswerQuery, type Query, type QueryContext } from './query.ts';

/** A ledger that is open, to write or to read, as far as questions need it. */
export interface QueriedLedger extends Pick<QueryContext, 'historicalReads'> {
  readonly views: { readonly db: ReadDatabase; readonly status: () => readonly ViewStatus[] };
  readonly log: QueryContext['store'];
}

/** The point a question is about. */
export interface When {
  /** What people named; nothing named means now. */
  readonly asOf: AsOfRequest;
  /** What an answer about now reflects: how far the views have got. */
  readonly now: Reflects;
}

export type Asked<Answer> =
  | { readonly kind: 'answered'; readonly reflects: Reflects; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly refusal: QueryRefusal };

/** Answers a question for now or for any point in the past, with what the answer reflects. */
export const ask = async <Parameters, Answer>(
  ledger: QueriedLedger,
  query: Query<Parameters, Answer>,
  parameters: Parameters,
  when: When,
): Promise<Asked<Answer>> => {
  const opened = await openQuestion(ledger, query, when);
  return opened.kind === 'opened' ? opened.answer(() => parameters) : opened;
};

/** A question whose point is known, before its parameters are. Nothing of the past is folded before an answer. */
export interface OpenedQuestion<Parameters, Answer> {
  readonly kind: 'opened';
  readonly reflects: Reflects;
  /** Parameters are read from what the answer is read from: names mean what they meant then. */
  readonly answer: (parametersIn: (db: ReadDatabase) => Parameters) => Promise<Asked<Answer>>;
}

/** Decides whether a question is about now or about the past: here, and nowhere else. */
export const openQuestion = async <Parameters, Answer>(
  { views, log: store, historicalReads }: QueriedLedger,
  query: Query<Parameters, Answer>,
  { asOf: request, now }: When,
): Promise<OpenedQuestion<Parameters, Answer> | Extract<Asked<Answer>, { kind: 'refused' }>> => {
  const common = { store, historicalReads };
  if (!isAboutPast(request)) {
    const halted = haltedOf(query, views.status());
    if (halted !== undefined) return { kind: 'refused', refusal: halted };
    const everything = { position: now.position, day: NO_DAY_LIMIT };
    return openedFrom({ ...common, db: views.db, asOf: everything }, now, query.live);
  }
  const found = await historicalReads.point(request);
  if (found.kind === 'faulty') {
    const { faults } = found;
    return { kind: 'refused', refusal: { kind: 'faulty-point', which: 'point', faults } };
  }
  const { asOf, reflects } = found.point;
  if (query.pastFrom === 'postings') {
    return openedFrom({ ...common, db: views.db, asOf }, reflects, query.past);
  }
  return {
    kind: 'opened',
    reflects,
    answer: (parametersIn) =>
      historicalReads.readPast(asOf, query.views, async (past) => {
        const halted = haltedOf(query, past.status());
        if (halted !== undefined) return { kind: 'refused', refusal: halted };
        const context = { ...common, db: past.db, asOf };
        return openedFrom(context, reflects, query.past).answer(parametersIn);
      }),
  };
};

const haltedOf = (
  { views }: Pick<Query<never, unknown>, 'views'>,
  states: readonly ViewStatus[],
): Extract<QueryRefusal, { kind: 'halted' }> | undefined => {
  for (const { name, halted } of states) {
    const isRead = views.some((view) => view.name === name);
    if (halted !== undefined && isRead) return { kind: 'halted', view: name, halt: halted };
  }
  return undefined;
};

const openedFrom = <Parameters, Answer>(
  context: QueryContext,
  reflects: Reflects,
  answerQuery: AnswerQuery<Parameters, Answer>,
): OpenedQuestion<Parameters, Answer> => ({
  kind: 'opened',
  reflects,
  answer: async (parametersIn) => {
    const answer = await answerQuery(context, parametersIn(context.db));
    if (answer instanceof Refused) return { kind: 'refused', refusal: answer.refusal };
    return { kind: 'answered', reflects, answer };
  },
});
