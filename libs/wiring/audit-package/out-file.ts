import { closeSync, openSync, writeSync } from 'node:fs';

const BUFFERED_BYTES = 1024 * 1024;

export interface OutFile {
  readonly write: (part: string | Buffer) => void;
  readonly close: () => void;
}

/** A file written from beginning to end, a megabyte at a time. */
export const openOutFile = (path: string): OutFile => {
  const descriptor = openSync(path, 'wx');
  let parts: Buffer[] = [];
  let bytes = 0;
  const flush = () => {
    writeSync(descriptor, Buffer.concat(parts));
    [parts, bytes] = [[], 0];
  };
  return {
    write: (part) => {
      const buffer = typeof part === 'string' ? Buffer.from(part) : part;
      parts.push(buffer);
      bytes += buffer.length;
      if (bytes >= BUFFERED_BYTES) flush();
    },
    close: () => {
      flush();
      closeSync(descriptor);
    },
  };
};
