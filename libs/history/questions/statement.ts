import { dateOfDayNumber, type BusinessDate } from '#ledger/calendar';
import { transferKindAt } from '#ledger/fund/transfer';
import type { AsOf } from '../as-of/as-of.ts';
import type { History } from '../postings/history.ts';
import { effectOn } from './measures.ts';
import { placesAt, type PlacesAt } from './places-at.ts';
import type { Posting } from '../postings/postings.ts';

/** One line of a village's passbook. Amounts in fen. */
export interface StatementLine {
  readonly on: BusinessDate;
  readonly position: number;
  /** Number of the allocation; absent on a line that carries the money of a merged place. */
  readonly allocation?: number;
  /** The place that the money of a carrying line comes from or goes to. */
  readonly carried?: string;
  /** What the line did to the quota. */
  readonly allocatedFen: number;
  /**
   * Received, and spent or given back. What takes an entry back is in the column of that entry with
   * the other sign (红字): a reversed payment is spending below zero, not income.
   */
  readonly inFen: number;
  readonly outFen: number;
  /** 结存 after this line. */
  readonly balanceFen: number;
}

export interface Statement {
  readonly placeId: string;
  readonly path: readonly string[];
  readonly openingFen: number;
  readonly lines: readonly StatementLine[];
  readonly closingFen: number;
}

/** What happened to the place's money from one day to another, both inclusive. */
export interface StatementPeriod {
  /** Day number; absent: from the beginning. */
  readonly fromDay: number;
  readonly asOf: AsOf;
}

/**
 * The passbook of a place: every movement with the balance beside it. Money of a place that was
 * merged into this one comes in with the merger, on one line; a place that was merged away hands
 * its own over likewise.
 */
export const statement = (
  { dimensions, postings }: Pick<History, 'dimensions' | 'postings'>,
  place: number,
  { fromDay, asOf }: StatementPeriod,
): Statement => {
  const at = placesAt(dimensions, asOf);
  const gone = at.merger(place);
  const entries: Entry[] = [];
  const carry = new Map<string, Entry>();
  for (const source of at.withMerged(place)) {
    for (const posting of postings.ofPlace(source, asOf)) {
      const arrival = source === place ? undefined : arrivalAt(at, source, place);
      const entry = { ...entryOf(posting), allocation: posting.allocation };
      if (gone !== undefined && isAfter(entry, gone)) continue;
      if (arrival === undefined || isAfter(entry, arrival)) entries.push(entry);
      else addTo(carry, { ...arrival, carried: at.name(source) }, entry, 1);
    }
  }
  entries.push(...carry.values());
  if (gone !== undefined) {
    const handed = new Map<string, Entry>();
    const name = at.name(gone.into);
    for (const entry of entries) addTo(handed, { ...gone, carried: name }, entry, -1);
    entries.push(...handed.values());
  }
  entries.sort((left, right) => left.day - right.day || left.position - right.position);

  let balanceFen = 0;
  let openingFen = 0;
  const lines: StatementLine[] = [];
  for (const { day, position, allocation, carried, allocatedFen, inFen, outFen } of entries) {
    balanceFen += inFen - outFen;
    if (day < fromDay) {
      openingFen = balanceFen;
      continue;
    }
    lines.push({
      on: dateOfDayNumber(day),
      position,
      ...(allocation === undefined ? {} : { allocation }),
      ...(carried === undefined ? {} : { carried }),
      allocatedFen,
      inFen,
      outFen,
      balanceFen,
    });
  }
  const { placeId = '' } = dimensions.places[place] ?? {};
  return { placeId, path: at.path(place), openingFen, lines, closingFen: balanceFen };
};

interface Entry {
  readonly day: number;
  readonly position: number;
  readonly allocation?: number;
  readonly carried?: string;
  readonly allocatedFen: number;
  readonly inFen: number;
  readonly outFen: number;
}

interface Moment {
  readonly day: number;
  readonly position: number;
}

const entryOf = (posting: Posting): Entry => ({
  day: posting.day,
  position: posting.position,
  allocatedFen: effectOn('allocatedFen', posting),
  ...columnsOf(posting),
});

/** Money that comes from the quota, or goes back there, is received; all else is spent or given back. */
const columnsOf = (posting: Posting): Pick<Entry, 'inFen' | 'outFen'> => {
  const onHandFen = effectOn('onHandFen', posting);
  const { from, to } = transferKindAt(posting.transferKind);
  const isReceipt = from === 'quota' || to === 'quota' || from === 'source';
  return isReceipt ? { inFen: onHandFen, outFen: 0 } : { inFen: 0, outFen: 0 - onHandFen };
};

const netOf = (entry: Entry | undefined): number => (entry?.inFen ?? 0) - (entry?.outFen ?? 0);

const isAfter = (entry: Moment, moment: Moment): boolean =>
  entry.day > moment.day || (entry.day === moment.day && entry.position > moment.position);

/** When the money of a merged place reached its heir: with the last merger on its way. */
const arrivalAt = (at: PlacesAt, source: number, successor: number): Moment => {
  let moment: Moment = { day: 0, position: 0 };
  for (let place = source; place !== successor;) {
    const merger = at.merger(place);
    if (merger === undefined) throw new Error(`Place number ${source} never reached ${successor}.`);
    if (isAfter(merger, moment)) moment = merger;
    place = merger.into;
  }
  return moment;
};

const addTo = (
  carry: Map<string, Entry>,
  { day, position, carried }: Moment & { readonly carried: string },
  entry: Entry,
  sign: 1 | -1,
): void => {
  const key = `${position} ${carried}`;
  const known = carry.get(key);
  const onHandFen = netOf(known) + sign * netOf(entry);
  carry.set(key, {
    day,
    position,
    carried,
    allocatedFen: (known?.allocatedFen ?? 0) + sign * entry.allocatedFen,
    inFen: Math.max(0, onHandFen),
    outFen: Math.max(0, -onHandFen),
  });
};
