import { payees as payeesIn, type DirectoryPayee } from '#projections/place-directory/payees';
import { placeDirectoryView } from '#projections/place-directory/view';
import { alike } from './query.ts';

export interface PayeeList {
  readonly payees: readonly DirectoryPayee[];
}

export const payees = alike([placeDirectoryView], ({ db }, _none: object): PayeeList => ({
  payees: payeesIn(db),
}));
