import { StoreUnusable } from '#event-store/store-unusable';
import { CommandFault, EXIT } from './exit-codes.ts';
import { systemFault } from './system-fault.ts';
import type { Session } from './session.ts';

/** Runs a command and turns whatever goes wrong into a sentence and an exit code. */
export const run = async (
  { terminal: { warn }, exitWith }: Session,
  lang: string,
  work: () => Promise<void>,
): Promise<void> => {
  try {
    await work();
  } catch (error) {
    const system = systemFault(error);
    if (error instanceof CommandFault) {
      warn(lang === 'en' ? error.message : error.zh);
      exitWith(error.exitCode);
    } else if (error instanceof StoreUnusable) {
      warn(lang === 'en' ? error.message : error.zh);
      exitWith(EXIT.unavailable);
    } else if (system !== undefined) {
      warn(lang === 'en' ? system.en : system.zh);
      exitWith(EXIT.unavailable);
    } else {
      warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
      exitWith(EXIT.broken);
    }
  }
};
