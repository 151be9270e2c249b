import type { Readable } from 'node:stream';
import type { Clock } from '#application/commands/clock';
import type { Settings } from '#wiring/settings';
import type { Terminal } from '../output/terminal.ts';

/** What one run of `mz` has to do with the world outside: nothing else is read, written or waited for. */
export interface Session {
  readonly terminal: Terminal;
  readonly input: Input;
  readonly settings: Settings;
  readonly clock: Clock;
  /** Resolves when a command that serves is asked to stop. */
  readonly untilStopped: () => Promise<unknown>;
  /** The exit code of a command that ends without a fault, and not with 0. */
  readonly exitWith: (code: number) => void;
}

/** Standard input: line by line while a person types, or all of it at once. */
export interface Input {
  readonly stream: () => Readable;
  readonly bytes: () => Uint8Array;
}
