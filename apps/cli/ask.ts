import { openQuestion } from '#application/queries/ask';
import type { Query } from '#application/queries/query';
import type { Reflects } from '#history/as-of/as-of-request';
import type { QueryRefusal } from '#history/query-refusal';
import type { Noted } from '#application/queries/noting';
import { openAdjustmentsSentence } from '#presentation/adjustment-sentence';
import type { OpenAdjustment } from '#projections/adjustments/query';
import { queryRefusalSentence } from '#presentation/query-refusal-sentence';
import type { ReadDatabase } from '#projections/engine/read-database';
import type { AsOfOptions } from './options/as-of.ts';
import { badInput, CommandFault, EXIT } from './session/exit-codes.ts';
import { withReader } from './session/open-ledger.ts';
import { reflected } from './session/reflected.ts';
import type { Session } from './session/session.ts';

/** Asks one question of the ledger that the options name, about now or about the point they name. */
export type Ask = <Parameters, Answer>(
  query: Query<Parameters, Answer>,
  /** Finds the parameters once the point is known: names mean what they meant then. */
  read: (at: QuestionPoint) => Parameters,
  /** What to do where there is no answer; else it is said, with the exit code of bad input. */
  refuse?: (refusal: QueryRefusal) => never,
) => Promise<{ readonly answer: Answer; readonly reflects: Reflects }>;

export interface QuestionPoint {
  readonly db: ReadDatabase;
  readonly reflects: Reflects;
}

/** Opens the ledger to read and gives the work the means to ask it. */
export const withQuestions = (
  session: Session,
  options: AsOfOptions,
  /** `askAlone` leaves open adjustments to be said by who asks. */
  work: (ask: Ask, askAlone: Ask) => Promise<void>,
): Promise<void> =>
  withReader(session, options, async (ledger) => {
    const now = await reflected(ledger.log);
    const askAlone: Ask = async (query, read, refuse = sayWhy) => {
      const opened = await openQuestion(ledger, query, { asOf: options, now });
      if (opened.kind === 'refused') return refuse(opened.refusal);
      const { reflects } = opened;
      const asked = await opened.answer((db) => read({ db, reflects }));
      return asked.kind === 'refused' ? refuse(asked.refusal) : asked;
    };
    const ask: Ask = async (query, read, refuse) => {
      const asked = await askAlone(query, read, refuse);
      sayOpen(session, asked.answer, options);
      return asked;
    };
    await work(ask, askAlone);
  });

/** Says which adjustments are open on the money that an answer is about; nothing where none is. */
export const sayOpen = (
  { terminal }: Session,
  answer: unknown,
  { lang }: Pick<AsOfOptions, 'lang'>,
): void => {
  const open = openIn(answer);
  if (open.length > 0) terminal.warn(openAdjustmentsSentence(open)[lang]);
};

/** The adjustments that an answer says are open. */
const openIn = (answer: unknown): readonly OpenAdjustment[] =>
  // What `noting` has put beside an answer.
  (answer as Noted | null)?.openAdjustments ?? [];

/** Ends the command with the sentence of a refusal. */
export const sayWhy = (refusal: QueryRefusal): never => {
  const { zh, en } = queryRefusalSentence(refusal);
  if (refusal.kind === 'halted') throw new CommandFault(EXIT.unavailable, zh, en);
  throw badInput(zh, en);
};
