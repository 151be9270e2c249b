import { base64OfHash, hashOfBytes, isHash, type Hash } from './hash.ts';
import { Malformed, type Format } from './malformed.ts';
import { bytesOfBase64, naturalOf } from './text.ts';
import type { TreeHead } from './tree.ts';

/** What a log says of itself when it signs: c2sp.org/tlog-checkpoint, Note text. */
export interface Checkpoint extends TreeHead {
  /** Which log it is. */
  readonly origin: string;
  /** Lines that mean something to some; witnesses and auditors do not look at them. */
  readonly extensions: readonly string[];
}

/** In bytes; what a length of one byte can say, as later cosignatures do. */
export const MAX_ORIGIN_BYTES = 255;

export const formatCheckpoint = ({ origin, size, root, extensions }: Checkpoint): string =>
  [origin, size, base64OfHash(root), ...extensions].map((line) => `${line}\n`).join('');

/** Reads the text of a note. Throws `Malformed`. */
export const parseCheckpoint = (text: string): Checkpoint => {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new Malformed('checkpoint', 'the last line does not end');
  if (lines.includes('')) throw new Malformed('checkpoint', 'a line is empty');
  const [origin = '', size, root = '', ...extensions] = lines;
  if (origin === '' || Buffer.byteLength(origin) > MAX_ORIGIN_BYTES) {
    throw new Malformed('checkpoint', 'the origin is missing or too long');
  }
  return {
    origin,
    size: naturalOf(size, 'checkpoint'),
    root: parseHash(root, 'checkpoint'),
    extensions,
  };
};

/** A hash in base64, as every C2SP text writes it. */
export const parseHash = (base64: string, format: Format): Hash => {
  const hash = hashOfBytes(bytesOfBase64(base64, format));
  if (!isHash(hash)) throw new Malformed(format, `no hash is ${JSON.stringify(base64)}`);
  return hash;
};
