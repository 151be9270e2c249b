/** Exit codes of `mz`, for scripts. `docs/cli.md` lists them for people. */
export const EXIT = {
  ok: 0,
  /** A rule of the ledger said no; nothing was changed. */
  refused: 1,
  /** The command or its input makes no sense. */
  badInput: 2,
  /** The ledger holds something else under the same name. */
  conflict: 3,
  /** Nobody said who is asking, or they may not. */
  notPermitted: 4,
  /** The store is in use, damaged, or not there. */
  unavailable: 5,
  /** Our own fault. */
  broken: 70,
} as const;

/** What `mz verify` ends with when the ledger is not what was signed. */
export const VERIFIED = {
  signature: 10,
  /** An event, or the tree over them, was altered. */
  rootMismatch: 11,
  /** Cut short, or another history. */
  rewritten: 12,
  /** Events after the last checkpoint are not signed. */
  unsignedTail: 13,
  /** Nothing was altered, and what was recorded does not hold together. */
  books: 15,
  /** Nothing is signed, or there is no key to check what is. */
  nothingSigned: 16,
} as const;

/** Ends a command with a sentence in both languages and an exit code. */
export class CommandFault extends Error {
  readonly exitCode: number;
  readonly zh: string;

  constructor(exitCode: number, zh: string, en: string) {
    super(en);
    this.exitCode = exitCode;
    this.zh = zh;
  }
}

export const badInput = (zh: string, en: string): CommandFault =>
  new CommandFault(EXIT.badInput, zh, en);
