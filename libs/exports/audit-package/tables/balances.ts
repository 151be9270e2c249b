import type { Sums } from '#projections/money/account-sums';
import { places, type PlaceEntry } from '#projections/place-directory/query';
import { spendingProgress } from '#projections/spending-progress/query';
import type { Scope } from '../scope.ts';
import { columnsOf, type Table } from '../table.ts';
import { SUM_COLUMNS } from './sums.ts';

interface Row extends Sums {
  readonly place: PlaceEntry;
  readonly allocations: number;
}

const { number, text } = columnsOf<Row>();

export const BALANCES: Table<Row> = {
  name: 'balances',
  zh: '各地余额;被并村的资金列在并入的村',
  en: 'what each place has; the money of a merged village is with its successor',
  source: 'spending-progress',
  indexed: ['placeId'],
  columns: [
    text('placeId', '地点编号', 'place', ({ place }) => place.placeId),
    text('level', '级别', 'level', ({ place }) => place.level),
    text('place', '由县到村', 'names from the county down', ({ place }) => place.path.join('/')),
    number('allocations', '资金笔数', 'allocations', (row) => row.allocations),
    ...SUM_COLUMNS,
  ],
};

/**
 * What the village balances show, worked out by another view: that one cannot tell the money of one
 * fiscal year. In the order of the places.
 */
export const balanceRows = ({ db, year, on }: Scope): readonly Row[] => {
  const ofYear = year === undefined ? {} : { fiscalYear: year };
  const { lines } = spendingProgress(db, { by: 'place', ...ofYear, on });
  const sums = new Map(lines.map((line) => [line.key, line]));
  return places(db).flatMap((place) => {
    const sum = sums.get(place.placeId);
    return sum === undefined ? [] : [{ ...sum, place }];
  });
};
