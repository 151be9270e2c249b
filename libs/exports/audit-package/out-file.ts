import { closeSync, openSync, writeSync } from 'node:fs';

export interface OutFile {
  readonly write: (part: string | Buffer) => void;
  readonly close: () => void;
}

const BUFFERED_BYTES = 256 * 1024;

/** No character takes more in UTF-8 for one unit of UTF-16. */
const BYTES_A_UNIT = 3;

/** A file written from beginning to end, a quarter of a megabyte at a time. */
export const openOutFile = (path: string): OutFile => {
  const descriptor = openSync(path, 'wx');
  const buffer = Buffer.allocUnsafe(BUFFERED_BYTES);
  let filled = 0;
  const flush = () => {
    writeAll(descriptor, buffer.subarray(0, filled));
    filled = 0;
  };
  return {
    write: (part) => {
      const most = typeof part === 'string' ? part.length * BYTES_A_UNIT : part.length;
      if (filled + most > BUFFERED_BYTES) flush();
      if (most > BUFFERED_BYTES) writeAll(descriptor, Buffer.from(part));
      else
        filled += typeof part === 'string' ? buffer.write(part, filled) : part.copy(buffer, filled);
    },
    close: () => {
      flush();
      closeSync(descriptor);
    },
  };
};

const writeAll = (descriptor: number, bytes: Buffer): void => {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
};
