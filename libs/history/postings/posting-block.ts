export const BLOCK_ROWS = 65_536;

/** No earlier posting of this place. */
export const NONE = 0xffff_ffff;

/** 24 bytes a row: an amount and four numbers side by side; two more for its day, in a column. */
const WORDS = 6;
const DOUBLES = 3;
export const BLOCK_BYTES = BLOCK_ROWS * (DOUBLES * 8 + 2);

/** Where in a row each number stands. The amount takes the first two words. */
const POSITION = 2;
const SLOT = 3;
const ALLOCATION = 4;
const BEFORE = 5;

/**
 * A block of postings in one buffer. While it is open, rows stand in the order of the log; a full
 * one is sealed: sorted by business day, so that "until a day" is its beginning.
 */
export class PostingBlock {
  rows = 0;
  sealed = false;
  firstPosition = 0;
  lastPosition = 0;
  maxDay = 0;
  /** All of it, as a file keeps it. */
  readonly bytes: Uint8Array;
  readonly #doubles: Float64Array;
  readonly #words: Uint32Array;
  readonly #days: Uint16Array;

  /** An empty block, or one that stands in a buffer with so many rows in it. */
  constructor(buffer = new ArrayBuffer(BLOCK_BYTES), offset = 0, rows = 0) {
    this.bytes = new Uint8Array(buffer, offset, BLOCK_BYTES);
    this.#doubles = new Float64Array(buffer, offset, BLOCK_ROWS * DOUBLES);
    this.#words = new Uint32Array(buffer, offset, BLOCK_ROWS * WORDS);
    this.#days = new Uint16Array(buffer, offset + BLOCK_ROWS * DOUBLES * 8, BLOCK_ROWS);
    for (let row = 0; row < rows; row++) this.#takeIn(row);
    this.sealed = rows === BLOCK_ROWS;
  }

  /** Adds a row; seals the block when it is full. */
  append(position: number, day: number, slot: number, allocation: number, amountFen: number): void {
    const word = this.rows * WORDS;
    this.#doubles[this.rows * DOUBLES] = amountFen;
    this.#words[word + POSITION] = position;
    this.#words[word + SLOT] = slot;
    this.#words[word + ALLOCATION] = allocation;
    this.#words[word + BEFORE] = NONE;
    this.#days[this.rows] = day;
    this.#takeIn(this.rows);
    if (this.rows === BLOCK_ROWS) this.#seal();
  }

  amountFen(row: number): number {
    return this.#doubles[row * DOUBLES] ?? 0;
  }
  position(row: number): number {
    return this.#words[row * WORDS + POSITION] ?? 0;
  }
  /** Place and transfer kind in one: what a posting is summed under. */
  slot(row: number): number {
    return this.#words[row * WORDS + SLOT] ?? 0;
  }
  allocation(row: number): number {
    return this.#words[row * WORDS + ALLOCATION] ?? 0;
  }
  /** The row, counted over all blocks, of an earlier posting of the same place. */
  before(row: number): number {
    return this.#words[row * WORDS + BEFORE] ?? NONE;
  }
  chain(row: number, before: number): void {
    this.#words[row * WORDS + BEFORE] = before;
  }
  day(row: number): number {
    return this.#days[row] ?? 0;
  }

  /** How many rows, from the beginning, may be of a day or earlier. */
  rowsUntil(day: number): number {
    if (!this.sealed || day >= this.maxDay) return this.rows;
    let [low, high] = [0, this.rows];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.day(middle) <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Adds the first so many rows to the sums of their slots. */
  addTo(sums: Float64Array, rows: number): void {
    const [doubles, words] = [this.#doubles, this.#words];
    for (let row = 0; row < rows; row++) {
      const slot = words[row * WORDS + SLOT] ?? 0;
      sums[slot] = (sums[slot] ?? 0) + (doubles[row * DOUBLES] ?? 0);
    }
  }

  /** Takes the next row into what the block knows of itself. */
  #takeIn(row: number): void {
    const position = this.#words[row * WORDS + POSITION] ?? 0;
    const day = this.#days[row] ?? 0;
    if (row === 0 || position < this.firstPosition) this.firstPosition = position;
    if (position > this.lastPosition) this.lastPosition = position;
    if (day > this.maxDay) this.maxDay = day;
    this.rows = row + 1;
  }

  /** Rows of one day stay in the order of the log. */
  #seal(): void {
    const order = this.#orderOfDays();
    const rows = this.#doubles.slice();
    const days = this.#days.slice();
    for (let place = 0; place < BLOCK_ROWS; place++) {
      const row = order[place] ?? 0;
      this.#doubles.set(rows.subarray(row * DOUBLES, (row + 1) * DOUBLES), place * DOUBLES);
      this.#days[place] = days[row] ?? 0;
    }
    this.sealed = true;
  }

  /** Counting sort: for each place in the sorted order, the row that comes there. */
  #orderOfDays(): Uint32Array {
    const starts = new Uint32Array(this.maxDay + 2);
    for (let row = 0; row < BLOCK_ROWS; row++) {
      const next = this.day(row) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
    for (let day = 1; day < starts.length; day++) {
      starts[day] = (starts[day] ?? 0) + (starts[day - 1] ?? 0);
    }
    const order = new Uint32Array(BLOCK_ROWS);
    for (let row = 0; row < BLOCK_ROWS; row++) {
      const day = this.day(row);
      const place = starts[day] ?? 0;
      starts[day] = place + 1;
      order[place] = row;
    }
    return order;
  }
}
