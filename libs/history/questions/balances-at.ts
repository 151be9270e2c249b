import { added, NO_SUMS, type AccountSums } from '#projections/money/account-sums';
import {
  toBalanceReport,
  type BalanceFilter,
  type BalanceLine,
  type BalanceReport,
} from '#projections/village-balance/query';
import type { AsOf } from '../as-of/as-of.ts';
import { isCounted } from '../postings/dimensions.ts';
import type { History } from '../postings/history.ts';
import { accountsOf } from './measures.ts';
import { factOf, placesAt, type PlacesAt } from './places-at.ts';
import { TRANSFER_KIND_COUNT } from '../postings/postings.ts';

/** What every place had within the bounds: the village balances of another day or another state of knowledge. */
export const balancesAt = (
  { dimensions, postings }: Pick<History, 'dimensions' | 'postings'>,
  asOf: AsOf,
  filter: BalanceFilter = {},
): BalanceReport => {
  const { places, allocations } = dimensions;
  const at = placesAt(dimensions, asOf);
  const sums = postings.sumsByPlace(asOf, places.length);
  const accounts = new Map<number, AccountSums>();
  for (let place = 0; place < places.length; place++) {
    const successor = at.successor(place);
    const own = accountsOf(sums, place * TRANSFER_KIND_COUNT);
    accounts.set(successor, added(accounts.get(successor) ?? NO_SUMS, own));
  }
  const counts = new Map<number, number>();
  for (const allocation of allocations) {
    if (!isCounted(allocation, asOf)) continue;
    const successor = at.successor(allocation.place);
    counts.set(successor, (counts.get(successor) ?? 0) + 1);
  }
  const lines = places.map((_fact, place): BalanceLine => ({
    ...headOf(dimensions.places, place, at),
    ...(at.successor(place) === place ? (accounts.get(place) ?? NO_SUMS) : NO_SUMS),
    allocations: counts.get(place) ?? 0,
  }));
  return toBalanceReport(lines.sort(inOrder), filter);
};

const headOf = (places: History['dimensions']['places'], place: number, at: PlacesAt) => {
  const { placeId, level } = factOf(places, place);
  const parent = at.parent(place);
  const path = at.path(place);
  const town = at.town(place);
  const merged = [...at.mergedInto(place)].map((source) => factOf(places, source).placeId);
  return {
    placeId,
    level,
    name: at.name(place),
    townId: town === undefined ? null : factOf(places, town).placeId,
    town: level === 'village' && parent !== undefined ? at.name(parent) : null,
    county: level === 'county' ? null : (path[0] ?? null),
    mergedFrom: merged.length === 0 ? null : namesOf(places, place, at),
  };
};

const namesOf = (places: History['dimensions']['places'], place: number, at: PlacesAt): string =>
  at
    .mergedInto(place)
    .map((source) => ({ id: factOf(places, source).placeId, name: at.name(source) }))
    .sort((left, right) => compare(left.id, right.id))
    .map(({ name }) => name)
    .join('、');

/** County first, then town by town, each before its villages. */
const inOrder = (left: BalanceLine, right: BalanceLine): number =>
  compare(left.county ?? '', right.county ?? '') ||
  compare(townOf(left), townOf(right)) ||
  Number(left.level === 'village') - Number(right.level === 'village') ||
  compare(left.name, right.name) ||
  compare(left.placeId, right.placeId);

const townOf = ({ level, name, town }: BalanceLine): string =>
  town ?? (level === 'town' ? name : '');

/** By code, as the store of the live view does. */
const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
