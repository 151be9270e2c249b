import { TRANSFER_KINDS } from '#ledger/fund/transfer';
import type { AsOf } from '../as-of/as-of.ts';
import { BLOCK_BYTES, BLOCK_ROWS, NONE, PostingBlock } from './posting-block.ts';

/** One movement of money, by numbers: the place and the allocation as the dimensions count them. */
export interface Posting {
  readonly position: number;
  /** Day number. */
  readonly day: number;
  readonly place: number;
  readonly allocation: number;
  /** Its place in `TRANSFER_KINDS`. */
  readonly transferKind: number;
  readonly amountFen: number;
}

export const TRANSFER_KIND_COUNT = TRANSFER_KINDS.length;

/**
 * Every movement of money there ever was, in the order of the log. Sums are of transfer kinds,
 * not of accounts: what went which way. Accounts and every figure of a view follow from them.
 */
export interface Postings {
  readonly count: number;
  /** Positions only ever grow. */
  append(posting: Posting): void;
  /** Fen that went each way: index `place * TRANSFER_KIND_COUNT + transferKind`, for so many places. */
  sumsByPlace(asOf: AsOf, places: number): Float64Array;
  /** The same for one place: index `transferKind`. */
  sumsOfPlace(place: number, asOf: AsOf): Float64Array;
  /** The postings of one place, in the order of the log. */
  ofPlace(place: number, asOf: AsOf): readonly Posting[];
  /** Shows every posting within the bounds, in no particular order. */
  each(asOf: AsOf, visit: (posting: Posting) => void): void;
}

export interface ColumnsOptions {
  /** Blocks between two running totals; 0 for none, which makes questions slower and nothing else. */
  readonly blocksATotal?: number;
  /** Blocks read from a file. */
  readonly blocks?: readonly PostingBlock[];
}

/** Postings in typed arrays, with a running total of every place now and then. */
export interface PostingColumns extends Postings {
  readonly blocks: readonly PostingBlock[];
  /** Bytes held in memory, running totals among them. */
  bytes(): number;
}

/** Half a million postings: the most that a question has to add up by itself. */
const BLOCKS_A_TOTAL = 8;

/** Days are stored in two bytes: from 1970 to 2149. A day beyond, which is a slip, counts as the end it is beyond. */
const LAST_DAY = 0xffff;
const clipped = (day: number): number => Math.min(Math.max(day, 0), LAST_DAY);

export const createPostings = (options: ColumnsOptions = {}): PostingColumns =>
  new BlockedPostings(options);

class BlockedPostings implements PostingColumns {
  readonly blocks: PostingBlock[];
  count = 0;
  readonly #blocksATotal: number;
  readonly #totals: RunningTotal[] = [];
  /** The newest posting of each place that stands in a sealed block. */
  #newest = new Uint32Array(0);
  /** How many places the sealed blocks know of. */
  #places = 0;
  #running = new Float64Array(0);
  #maxDay = 0;

  constructor({ blocksATotal = BLOCKS_A_TOTAL, blocks = [] }: ColumnsOptions) {
    this.#blocksATotal = blocksATotal;
    this.blocks = [...blocks];
    for (const [number, block] of this.blocks.entries()) {
      this.count += block.rows;
      if (block.sealed) this.#joinSealed(block, number, true);
    }
  }

  append({ position, day, place, allocation, transferKind, amountFen }: Posting): void {
    let block = this.blocks.at(-1);
    if (block === undefined || block.sealed) this.blocks.push((block = new PostingBlock()));
    const slot = place * TRANSFER_KIND_COUNT + transferKind;
    block.append(position, clipped(day), slot, allocation, amountFen);
    this.count += 1;
    if (block.sealed) this.#joinSealed(block, this.blocks.length - 1, false);
  }

