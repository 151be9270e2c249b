export interface PageQuestion {
  /** How many to skip. */
  readonly skip: number;
  readonly limit: number;
}

/** A page of a list, and how many to skip for the one after it, if there is one. */
export const pageOf = <Item>(
  all: readonly Item[],
  { skip, limit }: PageQuestion,
): { readonly items: readonly Item[]; readonly next?: number } => {
  const end = skip + limit;
  const items = all.slice(skip, end);
  return end < all.length ? { items, next: end } : { items };
};
