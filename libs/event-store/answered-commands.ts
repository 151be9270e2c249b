import type { AppendOutcome } from './port.ts';

/** What a command that left events in a stream asked for, and how that went. */
export interface CommandTrace<Refusal> {
  readonly contentHash: string;
  /** The answer it was given, when that was a refusal that left an event behind. */
  readonly refusal: Refusal | undefined;
  readonly appended: AppendOutcome | Promise<AppendOutcome>;
}

/**
 * The commands of one stream, by id: the newest in full, of each older one a number. An id with the
 * number of an older command may be that command; only the stream itself can tell.
 */
export class AnsweredCommands<Refusal> {
  readonly #newest = new Map<string, CommandTrace<Refusal>>();
  readonly #older = new Set<number>();
  readonly #ruledOut = new Set<string>();
  readonly #capacity: number;
  #forgotten = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** How many commands have been reduced to a number so far. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** The trace of a command, undefined if it is new; `look-it-up` if the stream has to be read. */
  find(commandId: string): CommandTrace<Refusal> | 'look-it-up' | undefined {
    const known = this.#newest.get(commandId);
    if (known !== undefined) return known;
    if (this.#older.size === 0 || !this.#older.has(fingerprintOf(commandId))) return undefined;
    return this.#ruledOut.delete(commandId) ? undefined : 'look-it-up';
  }

  remember(commandId: string, trace: CommandTrace<Refusal>): void {
    this.#newest.set(commandId, trace);
    if (this.#newest.size <= this.#capacity) return;
    for (const oldest of this.#newest.keys()) {
      this.#newest.delete(oldest);
      this.#older.add(fingerprintOf(oldest));
      this.#forgotten += 1;
      return;
    }
  }

  /** Has the next `find` of this id answer that it is new: the stream was read and lacks it. */
  ruleOut(commandId: string): void {
    this.#ruledOut.add(commandId);
  }
}

/** FNV-1a, cut to 30 bits, which V8 stores without a box. */
const fingerprintOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash & 0x3fffffff;
};
