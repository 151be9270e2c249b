import { statement as statementOf } from '#history/questions/statement';
import { dayNumber, type BusinessDate } from '#ledger/calendar';
import { presentStatement, type StatementView } from '#presentation/questions/statement';
import { correctionsView } from '#projections/corrections/view';
import { noting } from './noting.ts';
import { fromPostings, Refused } from './query.ts';

export interface StatementQuestion {
  readonly placeId: string;
  /** The first day of the statement; what came before is its opening balance. */
  readonly from?: BusinessDate;
}

const passbook = fromPostings(
  [correctionsView],
  async (
    { store, db, historicalReads, asOf },
    { placeId, from }: StatementQuestion,
  ): Promise<StatementView | Refused> => {
    const history = await historicalReads.history(asOf);
    const place = history.dimensions.placeNumber(placeId);
    if (place === undefined) return new Refused({ kind: 'not-found', what: 'place' });
    const fromDay = from === undefined ? 0 : dayNumber(from);
    const book = statementOf(history, place, { fromDay, asOf });
    return presentStatement(history, { store, db, asOf }, book);
  },
);

/** The passbook of a place, with the balance after every line: 流水账. */
export const statement = noting(passbook, (_answer, { placeId }) => ({ placeIds: [placeId] }));
