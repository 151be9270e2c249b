import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { writeWholeFile } from '#files/whole-file';
import { TRANSFER_KINDS } from '#ledger/fund/transfer';
import type { StoredDimensions } from './dimensions.ts';
import { BLOCK_BYTES, BLOCK_ROWS, PostingBlock } from './posting-block.ts';

/** A history as it is kept: it follows from the log, so a file that cannot be used is simply made anew. */
export interface SavedHistory {
  /** Leaf of the event at `position`: the log that has it there is the one that this was folded from. */
  readonly leaf: string;
  readonly position: number;
  readonly dimensions: StoredDimensions;
  readonly blocks: readonly PostingBlock[];
}

/** Raised when the meaning of the file changes, names of its fields included. */
const MAGIC = 'MZHIST05';

interface Header {
  readonly leaf: string;
  readonly position: number;
  /** Rows are numbered by place and transfer kind: another number of kinds gives them another meaning. */
  readonly transferKinds: number;
  readonly rows: readonly number[];
  readonly blocksCrc: number;
  readonly dimensions: StoredDimensions;
}

/** The file, whole and sound; undefined when there is none. Whether it is of a log its leaf tells. */
export const readHistoryFile = (file: string): SavedHistory | undefined => {
  const bytes = readIfThere(file);
  if (bytes === undefined || bytes.subarray(0, 8).toString('latin1') !== MAGIC) return undefined;
  const headerBytes = bytes.readUInt32LE(8);
  const text = bytes.subarray(16, 16 + headerBytes);
  if (crc32(text) !== bytes.readUInt32LE(12)) return undefined;
  const header = readHeader(text);
  if (header?.transferKinds !== TRANSFER_KINDS.length) return undefined;
  const first = padded(16 + headerBytes);
  const blockBytes = bytes.subarray(first);
  if (blockBytes.length !== header.rows.length * BLOCK_BYTES) return undefined;
  if (crc32(blockBytes) !== header.blocksCrc) return undefined;
  const { leaf, position, dimensions } = header;
  const { buffer, byteOffset } = aligned(blockBytes);
  const blocks = header.rows.map(
    (rows, number) => new PostingBlock(buffer, byteOffset + number * BLOCK_BYTES, rows),
  );
  return { leaf, position, dimensions, blocks };
};

export const writeHistoryFile = (file: string, saved: SavedHistory): void => {
  const { leaf, position, blocks } = saved;
  const { places, allocations } = saved.dimensions;
  const blocksCrc = blocks.reduce((crc, { bytes }) => crc32(bytes, crc), 0);
  const rows = blocks.map((block) => block.rows);
  const dimensions = { places, allocations };
  const transferKinds = TRANSFER_KINDS.length;
  const header: Header = { leaf, position, transferKinds, rows, blocksCrc, dimensions };
  const text = Buffer.from(JSON.stringify(header));
  const start = Buffer.alloc(padded(16 + text.length));
  start.write(MAGIC, 'latin1');
  start.writeUInt32LE(text.length, 8);
  start.writeUInt32LE(crc32(text), 12);
  text.copy(start, 16);
  writeWholeFile(file, [start, ...blocks.map(({ bytes }) => bytes)]);
};

/** The checksum holds, so this is what was written. */
const readHeader = (text: Buffer): Header | undefined => {
  const header = JSON.parse(text.toString()) as Header;
  return header.rows.every((rows) => rows > 0 && rows <= BLOCK_ROWS) ? header : undefined;
};

const readIfThere = (file: string): Buffer<ArrayBuffer> | undefined => {
  try {
    const bytes = readFileSync(file);
    return bytes.length < 16 ? undefined : bytes;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** Numbers of eight bytes must begin at a multiple of eight; small files share a buffer with others. */
const aligned = (bytes: Buffer<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
  bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);

const padded = (length: number): number => Math.ceil(length / 8) * 8;
