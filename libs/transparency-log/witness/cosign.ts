import { isNativeError } from 'node:util/types';
import { formatAddCheckpoint } from '#integrity/add-checkpoint';
import { parseVkey } from '#integrity/key';
import { Malformed } from '#integrity/malformed';
import { formatNote, parseNote, parseSignatureLines, type Note } from '#integrity/note';
import { openNote } from '#integrity/open-note';
import { proveConsistency } from '#integrity/prove';
import { storeCheckpoint, type PublishedCheckpoint } from '../checkpoints/checkpoint-files.ts';
import type { SignableLedger } from '../ledgers.ts';

/** What is sent to a witness that has cosigned `oldSize` events before; over the network or in a file. */
export const requestFor = (
  { tree }: Pick<SignableLedger, 'tree'>,
  checkpoint: PublishedCheckpoint,
  oldSize: number,
): string =>
  formatAddCheckpoint({
    oldSize,
    consistency: proveConsistency(oldSize, checkpoint.size, tree),
    note: parseNote(checkpoint.note),
  });

export type Cosigned =
  | { readonly kind: 'cosigned'; readonly checkpoint: PublishedCheckpoint; readonly by: string }
  /** The witness has cosigned so much already; ask again from there. */
  | { readonly kind: 'knows'; readonly size: number }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

/**
 * Asks a witness over the network, from where it says it stands, and keeps its cosignature; only one
 * of this key where one is given. Throws `Malformed` when it answers something else.
 */
export const askWitness = async (
  ledger: SignableLedger,
  checkpoint: PublishedCheckpoint,
  url: string,
  { vkey, signal }: { readonly vkey?: string; readonly signal?: AbortSignal } = {},
): Promise<Cosigned> => {
  const ask = (from: number) => post(url, requestFor(ledger, checkpoint, from), signal);
  const first = await ask(0);
  if (!('status' in first)) return first;
  if (first.status !== 409) return taken(ledger, checkpoint, first, vkey);
  const size = Number(first.body.trim());
  if (!(size <= checkpoint.size)) return { kind: 'knows', size };
  const second = await ask(size);
  return 'status' in second ? taken(ledger, checkpoint, second, vkey) : second;
};

/**
 * Adds the signature lines of an answer to the checkpoint they are for. Throws `Malformed` when they
 * are none, or when they are not of the witness with this key.
 */
export const takeAnswer = (
  { directory }: Pick<SignableLedger, 'directory'>,
  checkpoint: PublishedCheckpoint,
  lines: string,
  vkey?: string,
): PublishedCheckpoint => {
  const note = parseNote(checkpoint.note);
  const known = new Set(note.signatures.map(({ name, id }) => `${name} ${id}`));
  const fresh = parseSignatureLines(lines).filter(({ name, id }) => !known.has(`${name} ${id}`));
  if (vkey !== undefined && !isSignedBy({ ...note, signatures: fresh }, vkey)) {
    throw new Malformed('note', 'the witness with this key did not sign this checkpoint');
  }
  const signed = { ...note, signatures: [...note.signatures, ...fresh] };
  return storeCheckpoint(directory, { ...checkpoint, note: formatNote(signed) });
};

const isSignedBy = (note: Note, vkey: string): boolean =>
  openNote(note, [parseVkey(vkey)]).kind === 'verified';

interface Reply {
  readonly status: number;
  readonly body: string;
}

const post = async (
  url: string,
  body: string,
  stopped?: AbortSignal,
): Promise<Reply | (Cosigned & { readonly kind: 'unreachable' })> => {
  const address = `${url.replace(/\/$/, '')}/add-checkpoint`;
  const patience = AbortSignal.timeout(10_000);
  const signal = stopped === undefined ? patience : AbortSignal.any([stopped, patience]);
  try {
    const response = await fetch(address, { method: 'POST', body, signal });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    return { kind: 'unreachable', reason: reasonOf(error) };
  }
};

/** `fetch` says that it failed, and why only in its cause. */
const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error;
  return isNativeError(cause) ? cause.message : message;
};

const taken = (
  ledger: SignableLedger,
  checkpoint: PublishedCheckpoint,
  { status, body }: Reply,
  vkey: string | undefined,
): Cosigned => {
  if (status !== 200) return { kind: 'refused', status, reason: body.trim() };
  const [line] = parseSignatureLines(body);
  const cosigned = takeAnswer(ledger, checkpoint, body, vkey);
  return { kind: 'cosigned', checkpoint: cosigned, by: line?.name ?? '' };
};
