import type { CommandOutcome } from './handle-command.ts';

const ATTEMPTS = 16;

/**
 * Handles a command again when somebody else wrote first. Each try reads what they wrote, so every
 * round at least one writer gets on; `raced` comes back only under a contention no county has.
 */
export const retryRaced = async <Refusal>(
  handle: () => Promise<CommandOutcome<Refusal>>,
): Promise<CommandOutcome<Refusal>> => {
  let outcome = await handle();
  for (let attempt = 1; outcome.kind === 'raced' && attempt < ATTEMPTS; attempt++) {
    outcome = await handle();
  }
  return outcome;
};
