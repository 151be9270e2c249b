/**
 * An SQL expression: the id at the end of the mergers of the place whose id `start` is; null where
 * `start` is null. `table` has the columns of `Merging`, and mergers without a circle.
 */
export const endSql = (table: string, start: string): string => `(
  WITH RECURSIVE way (placeId) AS (
    SELECT ${start}
    UNION ALL
    SELECT merged.mergedInto FROM ${table} merged JOIN way ON merged.placeId = way.placeId
    WHERE merged.mergedInto IS NOT NULL
  )
  SELECT way.placeId FROM way JOIN ${table} last ON last.placeId = way.placeId
  WHERE last.mergedInto IS NULL
)`;
