import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory of the test's own, and how to get rid of it. */
export const temporaryDirectory = (): {
  readonly directory: string;
  readonly remove: () => void;
} => {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-'));
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
};
