import type { AppendOutcome, EventStore, ExpectedRevision, RecordedEvent } from './port.ts';

/** One stream in use: its folded state, which may run ahead of what is durable. */
export interface HotStream<State, Refusal> {
  state: State;
  revision: ExpectedRevision;
  /** The newest append. Each builds on the one before, so when it holds, all of them do. */
  newest: AppendOutcome | Promise<AppendOutcome>;
  /** The commands that left events in this stream, by id. */
  readonly commands: Map<string, CommandTrace<Refusal>>;
  /** Which reading of the stream this is: what went wrong with one says nothing of a later one. */
  readonly reading: symbol;
}

export interface CommandTrace<Refusal> {
  readonly contentHash: string;
  /** The answer it was given, when that was a refusal that left an event behind. */
  readonly refusal: Refusal | undefined;
  readonly appended: AppendOutcome | Promise<AppendOutcome>;
}

/** How recorded events become a state, and which command each of them answers. */
export interface Folding<State, Refusal> {
  readonly initialState: () => State;
  /** Takes ownership of the state it is given. */
  readonly evolve: (state: State, event: RecordedEvent) => State;
  readonly commandOf: (event: RecordedEvent) => {
    readonly commandId: string;
    readonly contentHash: string;
    readonly refusal: Refusal | undefined;
  };
}

/**
 * The streams in use, so that a busy allocation is not read again for every payment. Never trusted
 * further than the store: each append states the revision it was decided on, and a stream whose
 * append failed is forgotten and read afresh.
 */
export class HotStreams<State, Refusal> {
  readonly #loaded = new Map<string, Reading<State, Refusal>>();
  readonly #store: EventStore;
  readonly #folding: Folding<State, Refusal>;
  readonly #capacity: number;

  constructor(store: EventStore, folding: Folding<State, Refusal>, capacity = 10_000) {
    this.#store = store;
    this.#folding = folding;
    this.#capacity = capacity;
  }

  async open(stream: string): Promise<HotStream<State, Refusal>> {
    const known = this.#loaded.get(stream);
    if (known !== undefined) return known.loading;
    const reading = Symbol(stream);
    const loading = this.#load(stream, reading);
    this.#loaded.set(stream, { reading, loading });
    if (this.#loaded.size > this.#capacity) this.#forgetOldest();
    try {
      return await loading;
    } catch (error) {
      this.forget(stream, { reading });
      throw error;
    }
  }

  /** Has the stream read afresh, unless that has happened since this reading. */
  forget(stream: string, { reading }: Pick<HotStream<State, Refusal>, 'reading'>): void {
    if (this.#loaded.get(stream)?.reading === reading) this.#loaded.delete(stream);
  }

  async #load(stream: string, reading: symbol): Promise<HotStream<State, Refusal>> {
    const { initialState, evolve, commandOf } = this.#folding;
    const hot: HotStream<State, Refusal> = {
      state: initialState(),
      revision: 'no_stream',
      newest: { kind: 'appended', revision: -1n, position: -1n },
      commands: new Map(),
      reading,
    };
    for await (const event of this.#store.readStream(stream)) {
      const { commandId, contentHash, refusal } = commandOf(event);
      const { revision, position } = event;
      hot.state = evolve(hot.state, event);
      hot.revision = revision;
      hot.newest = { kind: 'appended', revision, position };
      hot.commands.set(commandId, { contentHash, refusal, appended: hot.newest });
    }
    return hot;
  }

  /** Maps keep insertion order; a stream that is still needed is simply read again. */
  #forgetOldest(): void {
    for (const oldest of this.#loaded.keys()) return void this.#loaded.delete(oldest);
  }
}

interface Reading<State, Refusal> {
  readonly reading: symbol;
  readonly loading: Promise<HotStream<State, Refusal>>;
}