  sumsByPlace(asOf: AsOf, places: number): Float64Array {
    const total = this.#totalWithin(asOf);
    const sums = new Float64Array(places * TRANSFER_KIND_COUNT);
    if (total !== undefined) sums.set(total.sums);
    this.#eachBlock(total?.blocks ?? 0, asOf, (block, rows) => {
      const isWhole = block.sealed || block.maxDay <= asOf.day;
      if (isWhole && block.lastPosition <= asOf.position) block.addTo(sums, rows);
      else addWithin(sums, block, rows, asOf);
    });
    return exact(sums);
  }

  sumsOfPlace(place: number, asOf: AsOf): Float64Array {
    const base = this.#totalWithin(asOf);
    const first = place * TRANSFER_KIND_COUNT;
    const sums = new Float64Array(TRANSFER_KIND_COUNT);
    if (base !== undefined) sums.set(base.sums.subarray(first, first + TRANSFER_KIND_COUNT));
    const since = (base?.blocks ?? 0) * BLOCK_ROWS;
    this.#eachOfPlace(place, asOf, since, (block, row) => {
      const transferKind = block.slot(row) % TRANSFER_KIND_COUNT;
      sums[transferKind] = (sums[transferKind] ?? 0) + block.amountFen(row);
    });
    return exact(sums);
  }

  ofPlace(place: number, asOf: AsOf): Posting[] {
    const found: Posting[] = [];
    this.#eachOfPlace(place, asOf, 0, (block, row) => void found.push(postingAt(block, row)));
    return found.sort((left, right) => left.position - right.position);
  }

  each(asOf: AsOf, visit: (posting: Posting) => void): void {
    this.#eachBlock(0, asOf, (block, rows) => {
      for (let row = 0; row < rows; row++) {
        if (isRowWithin(block, row, asOf)) visit(postingAt(block, row));
      }
    });
  }

  bytes(): number {
    const totals = this.#totals.reduce(
      (sum, { sums, newest }) => sum + sums.byteLength + newest.byteLength,
      this.#running.byteLength,
    );
    return totals + this.blocks.length * BLOCK_BYTES + this.#newest.byteLength;
  }

  /** A sealed block joins the running total and, unless it came from a file, the chains of places. */
  #joinSealed(block: PostingBlock, number: number, isChained: boolean): void {
    for (let row = 0; row < BLOCK_ROWS; row++) {
      const place = placeOf(block.slot(row));
      if (place >= this.#newest.length) this.#newest = withRoomFor(this.#newest, place);
      if (place >= this.#places) this.#places = place + 1;
      if (!isChained) block.chain(row, this.#newest[place] ?? NONE);
      this.#newest[place] = number * BLOCK_ROWS + row;
    }
    if (this.#blocksATotal === 0) return;
    this.#running = atLeast(this.#running, this.#places * TRANSFER_KIND_COUNT);
    block.addTo(this.#running, BLOCK_ROWS);
    this.#maxDay = Math.max(this.#maxDay, block.maxDay);
    if ((number + 1) % this.#blocksATotal > 0) return;
    this.#totals.push({
      blocks: number + 1,
      maxDay: this.#maxDay,
      position: block.lastPosition,
      sums: this.#running.slice(),
      newest: this.#newest.slice(0, this.#places),
    });
  }

  /** Blocks from one on that reach into the bounds, and how many of their rows may. */
  #eachBlock(first: number, asOf: AsOf, visit: (block: PostingBlock, rows: number) => void): void {
    for (let number = first; number < this.blocks.length; number++) {
      const block = this.blocks[number];
      if (block === undefined || block.firstPosition > asOf.position) return;
      visit(block, block.rowsUntil(asOf.day));
    }
  }

  /** The last running total that holds nothing beyond the bounds. */
  #totalWithin({ position, day }: AsOf): RunningTotal | undefined {
    return this.#totals.findLast((one) => one.position <= position && one.maxDay <= day);
  }

  /** Rows of a place within the bounds, from a row on; the newest block first. */
  #eachOfPlace(
    place: number,
    asOf: AsOf,
    since: number,
    visit: (block: PostingBlock, row: number) => void,
  ): void {
    eachOfPlaceInOpen(this.blocks.at(-1), place, asOf, visit);
    // The chain from the first running total that everything within the bounds stands before.
    const later = this.#totals.find((one) => one.position >= asOf.position);
    let next = (later?.newest ?? this.#newest)[place] ?? NONE;
    while (next !== NONE && next >= since) {
      const block = this.blocks[Math.floor(next / BLOCK_ROWS)];
      if (block === undefined) throw new Error(`Posting ${next} of place ${place} is missing.`);
      const row = next % BLOCK_ROWS;
      if (isRowWithin(block, row, asOf)) visit(block, row);
      next = block.before(row);
    }
  }
}

/** Rows of a place within the bounds in the last block, unless it is sealed and so has its chain. */
const eachOfPlaceInOpen = (
  open: PostingBlock | undefined,
  place: number,
  asOf: AsOf,
  visit: (block: PostingBlock, row: number) => void,
): void => {
  if (open === undefined || open.sealed || open.firstPosition > asOf.position) return;
  const first = place * TRANSFER_KIND_COUNT;
  for (let row = 0; row < open.rows; row++) {
    const transferKind = open.slot(row) - first;
    const isOfPlace = transferKind >= 0 && transferKind < TRANSFER_KIND_COUNT;
    if (isOfPlace && isRowWithin(open, row, asOf)) visit(open, row);
  }
};

/** Sums of everything in the first so many blocks. */
interface RunningTotal {
  readonly blocks: number;
  readonly position: number;
  readonly maxDay: number;
  readonly sums: Float64Array;
  /** The newest posting of each place in them. */
  readonly newest: Uint32Array;
}

const placeOf = (slot: number): number => Math.trunc(slot / TRANSFER_KIND_COUNT);

const postingAt = (block: PostingBlock, row: number): Posting => ({
  position: block.position(row),
  day: block.day(row),
  place: placeOf(block.slot(row)),
  allocation: block.allocation(row),
  transferKind: block.slot(row) % TRANSFER_KIND_COUNT,
  amountFen: block.amountFen(row),
});

const isRowWithin = (block: PostingBlock, row: number, { position, day }: AsOf): boolean =>
  block.position(row) <= position && block.day(row) <= day;

const addWithin = (sums: Float64Array, block: PostingBlock, rows: number, asOf: AsOf): void => {
  for (let row = 0; row < rows; row++) {
    if (!isRowWithin(block, row, asOf)) continue;
    const slot = block.slot(row);
    sums[slot] = (sums[slot] ?? 0) + block.amountFen(row);
  }
};

/** Twice as long at least, so that it grows seldom. */
const withRoomFor = (newest: Uint32Array<ArrayBuffer>, place: number) => {
  const longer = new Uint32Array(Math.max(place + 1, newest.length * 2)).fill(NONE);
  longer.set(newest);
  return longer;
};

const atLeast = (array: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> => {
  if (array.length >= length) return array;
  const longer = new Float64Array(length);
  longer.set(array);
  return longer;
};

/** Every term is above zero, so a sum that is exact at the end was exact all the way. */
const exact = (sums: Float64Array): Float64Array => {
  // By index: walking a typed array with an iterator takes ten times as long.
  for (let slot = 0; slot < sums.length; slot++) {
    if ((sums[slot] ?? 0) > Number.MAX_SAFE_INTEGER) throw new Error('A sum is no longer exact.');
  }
  return sums;
};
