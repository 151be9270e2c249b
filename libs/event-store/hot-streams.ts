import { AnsweredCommands } from './answered-commands.ts';
import type { AppendOutcome, EventStore, ExpectedRevision, RecordedEvent } from './port.ts';

/** One stream in use: its folded state, which may run ahead of what is durable. */
export interface HotStream<State, Refusal> {
  state: State;
  revision: ExpectedRevision;
  /** The newest append. Each is made only where the one before it holds, so when it holds, all of them do. */
  newest: AppendOutcome | Promise<AppendOutcome>;
  /** The commands that left events in this stream. */
  readonly commands: AnsweredCommands<Refusal>;
  /** Which reading of the stream this is: what went wrong with one says nothing of a later one. */
  readonly reading: symbol;
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

/** How much is remembered: the streams last used, and of each the newest commands in full. */
export interface Capacity {
  readonly streams: number;
  readonly commandsPerStream: number;
}

const CAPACITY: Capacity = { streams: 10_000, commandsPerStream: 1_000 };

/**
 * The streams in use, so that a busy allocation is not read again for every payment. Never trusted
 * further than the store: each append states the revision it was decided on, and a stream whose
 * append failed is forgotten and read afresh.
 */
export class HotStreams<State, Refusal> {
  /** In order of use: a map keeps the order in which its keys were set. */
  readonly #loaded = new Map<string, Reading<State, Refusal>>();
  readonly #store: EventStore;
  readonly #folding: Folding<State, Refusal>;
  readonly #capacity: Capacity;

  constructor(store: EventStore, folding: Folding<State, Refusal>, capacity: Capacity = CAPACITY) {
    this.#store = store;
    this.#folding = folding;
    this.#capacity = capacity;
  }

  async open(stream: string): Promise<HotStream<State, Refusal>> {
    const known = this.#loaded.get(stream);
    if (known !== undefined) {
      this.#use(stream, known);
      return known.loading;
    }
    const reading = Symbol(stream);
    const loading = this.#load(stream, reading);
    this.#use(stream, { reading, loading });
    try {
      return await loading;
    } catch (error) {
      this.forget(stream, { reading });
      throw error;
    }
  }

  /** The stream as the log has it, also where others write to it: for rules that read another stream. */
  async openNewest(stream: string): Promise<HotStream<State, Refusal>> {
    const hot = await this.open(stream);
    return (await this.hasMovedOn(stream, hot, hot.revision)) ? this.open(stream) : hot;
  }

  /**
   * Whether another writer has written to a stream since it was read; it is then forgotten. An append
   * would find out by itself; an answer that leaves no event behind has to ask.
   */
  async hasMovedOn(
    stream: string,
    hot: HotStream<State, Refusal>,
    seen: ExpectedRevision,
  ): Promise<boolean> {
    if (!this.#store.isShared) return false;
    const options = { direction: 'backwards', limit: 1 } as const;
    for await (const newest of this.#store.readStream(stream, options)) {
      if (seen !== 'no_stream' && newest.revision <= seen) return false;
      this.forget(stream, hot);
      return true;
    }
    return false;
  }

  /** Has the stream read afresh, unless that has happened since this reading. */
  forget(stream: string, { reading }: Pick<HotStream<State, Refusal>, 'reading'>): void {
    if (this.#loaded.get(stream)?.reading === reading) this.#loaded.delete(stream);
  }

  /** Reads the stream for one command, so that `hot.commands` knows whether it was answered before. */
  async lookUp(
    stream: string,
    { commands, newest }: HotStream<State, Refusal>,
    commandId: string,
  ): Promise<void> {
    const { forgotten } = commands;
    // What is under way is in the stream once the newest append has been answered.
    await newest;
    let isFound = false;
    for await (const event of this.#store.readStream(stream)) {
      if (this.#folding.commandOf(event).commandId !== commandId) continue;
      this.#remember(commands, event);
      isFound = true;
    }
    // One forgotten while the stream was read may be this very command: then it is read again.
    if (!isFound && commands.forgotten === forgotten) commands.ruleOut(commandId);
  }

  async #load(stream: string, reading: symbol): Promise<HotStream<State, Refusal>> {
    const { initialState, evolve } = this.#folding;
    const hot: HotStream<State, Refusal> = {
      state: initialState(),
      revision: 'no_stream',
      newest: { kind: 'appended', revision: -1n, position: -1n },
      commands: new AnsweredCommands(this.#capacity.commandsPerStream),
      reading,
    };
    for await (const event of this.#store.readStream(stream)) {
      hot.state = evolve(hot.state, event);
      hot.revision = event.revision;
      hot.newest = this.#remember(hot.commands, event);
    }
    return hot;
  }

  #remember(commands: AnsweredCommands<Refusal>, event: RecordedEvent): AppendOutcome {
    const { commandId, contentHash, refusal } = this.#folding.commandOf(event);
    const appended = {
      kind: 'appended',
      revision: event.revision,
      position: event.position,
    } as const;
    commands.remember(commandId, { contentHash, refusal, appended });
    return appended;
  }

  /** Makes a stream the one last used; the one not used for longest is read again when needed. */
  #use(stream: string, reading: Reading<State, Refusal>): void {
    this.#loaded.delete(stream);
    this.#loaded.set(stream, reading);
    if (this.#loaded.size <= this.#capacity.streams) return;
    for (const leastUsed of this.#loaded.keys()) return void this.#loaded.delete(leastUsed);
  }
}

interface Reading<State, Refusal> {
  readonly reading: symbol;
  readonly loading: Promise<HotStream<State, Refusal>>;
}
