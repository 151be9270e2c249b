import { AGE_BANDS, bandsOf, type AllocationAge, type Lot } from '#history/questions/ageing';
import type { AsOf } from '#history/as-of/as-of';
import { factOf, placesAt } from '#history/questions/places-at';
import type { History } from '#history/postings/history';
import { allocationPresenter, type AllocationView } from './allocation.ts';

/** How long money has lain, place by place and allocation by allocation, the oldest first. */
export interface AgeingView {
  readonly bands: readonly { readonly zh: string; readonly en: string; readonly fen: number }[];
  readonly onHandFen: number;
  readonly places: readonly PlaceAgeView[];
  readonly allocations: readonly AllocationAgeView[];
}

export interface PlaceAgeView {
  readonly placeId: string;
  readonly path: readonly string[];
  readonly onHandFen: number;
  readonly oldestDays: number;
  /** Fen of each band, in their order. */
  readonly bandsFen: readonly number[];
}

export interface AllocationAgeView {
  readonly allocation: AllocationView;
  readonly onHandFen: number;
  readonly lots: readonly Lot[];
}

export const presentAgeing = (
  { dimensions }: Pick<History, 'dimensions'>,
  asOf: AsOf,
  ages: readonly AllocationAge[],
): AgeingView => {
  const present = allocationPresenter(dimensions, asOf);
  const at = placesAt(dimensions, asOf);
  const byPlace = new Map<number, AllocationAge[]>();
  for (const age of ages) {
    const place = at.successor(dimensions.allocations[age.allocation]?.place ?? 0);
    byPlace.set(place, [...(byPlace.get(place) ?? []), age]);
  }
  const places = [...byPlace].map(([place, own]) => ({
    placeId: factOf(dimensions.places, place).placeId,
    path: at.path(place),
    onHandFen: sumOf(own),
    oldestDays: Math.max(...own.map(({ lots }) => lots[0]?.ageDays ?? 0)),
    bandsFen: bandsOf(own),
  }));
  const fens = bandsOf(ages);
  return {
    bands: AGE_BANDS.map(({ zh, en }, band) => ({ zh, en, fen: fens[band] ?? 0 })),
    onHandFen: sumOf(ages),
    places: places.sort((left, right) => right.oldestDays - left.oldestDays),
    allocations: ages.map(({ allocation, ...age }) => ({
      allocation: present(allocation),
      ...age,
    })),
  };
};

const sumOf = (ages: readonly AllocationAge[]): number =>
  ages.reduce((sum, { onHandFen }) => sum + onHandFen, 0);
