import { payees as payeesIn } from '#projections/place-directory/query';
import { placeDirectoryView, type PayeeRow } from '#projections/place-directory/view';
import { alike } from './query.ts';

export interface PayeeList {
  readonly payees: readonly PayeeRow[];
}

export const payees = alike([placeDirectoryView], ({ db }, _none: object): PayeeList => ({
  payees: payeesIn(db),
}));
