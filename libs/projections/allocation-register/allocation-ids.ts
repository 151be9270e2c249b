import type { ReadDatabase } from '../engine/read-database.ts';
import { annexOrder } from './annex-order.ts';

/** Of a notice, or of one annex of it, in the order of its rows. */
export const allocationIdsOfNotice = (
  db: ReadDatabase,
  noticeId: string,
  annex?: string,
): readonly string[] =>
  ids(
    db,
    `SELECT allocationId FROM allocation WHERE noticeId = ?1 AND (?2 IS NULL OR annex = ?2)
     ORDER BY ${annexOrder('annex')}, line`,
    noticeId,
    annex ?? null,
  );

/** Of one row of an annex; without a row, of any of the annex. Undefined where there is none. */
export const anyAllocationIdOf = (
  db: ReadDatabase,
  noticeId: string,
  annex: string,
  row: number | undefined,
): string | undefined =>
  ids(
    db,
    `SELECT allocationId FROM allocation
     WHERE noticeId = ?1 AND annex = ?2 AND (?3 IS NULL OR line = ?3) LIMIT 1`,
    noticeId,
    annex,
    row ?? null,
  )[0];

/** The rows of a notice that are allocated, each with the id of its allocation. */
export const allocatedRows = (
  db: ReadDatabase,
  noticeId: string,
): readonly { readonly allocationId: string; readonly annex: string; readonly row: number }[] =>
  db.all('SELECT allocationId, annex, line AS row FROM allocation WHERE noticeId = ?', noticeId);

/** Of payees, the first paid first. */
export const allocationIdsOfPayees = (
  db: ReadDatabase,
  payeeIds: readonly string[],
): readonly string[] =>
  ids(
    db,
    `SELECT allocationId FROM payment WHERE payeeId IN (SELECT value FROM json_each(?))
     GROUP BY 1 ORDER BY min(paidOn), 1`,
    JSON.stringify(payeeIds),
  );

/** Of places, in the order of their documents. */
export const allocationIdsOfPlaces = (
  db: ReadDatabase,
  placeIds: readonly string[],
): readonly string[] =>
  ids(
    db,
    `SELECT allocationId FROM allocation WHERE placeId IN (SELECT value FROM json_each(?))
     ORDER BY allocatedOn, noticeId, ${annexOrder('annex')}, line`,
    JSON.stringify(placeIds),
  );

const ids = (
  db: ReadDatabase,
  sql: string,
  ...values: readonly (string | number | null)[]
): readonly string[] =>
  db.all<{ allocationId: string }>(sql, ...values).map(({ allocationId }) => allocationId);
