import type { EventStore, RecordedEvent } from '#event-store/port';
import { rootAt } from '#integrity/tree';
import {
  HASH_BYTES,
  tileBytes,
  tilePath,
  tilesBetween,
  TILE_WIDTH,
  type Tile,
} from '#integrity/tiles';
import type { LogIdentity } from '../checkpoints/checkpoint-files.ts';
import type { SignableLedger } from '../ledgers.ts';
import type { Suspect } from './suspect.ts';
import { openPublished } from '../publish/published-checkpoint.ts';
import type { TileFault } from './tile-fault.ts';
import { readPublished, tileFilesIn } from '../publish/tile-files.ts';

/**
 * Holds published tiles to the ledger that they are of, every byte of every file: the checkpoint, the
 * tiles it needs, and those of earlier ones. The ledger itself is to be verified beside (`verifyLog`).
 */
export const checkTiles = async (
  directory: string,
  { log, tree }: Pick<SignableLedger, 'log' | 'tree'>,
  identity: Pick<LogIdentity, 'vkeys' | 'checkpoints'>,
): Promise<readonly TileFault[]> => {
  const opened = openPublished(directory, identity.vkeys);
  if (opened.kind !== 'signed') return [opened];
  const { size, root } = opened.checkpoint;
  const events = Number((await log.head()) ?? 0n);
  if (size > events || root !== rootAt(size, tree)) return [{ kind: 'checkpoint-differs', size }];
  const faults: TileFault[] = [];
  if (!isKnown(opened.note, identity, size)) faults.push({ kind: 'checkpoint-unsigned' });
  // Tiles may be ahead of the checkpoint while somebody publishes.
  const files = tileFilesIn(directory, events);
  for (const path of tilesBetween(0, size).map(tilePath)) {
    if (!files.has(path)) faults.push({ kind: 'tile-missing', path });
  }
  for (const [path, tile] of files) {
    if (tile === undefined) faults.push({ kind: 'tile-foreign', path });
    else {
      const [found, own] = [readPublished(directory, path), tileBytes(tile, tree)];
      if (found === undefined || found.equals(own)) continue;
      const event = await eventIn(log, tile, firstDifference(found, own));
      faults.push({ kind: 'tile-altered', path, ...(event && { event }) });
    }
  }
  return faults;
};

/** Every line of signature is one that the ledger has, too: nobody else can say so of a witness's. */
const isKnown = (
  note: string,
  { checkpoints }: Pick<LogIdentity, 'checkpoints'>,
  size: number,
): boolean => {
  const own = checkpoints.find((it) => it.size === size)?.note ?? '\n\n';
  const [found, known] = [partsOf(note), partsOf(own)];
  return found.text === known.text && found.lines.every((line) => known.lines.includes(line));
};

/** As they are written, to the letter. */
const partsOf = (note: string) => {
  const border = note.lastIndexOf('\n\n');
  return { text: note.slice(0, border), lines: note.slice(border + 2).split('\n') };
};

const firstDifference = (found: Buffer, own: Buffer): number => {
  const at = found.findIndex((byte, n) => byte !== own[n]);
  return at < 0 ? found.length : at;
};

/** The event of the first leaf that differs; undefined above the leaves, and behind the last. */
const eventIn = async (log: EventStore, tile: Tile, byte: number): Promise<Suspect | undefined> => {
  const within = Math.floor(byte / HASH_BYTES);
  if (tile.level > 0 || within >= tile.width) return undefined;
  const from = BigInt(tile.index * TILE_WIDTH + within + 1);
  for await (const event of log.readAll({ from, limit: 1 })) return suspectOf(event);
  return undefined;
};

const suspectOf = ({ position, id, type, stream, data }: RecordedEvent): Suspect => {
  const { allocationId, amountFen } = data;
  return {
    ...{ position: Number(position), id, type, stream },
    ...(typeof allocationId === 'string' && { allocationId }),
    ...(typeof amountFen === 'number' && { amountFen }),
  };
};
