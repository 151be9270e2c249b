import { parseCheckpoint, type Checkpoint } from '#integrity/checkpoint';
import { parseVkey } from '#integrity/key';
import { Malformed } from '#integrity/malformed';
import { formatNote, parseNote } from '#integrity/note';
import { openNote } from '#integrity/open-note';
import { readPublished } from './tile-files.ts';

export type OpenedPublished =
  | { readonly kind: 'signed'; readonly checkpoint: Checkpoint; readonly note: string }
  | { readonly kind: 'checkpoint-unreadable' }
  | { readonly kind: 'checkpoint-unsigned' };

/** The checkpoint of published tiles, as far as the holder of these keys may believe it. */
export const openPublished = (directory: string, vkeys: readonly string[]): OpenedPublished => {
  const bytes = readPublished(directory, 'checkpoint');
  if (bytes === undefined) return { kind: 'checkpoint-unreadable' };
  try {
    const note = parseNote(bytes);
    const checkpoint = parseCheckpoint(note.text);
    const keys = vkeys.map(parseVkey).filter(({ name }) => name === checkpoint.origin);
    // Base64 has spare bits, which a signed note may set; who publishes here does not.
    if (formatNote(note) !== bytes.toString()) return { kind: 'checkpoint-unreadable' };
    return openNote(note, keys).kind === 'verified'
      ? { kind: 'signed', checkpoint, note: bytes.toString() }
      : { kind: 'checkpoint-unsigned' };
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'checkpoint-unreadable' };
    throw error;
  }
};
