import type { BusinessDate } from '#ledger/calendar';
import type { ReadDatabase } from '#projections/engine/read-database';
import type { PackagedPlace } from './places.ts';

/** What the tables are drawn from. */
export interface Scope {
  /** Views folded from the very events that are in the bundle. */
  readonly db: ReadDatabase;
  readonly places: ReadonlyMap<string, PackagedPlace>;
  /** The business day of the last recording: what is late is late by then. */
  readonly on: BusinessDate;
  /** The only year that the tables tell of, where they do not tell of all. */
  readonly year: number | undefined;
}

/** Things that happened: those of the year, by their business date. */
export const isOfYear = ({ year }: Scope, occurredOn: BusinessDate): boolean =>
  year === undefined || Number(occurredOn.slice(0, 4)) === year;

export const pathOfPlace = ({ places }: Scope, placeId: string): string =>
  places.get(placeId)?.path ?? '';
