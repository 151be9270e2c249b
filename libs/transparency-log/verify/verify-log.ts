import { setImmediate as nextTurn } from 'node:timers/promises';
import type { InspectedRow, Inspection, NoRow } from '#event-store/inspection';
import { appendLeaf, NO_LEAVES, rootOf, type Frontier } from '#integrity/tree';
import type { LogIdentity } from '../checkpoints/checkpoint-files.ts';
import type { VerifiableLedger } from '../ledgers.ts';
import { NO_LEAF, openExaminer } from './examine-row.ts';
import { compareWithSigned, sizesSigned, vouchedThrough } from './compare-with-signed.ts';
import { restoredRow } from './restore-row.ts';
import { openSignerMemory } from '../sign/signer-memory.ts';
import { openStoredSubtrees } from './stored-subtrees.ts';
import { suspectIn } from './suspect.ts';
import type { FileFault, VerificationFault } from './verification-fault.ts';

export interface Verification {
  readonly events: number;
  readonly root: string;
  /** Of the newest signed tree; 0 when none was. */
  readonly signedThrough: number;
  readonly faults: readonly VerificationFault[];
}

/**
 * Reads the whole file, works out anew all that follows from the events (leaves, hashes over them,
 * spelling, hot columns), and holds them to what is stored, to every published checkpoint, to what the
 * signer remembers, and to a checkpoint that somebody kept (`since`, a signed note). Throws
 * `Malformed` when that one cannot be read.
 */
export const verifyLog = async (
  { directory, keyFiles, inspect }: VerifiableLedger,
  identity: LogIdentity | undefined,
  since?: string,
  onProgress: (done: number) => void = () => undefined,
): Promise<Verification> => {
  // Before the file: what was signed then is in it.
  const remembered = openSignerMemory(directory, keyFiles.signerMemory).read();
  const signed = { identity, since, remembered };
  const sizes = sizesSigned(signed);
  const inspection = inspect();
  try {
    const { frontier, roots, faults, rows } = await readFile(inspection, sizes, onProgress);
    const log = { events: frontier.size, roots };
    const vouched = vouchedThrough(log, signed);
    return {
      events: log.events,
      root: rootOf(frontier),
      signedThrough: identity?.checkpoints.at(-1)?.size ?? 0,
      faults: [
        ...faults.map((fault) => withHashed(onlyItsLeaf(fault, vouched), rows)),
        ...compareWithSigned(log, signed),
        ...inspection.damage().map((words) => ({ kind: 'file-damaged' as const, words })),
      ],
    };
  } finally {
    inspection.close();
  }
};

interface ReadFile {
  readonly frontier: Frontier;
  readonly roots: ReadonlyMap<number, string>;
  readonly faults: readonly FileFault[];
  /** The first that are faulty. */
  readonly rows: ReadonlyMap<number, InspectedRow>;
}

/** Looking for what a row was takes up to half a second; many that are altered were not by a letter. */
const MOST_RESTORED = 3;

const readFile = async (
  inspection: Inspection,
  sizes: ReadonlySet<number>,
  onProgress: (done: number) => void,
): Promise<ReadFile> => {
  const faults: FileFault[] = [];
  const rows = new Map<number, InspectedRow>();
  const roots = new Map<number, string>();
  const subtrees = openStoredSubtrees(inspection);
  const examine = openExaminer();
  let frontier: Frontier = NO_LEAVES;
  let lastFaulty = 0;
  for (const row of inspection.rows()) {
    const { leaf, fault } = row.kind === 'row' ? examine(row) : notThere(row);
    const appended = appendLeaf(frontier, leaf);
    frontier = appended.frontier;
    if (fault !== undefined) {
      faults.push(fault);
      if (row.kind === 'row' && rows.size <= MOST_RESTORED) rows.set(row.position, row);
      lastFaulty = frontier.size;
    }
    subtrees.compare(appended.stored, lastFaulty);
    if (sizes.has(frontier.size)) roots.set(frontier.size, rootOf(frontier));
    if (frontier.size % 1_000 === 0) {
      onProgress(frontier.size);
      await nextTurn();
    }
  }
  return { frontier, roots, faults: [...faults, ...subtrees.faults()], rows };
};

const notThere = ({
  position,
  stream,
}: NoRow): { readonly leaf: string; readonly fault: FileFault } => ({
  leaf: NO_LEAF,
  fault: { kind: 'missing', position, stream },
});

/** Where the events give the tree that was signed, it is not the event that was altered. */
const onlyItsLeaf = (fault: FileFault, vouched: number): FileFault =>
  fault.kind === 'event-altered' && fault.event.position <= vouched
    ? { ...fault, kind: 'leaf-altered' }
    : fault;

/** With what an altered event was, if it can be found. */
const withHashed = (fault: FileFault, rows: ReadonlyMap<number, InspectedRow>): FileFault => {
  if (fault.kind !== 'event-altered' && fault.kind !== 'unreadable') return fault;
  const row = rows.get(fault.event.position);
  const before = row && rows.size <= MOST_RESTORED ? restoredRow(row) : undefined;
  return before === undefined
    ? fault
    : { ...fault, event: { ...fault.event, hashed: suspectIn(before) } };
};
