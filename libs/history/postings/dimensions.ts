import { dayNumber } from '#ledger/calendar';
import type { EventType } from '#ledger/event-types';
import type { FundingLevel } from '#ledger/notice/notice-events';
import { transferCode } from '#ledger/fund/transfer';
import type { ViewEvent, ViewEventOf } from '#projections/engine/view-event';
import { isWithin, type AsOf, type Dated } from '../as-of/as-of.ts';
import type { Posting } from './postings.ts';

/** A place by everything that was ever said of it. Places are numbered as they were registered. */
export interface PlaceDimension {
  readonly placeId: string;
  readonly level: 'county' | 'town' | 'village';
  /** Numbers of the places above it; none for a county. */
  readonly parents: Dated<number>[];
  readonly names: Dated<string>[];
  /** Numbers of the places it was merged into. */
  readonly mergers: StoredMerger[];
}

export interface StoredMerger extends Dated<number> {
  readonly eventId: string;
  /** Where it was taken back; any one suffices. */
  readonly revoked: Omit<Dated<number>, 'value'>[];
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
  /** Where it was voided: from then on it counts no more. */
  readonly voided: Omit<Dated<number>, 'value'>[];
}

/** Whether an allocation was made within the bounds, and not voided within them. */
export const isCounted = (allocation: AllocationDimension, asOf: AsOf): boolean =>
  isWithin(allocation, asOf) && !allocation.voided.some((at) => isWithin(at, asOf));

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
  'PlaceMergerRevoked',
  'PlaceParentChanged',
  'FundsAllocated',
  'AllocationClassified',
  'AllocationVoided',
] as const satisfies readonly EventType[];

export const createDimensions = (
  stored: StoredDimensions = { places: [], allocations: [] },
): Dimensions => new FoldedDimensions(stored);

class FoldedDimensions implements Dimensions {
  readonly places: PlaceDimension[];
  readonly allocations: AllocationDimension[];
  readonly #placeNumbers: Map<string, number>;
  readonly #allocationNumbers: Map<string, number>;

  constructor({ places, allocations }: StoredDimensions) {
    this.places = places;
    this.allocations = allocations;
    this.#placeNumbers = numbered(places, ({ placeId }) => placeId);
    this.#allocationNumbers = numbered(allocations, ({ allocationId }) => allocationId);
  }

  placeNumber(placeId: string): number | undefined {
    return this.#placeNumbers.get(placeId);
  }

  allocationNumber(allocationId: string): number | undefined {
    return this.#allocationNumbers.get(allocationId);
  }

  fold(event: ViewEvent): Posting | undefined {
    this.#take(event);
    if (event.transfer === undefined) return undefined;
    const allocation = this.#allocationOf(event.stream);
    return {
      position: event.position,
      day: dayNumber(event.occurredOn),
      place: this.allocations[allocation]?.place ?? 0,
      allocation,
      transferKind: transferCode(event.transfer),
      amountFen: event.transfer.amountFen,
    };
  }

  #take(event: ViewEvent): void {
    switch (event.type) {
      case 'PlaceRegistered': {
        const { placeId, level, name, parentId } = event.data;
        this.#placeNumbers.set(placeId, this.places.length);
        const parents = parentId === undefined ? [] : [dated(event, this.#placeNamed(parentId))];
        this.places.push({ placeId, level, parents, names: [dated(event, name)], mergers: [] });
        return;
      }
      case 'PlaceRenamed': {
        const { placeId, name } = event.data;
        this.places[this.#placeNamed(placeId)]?.names.push(dated(event, name));
        return;
      }
      case 'PlaceMerged': {
        const { placeId, intoPlaceId } = event.data;
        const into = dated(event, this.#placeNamed(intoPlaceId));
        this.places[this.#placeNamed(placeId)]?.mergers.push({
          ...into,
          eventId: event.id,
          revoked: [],
        });
        return;
      }
      case 'PlaceMergerRevoked': {
        const { placeId, reversedEventId } = event.data;
        const mergers = this.places[this.#placeNamed(placeId)]?.mergers ?? [];
        const merger = mergers.find(({ eventId }) => eventId === reversedEventId);
        const { day, position } = dated(event, undefined);
        merger?.revoked.push({ day, position });
        return;
      }
      case 'PlaceParentChanged': {
        const { placeId, parentId } = event.data;
        const parent = dated(event, this.#placeNamed(parentId));
        this.places[this.#placeNamed(placeId)]?.parents.push(parent);
        return;
      }
      case 'FundsAllocated':
        this.#takeAllocation(event);
        return;
      case 'AllocationClassified': {
        const type = dated(event, event.data.projectType);
        this.allocations[this.#allocationOf(event.stream)]?.types.push(type);
        return;
      }
      case 'AllocationVoided': {
        const { day, position } = dated(event, undefined);
        this.allocations[this.#allocationOf(event.stream)]?.voided.push({ day, position });
        return;
      }
      default:
        return;
    }
  }

  #takeAllocation(event: ViewEventOf<'FundsAllocated'>): void {
    const { allocationId, noticeId, annex, row, placeId, project, ...issued } = event.data;
    const { fiscalYear, batch, fundingLevel } = issued;
    const type = dated(event, project?.projectType ?? null);
    this.#allocationNumbers.set(allocationId, this.allocations.length);
    this.allocations.push({
      allocationId,
      noticeId,
      annex,
      row,
      place: this.#placeNamed(placeId),
      fiscalYear,
      batch,
      fundingLevel,
      projectName: project?.name ?? null,
      types: [type],
      day: type.day,
      position: type.position,
      voided: [],
    });
  }

  #placeNamed(placeId: string): number {
    const number = this.#placeNumbers.get(placeId);
    if (number === undefined) throw new Error(`Place ${placeId} was never registered.`);
    return number;
  }

  #allocationOf(stream: string): number {
    const number = this.#allocationNumbers.get(stream.slice('fund-'.length));
    if (number === undefined)
      throw new Error(`Money moves in ${stream}, which was never allocated.`);
    return number;
  }
}

const dated = <Value>({ occurredOn, position }: ViewEvent, value: Value): Dated<Value> => ({
  value,
  day: dayNumber(occurredOn),
  position,
});

const numbered = <Item>(items: readonly Item[], idOf: (item: Item) => string) =>
  new Map(items.map((item, number) => [idOf(item), number]));
