/** Rows of one half of a cache; two halves are what a table holds in memory at most. */
const HALF = 30_000;

export interface RowCache<Row> {
  get(key: string): Row | undefined;
  set(key: string, row: Row): void;
}

/**
 * The rows used last, over a table on disk. When one half is full it becomes the old half, and what
 * the old half held is forgotten unless it was asked for since.
 */
export const createRowCache = <Row>(
  read: (key: string) => Row | undefined,
  tableIsEmpty: boolean,
): RowCache<Row> => {
  let young = new Map<string, Row>();
  let old = new Map<string, Row>();
  // While nothing was ever forgotten of a table that began empty, memory holds every row.
  let holdsAll = tableIsEmpty;

  const set = (key: string, row: Row): void => {
    young.set(key, row);
    if (young.size < HALF) return;
    if (old.size > 0) holdsAll = false;
    old = young;
    young = new Map();
  };

  return {
    set,
    get: (key) => {
      const cached = young.get(key);
      if (cached !== undefined) return cached;
      const row = old.get(key) ?? (holdsAll ? undefined : read(key));
      if (row !== undefined) set(key, row);
      return row;
    },
  };
};
