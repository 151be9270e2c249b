import type { KeyUse } from '#projections/keys/query';

/** What a request asks for with its key: each command under its own id, and under the one of earlier releases. */
export interface KeyedRequest {
  readonly uses: readonly KeyUse[];
}

const CAPACITY = 100_000;

/**
 * Keys and what they were used for: by this process lately, and before that as the views have it. What
 * another machine was asked for a moment ago may be missing; ids follow from key and stream, so that two
 * uses of one key never share one.
 */
export class KeysInUse {
  readonly #viewed: (correlationId: string) => readonly KeyUse[];
  readonly #latest = new Map<string, KeyUse[]>();

  constructor(viewed: (correlationId: string) => readonly KeyUse[] = () => []) {
    this.#viewed = viewed;
  }

  /** Whether the key was used for anything but what this request asks for. */
  isUsedElsewhere(correlationId: string, { uses }: KeyedRequest): boolean {
    const known = [...this.#viewed(correlationId), ...(this.#latest.get(correlationId) ?? [])];
    return !known.every((use) => uses.some((own) => isSame(own, use)));
  }

  note(correlationId: string, use: KeyUse): void {
    const uses = this.#latest.get(correlationId) ?? [];
    this.#latest.delete(correlationId);
    this.#latest.set(correlationId, [...uses, use]);
    if (this.#latest.size <= CAPACITY) return;
    for (const oldest of this.#latest.keys()) return void this.#latest.delete(oldest);
  }
}

const isSame = (one: KeyUse, other: KeyUse): boolean =>
  one.stream === other.stream && one.commandId === other.commandId;
