import type { AsOf } from '#history/as-of/as-of';
import { lastDayOf } from '#history/as-of/as-of-request';
import {
  allocations,
  type RegisterFilter,
  type RegisterLine,
} from '#projections/allocation-register/query';
import { allocationRegisterView } from '#projections/allocation-register/view';
import { placeDirectoryView } from '#projections/place-directory/view';
import { places } from '#projections/place-directory/query';
import { noting, type Concerned } from './noting.ts';
import { alike } from './query.ts';

export interface RegisterPage {
  readonly lines: readonly RegisterLine[];
  /** The id after which to go on; absent at the end. */
  readonly next?: string;
}

const ofLines = ({ lines }: RegisterPage): Concerned => ({
  allocationIds: lines.map(({ allocationId }) => allocationId),
});

/** Every row of money with where it has got: 资金台账. */
export const register = noting(
  alike([allocationRegisterView], ({ db, asOf }, filter: RegisterFilter): RegisterPage =>
    allocations(db, { ...filter, ...throughOf(asOf) }),
  ),
  ofLines,
);

export interface RegisterWithPlaces extends RegisterPage {
  /** Names from the county down, by the place's id. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
}

/** The same, with the places named. */
export const registerWithPlaces = noting(
  alike(
    [allocationRegisterView, placeDirectoryView],
    ({ db, asOf }, filter: RegisterFilter): RegisterWithPlaces => ({
      ...allocations(db, { ...filter, ...throughOf(asOf) }),
      paths: new Map(places(db).map(({ placeId, path }) => [placeId, path])),
    }),
  ),
  ofLines,
);

const throughOf = (asOf: AsOf): Pick<RegisterFilter, 'through'> => {
  const through = lastDayOf(asOf);
  return through === undefined ? {} : { through };
};
