import { isKeyName, type KeyRef } from './key.ts';
import { Malformed } from './malformed.ts';
import { textOf } from './text.ts';

/** Text that ends with a newline, signed by one or more keys: c2sp.org/signed-note. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A line that says a key signed the text; a claim until it is checked. */
export interface NoteSignature extends KeyRef {
  /** Without the four bytes of the key id. */
  readonly signature: Uint8Array;
}

export const MAX_SIGNATURES = 100;

/** Post-quantum signatures are up to 5 kB each. */
export const MAX_NOTE_BYTES = 1_000_000;

/** Throws `Malformed`; which of the signatures are good is another question (`openNote`). */
export const parseNote = (input: Uint8Array | string): Note => {
  if (input.length > MAX_NOTE_BYTES) throw new Malformed('note', 'it is too long');
  const whole = textOf(input, 'note');
  if (CONTROL.test(whole)) throw new Malformed('note', 'it holds a control character');
  // The text may have empty lines of its own: the last one is the border.
  const border = whole.lastIndexOf('\n\n');
  if (border < 0) throw new Malformed('note', 'no empty line comes before the signatures');
  return {
    text: whole.slice(0, border + 1),
    signatures: parseSignatureLines(whole.slice(border + 2)),
  };
};

export const formatNote = ({ text, signatures }: Note): string =>
  `${text}\n${signatures.map(formatSignature).join('')}`;

/** `— name base64(id ‖ signature)` and a newline. */
export const formatSignature = ({ name, id, signature }: NoteSignature): string => {
  const bytes = Buffer.concat([Buffer.from(id, 'hex'), signature]);
  return `— ${name} ${bytes.toString('base64')}\n`;
};

/** One or more lines, such as a note ends with and a witness answers. */
export const parseSignatureLines = (text: string): readonly NoteSignature[] => {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new Malformed('note', 'the last line does not end');
  if (lines.length === 0) throw new Malformed('note', 'nobody signed it');
  if (lines.length > MAX_SIGNATURES) throw new Malformed('note', 'too many signed it');
  return lines.map(parseSignature);
};

const parseSignature = (line: string): NoteSignature => {
  const [, name = '', base64 = ''] = SIGNATURE_LINE.exec(line) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (!isKeyName(name) || base64.length % 4 !== 0 || bytes.length <= ID_BYTES) {
    throw new Malformed('note', `no signature is ${JSON.stringify(line)}`);
  }
  return {
    name,
    id: bytes.subarray(0, ID_BYTES).toString('hex'),
    signature: bytes.subarray(ID_BYTES),
  };
};

/**
 * Spare bits at the end of the base64 may be set: others read such a line and find the signature
 * wrong, and so must a witness that is to answer as they do.
 */
const SIGNATURE_LINE = /^— ([^ ]+) ([A-Za-z0-9+/]+={0,2})$/;

/** Below U+0020, other than newline. */
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/;
const ID_BYTES = 4;
