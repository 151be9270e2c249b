import { search as searchFor } from '#history/trace/search';
import { presentSearch, type SearchView } from '#presentation/questions/hits';
import { allocationRegisterView } from '#projections/allocation-register/view';
import { correctionsView } from '#projections/corrections/view';
import { placeDirectoryView } from '#projections/place-directory/view';
import { vouchersView } from '#projections/vouchers/view';
import { alike } from './query.ts';

export interface SearchQuestion {
  readonly text: string;
  /** Hits of a kind at most. */
  readonly limit: number;
}

/** Where a text is found: documents, places, projects, payees, amounts, vouchers and ids. */
export const search = alike(
  [allocationRegisterView, placeDirectoryView, vouchersView, correctionsView],
  async ({ db, store }, { text, limit }: SearchQuestion): Promise<SearchView> =>
    presentSearch(await searchFor({ db, store }, text, limit)),
);
