import { parseCheckpoint } from '#integrity/checkpoint';
import { parseVkey } from '#integrity/key';
import { Malformed } from '#integrity/malformed';
import { parseNote } from '#integrity/note';
import { openNote, type OpenedNote } from '#integrity/open-note';
import type { TreeHead } from '#integrity/tree';
import type { LogIdentity, PublishedCheckpoint } from '../checkpoints/checkpoint-files.ts';
import type { SigningFault } from './verification-fault.ts';

/** Everything that was ever said of a log's tree, for the log to be held to. */
export interface Signed {
  readonly identity: LogIdentity | undefined;
  /** What the signer remembers to have signed last. */
  readonly remembered: TreeHead | undefined;
  /** A signed note that somebody kept out of the ledger's keepers' reach. */
  readonly since: string | undefined;
}

/** A log as it reads: how long it is, and its roots at the sizes asked for. */
export interface ReadLog {
  readonly events: number;
  readonly roots: ReadonlyMap<number, string>;
}

/** All sizes at which a root is needed. Throws `Malformed` when what was kept is no checkpoint. */
export const sizesSigned = (signed: Signed): ReadonlySet<number> =>
  new Set([...headsIn(signed), ...retainedIn(signed)].map(({ size }) => size));

export const compareWithSigned = (log: ReadLog, signed: Signed): readonly SigningFault[] => {
  const { identity, since } = signed;
  const published = (identity?.checkpoints ?? []).filter((it) => !isSigned(it, identity));
  const retained = retainedIn(signed);
  const isSpoilt = since !== undefined && opened(since, identity) === 'invalid-signature';
  const faults = [
    ...[...published, ...(isSpoilt ? retained : [])].map(invalid),
    ...headsIn(signed).flatMap((head) => compareHead(log, head, 'root-differs')),
    ...retained.flatMap((head) => compareHead(log, head, 'forked')),
  ];
  const distinct = new Map(faults.map((fault) => [JSON.stringify(fault), fault]));
  return [...distinct.values()];
};

/** The largest published tree that is that of the log; 0 when there is none. */
export const vouchedThrough = ({ roots }: ReadLog, { identity }: Signed): number =>
  (identity?.checkpoints ?? [])
    .filter((it) => roots.get(it.size) === it.root && isSigned(it, identity))
    .reduce((most, { size }) => Math.max(most, size), 0);

const headsIn = ({ identity, remembered }: Signed): readonly TreeHead[] => [
  ...(identity?.checkpoints ?? []),
  ...(remembered === undefined ? [] : [remembered]),
];

const retainedIn = ({ since }: Signed): readonly TreeHead[] =>
  since === undefined ? [] : [parseCheckpoint(parseNote(since).text)];

const compareHead = (
  { events, roots }: ReadLog,
  { size, root }: TreeHead,
  other: 'root-differs' | 'forked',
): readonly SigningFault[] => {
  if (size > events) return [{ kind: 'cut-short', size, events }];
  return roots.get(size) === root ? [] : [{ kind: other, size }];
};

/** Signed by a key of the log, for this log, and about this tree. */
const isSigned = (
  { note, size, root }: PublishedCheckpoint,
  identity: LogIdentity | undefined,
): boolean => {
  try {
    const said = parseCheckpoint(parseNote(note).text);
    const isOfTree = said.size === size && said.root === root;
    return isOfTree && said.origin === identity?.origin && opened(note, identity) === 'verified';
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
};

const opened = (note: string, identity: LogIdentity | undefined): OpenedNote['kind'] =>
  openNote(parseNote(note), (identity?.vkeys ?? []).map(parseVkey)).kind;

const invalid = ({ size }: TreeHead): SigningFault => ({ kind: 'signature-invalid', size });
