import {
  SUM_COLUMNS,
  type AccountSums,
  sumOfRows,
  toSums,
  type Sums,
} from '../money/account-sums.ts';
import type { ReadDatabase } from '../engine/read-database.ts';
import { endSql } from '../places/end-sql.ts';

export interface BalanceReport {
  readonly places: readonly PlaceBalance[];
  readonly totals: Sums;
  /** Of the places that are villages, and of those that are not: money of a town or the county. */
  readonly villages: Sums;
  readonly unplaced: Sums;
}

export interface PlaceBalance extends Sums {
  readonly placeId: string;
  readonly level: 'county' | 'town' | 'village';
  readonly name: string;
  /** Names from the county down to the place. */
  readonly path: readonly string[];
  readonly allocations: number;
  /** Places merged into this one, whose money it carries. */
  readonly mergedFrom: readonly string[];
}

export interface BalanceFilter {
  readonly placeId?: string;
  readonly townId?: string;
  readonly level?: PlaceBalance['level'];
}

/** What every place has. Amounts in fen. */
export const villageBalances = (db: ReadDatabase, filter: BalanceFilter = {}): BalanceReport =>
  toBalanceReport(db.all<BalanceLine>(SELECT_BALANCES), filter);

/** The report of lines in order; places without money are left out unless asked for by id. */
export const toBalanceReport = (
  lines: readonly BalanceLine[],
  filter: BalanceFilter,
): BalanceReport => {
  const rows = lines
    .filter((row) => matches(row, filter))
    .filter((row) => hasMoney(row) || row.placeId === filter.placeId);
  return {
    places: rows.map(toPlaceBalance),
    totals: sumOfRows(rows),
    villages: sumOfRows(rows.filter((row) => row.level === 'village')),
    unplaced: sumOfRows(rows.filter((row) => row.level !== 'village')),
  };
};

/** One place's balance; undefined when no such place is registered. */
export const placeBalance = (db: ReadDatabase, placeId: string): PlaceBalance | undefined => {
  const row = db.get<BalanceLine>(`${SELECT_BALANCES_UNORDERED} WHERE p.placeId = ?`, placeId);
  return row === undefined ? undefined : toPlaceBalance(row);
};

/** A place with its accounts, and where it belongs. */
export interface BalanceLine extends AccountSums {
  readonly placeId: string;
  readonly level: PlaceBalance['level'];
  readonly name: string;
  readonly townId: string | null;
  readonly town: string | null;
  readonly county: string | null;
  readonly allocations: number;
  /** Names separated by 、. */
  readonly mergedFrom: string | null;
}

/** Money of a place may be dated before its allocation was: it is shown, not hidden. */
const hasMoney = (row: BalanceLine): boolean =>
  row.allocations > 0 || SUM_COLUMNS.some((column) => row[column] !== 0);

const SUMS = SUM_COLUMNS.map((column) => `coalesce(b.${column}, 0) AS ${column}`).join(', ');

const SELECT_BALANCES_UNORDERED = `
  SELECT p.placeId, p.level, p.name, ${SUMS}, coalesce(b.allocations, 0) AS allocations,
    CASE p.level WHEN 'village' THEN parent.placeId
      WHEN 'town' THEN ${endSql('village_balance_place', 'p.placeId')} END AS townId,
    CASE p.level WHEN 'village' THEN parent.name END AS town,
    CASE p.level WHEN 'village' THEN grandparent.name WHEN 'town' THEN parent.name END AS county,
    merged.names AS mergedFrom
  FROM village_balance_place p
  LEFT JOIN village_balance b ON b.placeId = p.placeId
  LEFT JOIN village_balance_place parent
    ON parent.placeId = ${endSql('village_balance_place', 'p.parentId')}
  LEFT JOIN village_balance_place grandparent
    ON grandparent.placeId = ${endSql('village_balance_place', 'parent.parentId')}
  LEFT JOIN (
    SELECT mergedInto, group_concat(name, '、' ORDER BY placeId) AS names
    FROM village_balance_place WHERE mergedInto IS NOT NULL GROUP BY mergedInto
  ) merged ON merged.mergedInto = p.placeId`;

/** County first, then town by town, each before its villages. */
const SELECT_BALANCES = `${SELECT_BALANCES_UNORDERED}
  ORDER BY county NULLS FIRST, coalesce(town, CASE p.level WHEN 'town' THEN p.name END) NULLS FIRST,
    p.level = 'village', p.name, p.placeId`;

const matches = (row: BalanceLine, { placeId, townId, level }: BalanceFilter): boolean =>
  (placeId === undefined || row.placeId === placeId) &&
  (townId === undefined || row.townId === townId) &&
  (level === undefined || row.level === level);

const toPlaceBalance = (row: BalanceLine): PlaceBalance => ({
  placeId: row.placeId,
  level: row.level,
  name: row.name,
  path: [row.county, row.town, row.name].filter((name) => name !== null),
  allocations: row.allocations,
  mergedFrom: row.mergedFrom?.split('、') ?? [],
  ...toSums(row),
});
