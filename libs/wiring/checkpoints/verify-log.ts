import { eventLine, leafOfLine } from '#event-store/event-line';
import type { RecordedEvent } from '#event-store/port';
import { checkConsistency } from '#integrity/check';
import { parseCheckpoint } from '#integrity/checkpoint';
import { parseVkey } from '#integrity/key';
import { parseNote } from '#integrity/note';
import { openNote } from '#integrity/open-note';
import { proveConsistency } from '#integrity/prove';
import { appendLeaf, NO_LEAVES, rootOf, type Frontier } from '#integrity/tree';
import type { LogIdentity, SignableLedger } from './checkpoints.ts';

export type VerificationFault =
  /** An event is not the one that was appended. */
  | { readonly kind: 'event-altered'; readonly event: RecordedEvent }
  /** The text of an event is no JSON any more; what comes after it was not read. */
  | { readonly kind: 'unreadable'; readonly position: number }
  /** The hashes kept of the log do not make the tree that was signed. */
  | { readonly kind: 'root-differs'; readonly size: number }
  | { readonly kind: 'signature-invalid'; readonly size: number }
  /** The log is shorter than a tree that was signed. */
  | { readonly kind: 'cut-short'; readonly size: number; readonly events: number }
  /** The checkpoint that somebody kept is of another history. */
  | { readonly kind: 'forked'; readonly size: number };

export interface Verification {
  readonly events: number;
  readonly root: string;
  /** Of the newest signed tree; 0 when none was. */
  readonly signedThrough: number;
  readonly faults: readonly VerificationFault[];
}

/**
 * Reads the whole log, works out the leaf of every event anew, and holds them to the leaves that were
 * stored, to every published checkpoint, and to one that somebody kept (`since`, a signed note).
 * Throws `Malformed` when that one cannot be read.
 */
export const verifyLog = async (
  { log, tree }: SignableLedger,
  identity: LogIdentity | undefined,
  since?: string,
  onProgress: (done: number) => void = () => undefined,
): Promise<Verification> => {
  const faults: VerificationFault[] = [];
  const roots = new Map<number, string>();
  const checkpoints = identity?.checkpoints ?? [];
  for (const { size } of checkpoints) roots.set(size, '');
  let frontier: Frontier = NO_LEAVES;
  try {
    for await (const event of log.readAll()) {
      const leaf = leafOfLine(eventLine(event));
      const [stored] = tree.readHashes([{ level: 0, index: frontier.size }]);
      if (stored !== leaf) faults.push({ kind: 'event-altered', event });
      ({ frontier } = appendLeaf(frontier, leaf));
      if (roots.has(frontier.size)) roots.set(frontier.size, rootOf(frontier));
      if (frontier.size % 1_000 === 0) onProgress(frontier.size);
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    faults.push({ kind: 'unreadable', position: frontier.size + 1 });
    return { events: frontier.size, root: rootOf(frontier), signedThrough: 0, faults };
  }
  const events = frontier.size;
  const keys = (identity?.vkeys ?? []).map(parseVkey);
  for (const { size, note } of checkpoints) {
    const parsed = parseNote(note);
    const checkpoint = parseCheckpoint(parsed.text);
    if (openNote(parsed, keys).kind !== 'verified')
      faults.push({ kind: 'signature-invalid', size });
    if (size > events) faults.push({ kind: 'cut-short', size, events });
    else if (checkpoint.size !== size || checkpoint.root !== roots.get(size)) {
      faults.push({ kind: 'root-differs', size });
    }
  }
  if (since !== undefined) faults.push(...heldTo(since, frontier, tree));
  return {
    events,
    root: rootOf(frontier),
    signedThrough: checkpoints.at(-1)?.size ?? 0,
    faults,
  };
};

const heldTo = (
  since: string,
  frontier: Frontier,
  tree: SignableLedger['tree'],
): readonly VerificationFault[] => {
  const old = parseCheckpoint(parseNote(since).text);
  const { size: events } = frontier;
  if (old.size > events) return [{ kind: 'cut-short', size: old.size, events }];
  const now = { size: events, root: rootOf(frontier) };
  if (old.size === events) return old.root === now.root ? [] : [{ kind: 'forked', size: old.size }];
  const proof = proveConsistency(old.size, events, tree);
  return checkConsistency(old, now, proof) ? [] : [{ kind: 'forked', size: old.size }];
};
