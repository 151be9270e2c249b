import { Command, CommanderError } from 'commander';
import { Readable } from 'node:stream';
import { systemClock, type Clock } from '#application/commands/clock';
import { readSettings } from '#wiring/settings';
import { COMMANDS } from './commands.ts';
import { fillFromSettings } from './session/common-options.ts';
import { openTerminal, type Output } from './output/terminal.ts';
import { EXIT } from './session/exit-codes.ts';
import type { Input, Session } from './session/session.ts';

/** The world outside one run of `mz`. */
export interface Surroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Nothing to be read when absent. */
  readonly input?: Input;
  /** The clock of this machine when absent. */
  readonly now?: Clock;
  /** Resolves when a command that serves is to stop; never when absent. */
  readonly untilStopped?: Session['untilStopped'];
}

/**
 * Runs one command of `mz` in this process and answers its exit code (`EXIT`, `VERIFIED`). All it
 * reads of the process is the working directory, against which relative paths are resolved.
 */
export const runMz = async (
  parameters: readonly string[],
  { stdout, stderr, env, input = NO_INPUT, now = systemClock, untilStopped }: Surroundings,
): Promise<number> => {
  let exitCode: number = EXIT.ok;
  const session: Session = {
    terminal: openTerminal(stdout, stderr),
    input,
    settings: readSettings(env),
    clock: now,
    untilStopped: untilStopped ?? (() => new Promise(() => undefined)),
    exitWith: (code) => {
      exitCode = code;
    },
  };
  try {
    await programOf(session).parseAsync(parameters, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
  }
  return exitCode;
};

const programOf = (session: Session): Command => {
  const { stdout, stderr } = session.terminal;
  const program = new Command('mz')
    .description('明账 Mingzhang:衔接资金台账 — a ledger of rural-revitalisation funds')
    .version('0.1.0')
    .showHelpAfterError()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      getOutHelpWidth: () => widthOf(stdout),
      getErrHelpWidth: () => widthOf(stderr),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    // Without it Commander would end the process.
    .exitOverride()
    .hook('preAction', (_program, command) => fillFromSettings(command, session.settings));
  for (const register of COMMANDS) register(program, session);
  return program;
};

/** Columns of a terminal; 80 for a file or a pipe. */
const widthOf = ({ isTTY, columns }: Output): number =>
  (isTTY === true ? columns : undefined) ?? 80;

const NO_INPUT: Input = { stream: () => Readable.from([]), bytes: () => new Uint8Array() };
