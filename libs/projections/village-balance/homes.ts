import type { ReadDatabase } from '../engine/read-database.ts';
import { endSql } from '../places/end-sql.ts';

/** The places whose money some allocations are, a merged place's being its successor's. */
export const homesOf = (db: ReadDatabase, allocationIds: readonly string[]): readonly string[] =>
  db
    .all<{ readonly placeId: string }>(
      `SELECT DISTINCT ${endSql('village_balance_place', 'home.placeId')} AS placeId
       FROM village_balance_home home
       WHERE home.stream IN (SELECT 'fund-' || value FROM json_each(?))`,
      JSON.stringify(allocationIds),
    )
    .map(({ placeId }) => placeId);
