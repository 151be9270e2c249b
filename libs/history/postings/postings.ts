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
  /** Number of its path, see `PATHS`. */
  readonly transferKind: number;
  readonly amountFen: number;
}

export const TRANSFER_KIND_COUNT = TRANSFER_KINDS.length;

/**
 * Every movement of money there ever was, in the order of the log. Sums are of paths, not of
 * accounts: what went which way. Accounts and every figure of a view follow from them.
 */
export interface Postings {
  readonly count: number;
  /** Positions only ever grow. */
  append(posting: Posting): void;
  /** Fen that went each way: index `place * PATH_COUNT + path`, for so many places. */
  sumsByPlace(asOf: AsOf, places: number): Float64Array;
  /** The same for one place: index `path`. */
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

export const createPostings = ({
  blocksATotal = BLOCKS_A_TOTAL,
  blocks: stored = [],
}: ColumnsOptions = {}): PostingColumns => {
  const blocks: PostingBlock[] = [...stored];
  const totals: RunningTotal[] = [];
  /** The newest posting of each place that stands in a sealed block. */
  let newest = new Uint32Array(0);
  /** How many places the sealed blocks know of. */
  let places = 0;
  let running = new Float64Array(0);
  let maxDay = 0;
  let count = 0;

  /** A sealed block joins the running total and, unless a file told them, the chains of places. */
  const joinSealed = (block: PostingBlock, number: number, isChained: boolean): void => {
    for (let row = 0; row < BLOCK_ROWS; row++) {
      const place = placeOf(block.slot(row));
      if (place >= newest.length) newest = withRoomFor(newest, place);
      if (place >= places) places = place + 1;
      if (!isChained) block.chain(row, newest[place] ?? NONE);
      newest[place] = number * BLOCK_ROWS + row;
    }
    if (blocksATotal === 0) return;
    running = atLeast(running, places * TRANSFER_KIND_COUNT);
    block.addTo(running, BLOCK_ROWS);
    maxDay = Math.max(maxDay, block.maxDay);
    if ((number + 1) % blocksATotal > 0) return;
    const { lastPosition: position } = block;
    const sums = running.slice();
    totals.push({ blocks: number + 1, maxDay, position, sums, newest: newest.slice(0, places) });
  };

  for (const [number, block] of blocks.entries()) {
    count += block.rows;
    if (block.sealed) joinSealed(block, number, true);
  }

  /** Blocks from one on that reach into the bounds, and how many of their rows may. */
  const eachBlock = (
    first: number,
    asOf: AsOf,
    visit: (block: PostingBlock, rows: number) => void,
  ): void => {
    for (let number = first; number < blocks.length; number++) {
      const block = blocks[number];
      if (block === undefined || block.firstPosition > asOf.position) return;
      visit(block, block.rowsUntil(asOf.day));
    }
  };

  /** The last running total that holds nothing beyond the bounds. */
  const totalWithin = ({ position, day }: AsOf): RunningTotal | undefined =>
    totals.findLast((one) => one.position <= position && one.maxDay <= day);

  /** Rows of a place within the bounds, from a row on; the newest block first. */
  const eachOfPlace = (
    place: number,
    asOf: AsOf,
    since: number,
    visit: (block: PostingBlock, row: number) => void,
  ): void => {
    const open = blocks.at(-1);
    if (open !== undefined && !open.sealed && open.firstPosition <= asOf.position) {
      const first = place * TRANSFER_KIND_COUNT;
      for (let row = 0; row < open.rows; row++) {
        const transferKind = open.slot(row) - first;
        if (transferKind >= 0 && transferKind < TRANSFER_KIND_COUNT && isRowWithin(open, row, asOf))
          visit(open, row);
      }
    }
    // The chain from the first running total that everything within the bounds stands before.
    const later = totals.find((one) => one.position >= asOf.position);
    let next = (later?.newest ?? newest)[place] ?? NONE;
    while (next !== NONE && next >= since) {
      const block = blocks[Math.floor(next / BLOCK_ROWS)];
      if (block === undefined) throw new Error(`Posting ${next} of place ${place} is missing.`);
      const row = next % BLOCK_ROWS;
      if (isRowWithin(block, row, asOf)) visit(block, row);
      next = block.before(row);
    }
  };

  return {
    blocks,
    get count() {
      return count;
    },
    append: ({ position, day, place, allocation, transferKind, amountFen }) => {
      let block = blocks.at(-1);
      if (block === undefined || block.sealed) blocks.push((block = new PostingBlock()));
      block.append(
        position,
        clipped(day),
        place * TRANSFER_KIND_COUNT + transferKind,
        allocation,
        amountFen,
      );
      count += 1;
      if (block.sealed) joinSealed(block, blocks.length - 1, false);
    },
    sumsByPlace: (asOf, places) => {
      const total = totalWithin(asOf);
      const sums = new Float64Array(places * TRANSFER_KIND_COUNT);
      if (total !== undefined) sums.set(total.sums);
      eachBlock(total?.blocks ?? 0, asOf, (block, rows) => {
        const isWhole = block.sealed || block.maxDay <= asOf.day;
        if (isWhole && block.lastPosition <= asOf.position) block.addTo(sums, rows);
        else addWithin(sums, block, rows, asOf);
      });
      return exact(sums);
    },
    sumsOfPlace: (place, asOf) => {
      const base = totalWithin(asOf);
      const first = place * TRANSFER_KIND_COUNT;
      const sums = new Float64Array(TRANSFER_KIND_COUNT);
      if (base !== undefined) sums.set(base.sums.subarray(first, first + TRANSFER_KIND_COUNT));
      const since = (base?.blocks ?? 0) * BLOCK_ROWS;
      eachOfPlace(place, asOf, since, (block, row) => {
        const transferKind = block.slot(row) % TRANSFER_KIND_COUNT;
        sums[transferKind] = (sums[transferKind] ?? 0) + block.amountFen(row);
      });
      return exact(sums);
    },
    ofPlace: (place, asOf) => {
      const found: Posting[] = [];
      eachOfPlace(place, asOf, 0, (block, row) => void found.push(postingAt(block, row)));
      return found.sort((left, right) => left.position - right.position);
    },
    each: (asOf, visit) =>
      eachBlock(0, asOf, (block, rows) => {
        for (let row = 0; row < rows; row++) {
          if (isRowWithin(block, row, asOf)) visit(postingAt(block, row));
        }
      }),
    bytes: () =>
      totals.reduce(
        (sum, one) => sum + one.sums.byteLength + one.newest.byteLength,
        running.byteLength,
      ) +
      blocks.length * BLOCK_BYTES +
      newest.byteLength,
  };
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
