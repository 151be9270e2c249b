import { dayNumber } from '#ledger/calendar';
import type { EventType } from '#ledger/event-types';
import type { FundingLevel } from '#ledger/notice/notice-events';
import { transferCode } from '#ledger/fund/transfer';
import type { ViewEvent } from '#projections/engine/view-event';
import type { Dated } from '../as-of/as-of.ts';
import type { Posting } from './postings.ts';

/** A place by everything that was ever said of it. Places are numbered as they were registered. */
export interface PlaceDimension {
  readonly placeId: string;
  readonly level: 'county' | 'town' | 'village';
  /** Number of the place above it. */
  readonly parent: number | undefined;
  readonly names: Dated<string>[];
  /** Numbers of the places it was merged into. */
  readonly mergers: Dated<number>[];
}

/** An allocation by what its money may be grouped by. Numbered as they were made. */
export interface AllocationDimension {
  readonly allocationId: string;
  readonly noticeId: string;
  readonly annex: string;
  readonly row: number;
  readonly place: number;
  readonly fiscalYear: number;
  readonly batch: string;
  readonly fundingLevel: FundingLevel;
  readonly projectName: string | null;
  /** The type it was allocated with, then each classification. */
  readonly types: Dated<string | null>[];
  readonly day: number;
  readonly position: number;
}

/** The part of dimensions that is kept: everything else follows from it. */
export interface StoredDimensions {
  readonly places: PlaceDimension[];
  readonly allocations: AllocationDimension[];
}

export interface Dimensions extends StoredDimensions {
  placeNumber(placeId: string): number | undefined;
  allocationNumber(allocationId: string): number | undefined;
  /** Takes in what an event says; answers the posting it makes, if it moves money. */
  fold(event: ViewEvent): Posting | undefined;
}

/** The events whose text the dimensions are made of; of all others the transfer suffices. */
export const TOLD_BY = [
  'PlaceRegistered',
  'PlaceRenamed',
  'PlaceMerged',
  'FundsAllocated',
  'AllocationClassified',
] as const satisfies readonly EventType[];

export const createDimensions = (
  stored: StoredDimensions = { places: [], allocations: [] },
): Dimensions => {
  const { places, allocations } = stored;
  const placeNumbers = numbered(places, ({ placeId }) => placeId);
  const allocationNumbers = numbered(allocations, ({ allocationId }) => allocationId);

  const placeNamed = (placeId: string): number => {
    const number = placeNumbers.get(placeId);
    if (number === undefined) throw new Error(`Place ${placeId} was never registered.`);
    return number;
  };
  const allocationOf = (stream: string): number => {
    const number = allocationNumbers.get(stream.slice('fund-'.length));
    if (number === undefined)
      throw new Error(`Money moves in ${stream}, which was never allocated.`);
    return number;
  };

  const tell = (event: ViewEvent): void => {
    const said = <Value>(value: Value): Dated<Value> => ({
      value,
      day: dayNumber(event.occurredOn),
      position: event.position,
    });
    switch (event.type) {
      case 'PlaceRegistered': {
        const { placeId, level, name, parentId } = event.data;
        placeNumbers.set(placeId, places.length);
        const parent = parentId === undefined ? undefined : placeNamed(parentId);
        places.push({ placeId, level, parent, names: [said(name)], mergers: [] });
        return;
      }
      case 'PlaceRenamed':
        places[placeNamed(event.data.placeId)]?.names.push(said(event.data.name));
        return;
      case 'PlaceMerged': {
        const into = placeNamed(event.data.intoPlaceId);
        places[placeNamed(event.data.placeId)]?.mergers.push(said(into));
        return;
      }
      case 'FundsAllocated': {
        const { allocationId, noticeId, annex, row, placeId, project, ...issued } = event.data;
        const { fiscalYear, batch, fundingLevel } = issued;
        const { value, day, position } = said(project?.projectType ?? null);
        allocationNumbers.set(allocationId, allocations.length);
        allocations.push({
          allocationId,
          noticeId,
          annex,
          row,
          place: placeNamed(placeId),
          fiscalYear,
          batch,
          fundingLevel,
          projectName: project?.name ?? null,
          types: [{ value, day, position }],
          day,
          position,
        });
        return;
      }
      case 'AllocationClassified':
        allocations[allocationOf(event.stream)]?.types.push(said(event.data.projectType));
        return;
      default:
        return;
    }
  };

  return {
    places,
    allocations,
    placeNumber: (placeId) => placeNumbers.get(placeId),
    allocationNumber: (allocationId) => allocationNumbers.get(allocationId),
    fold: (event) => {
      tell(event);
      if (event.transfer === undefined) return undefined;
      const allocation = allocationOf(event.stream);
      return {
        position: event.position,
        day: dayNumber(event.occurredOn),
        place: allocations[allocation]?.place ?? 0,
        allocation,
        transferKind: transferCode(event.transfer),
        amountFen: event.transfer.amountFen,
      };
    },
  };
};

const numbered = <Item>(items: readonly Item[], idOf: (item: Item) => string) =>
  new Map(items.map((item, number) => [idOf(item), number]));
