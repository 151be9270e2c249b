import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AcceptedClock } from '#application/commands/clock-watch';
import { writeWholeFile } from '#files/whole-file';
import type { Instant } from '#ledger/calendar';

const FILE = 'clock-accepted.json';

/** The last time that a person found the clock of this machine right; undefined for never, or where the file is damaged. */
export const readAcceptedClock = (directory: string): AcceptedClock | undefined => {
  const file = join(directory, FILE);
  if (!existsSync(file)) return undefined;
  const [, at] = WRITTEN.exec(readFileSync(file, 'utf8')) ?? [];
  return at === undefined ? undefined : { at };
};

/** What `acceptClock` writes. */
const WRITTEN = /^\{"at":"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)"\}\n$/;

/** Records that the clock is right at this instant. */
export const acceptClock = (directory: string, at: Instant): void => {
  const accepted: AcceptedClock = { at };
  writeWholeFile(join(directory, FILE), `${JSON.stringify(accepted)}\n`);
};
