import { newerRelease } from '#event-codec/upcast';
import type { StoreUnusable } from '#event-store/store-unusable';
import type { ViewEventSource } from '#projections/engine/event-source';
import type { ViewEvent } from '#projections/engine/view-event';
import { createDimensions, TOLD_BY, type Dimensions } from './dimensions.ts';
import { readHistoryFile, writeHistoryFile, type SavedHistory } from './history-file.ts';
import { createPostings, type PostingColumns } from './postings.ts';

/** Everything that questions about the past are answered from: what was said, and what moved. */
export interface History {
  readonly dimensions: Dimensions;
  readonly postings: PostingColumns;
  /** The last event it has taken in; 0 before the first. */
  readonly position: number;
  /** Why nothing after `position` is taken in: a later release wrote it. */
  readonly unreadable: StoreUnusable | undefined;
  /** Takes in what the log has gained since, up to an event that this release does not know. */
  catchUp(): Promise<void>;
  /** Writes it beside the log, so that the next start need not read all of it again. */
  save(): void;
}

export interface HistoryOptions {
  /** Where it is kept; nothing is saved when absent. */
  readonly file?: string;
  readonly source: ViewEventSource;
  /** The leaf of the event at a position of the log; undefined where it has none. */
  readonly leafAt: (position: number) => Promise<string | undefined>;
}

/** Opens the history that was kept, as far as it belongs to this log; `catchUp` does the rest. */
export const openHistory = async ({ file, source, leafAt }: HistoryOptions): Promise<History> => {
  const kept = file === undefined ? undefined : readHistoryFile(file);
  const isOfLog = kept !== undefined && (await leafAt(kept.position)) === kept.leaf;
  return new FoldedHistory(file, source, leafAt, isOfLog ? kept : undefined);
};

class FoldedHistory implements History {
  readonly dimensions: Dimensions;
  readonly postings: PostingColumns;
  position: number;
  unreadable: StoreUnusable | undefined;
  readonly #file: string | undefined;
  readonly #source: ViewEventSource;
  readonly #leafAt: HistoryOptions['leafAt'];
  #leaf: string | undefined;
  #savedThrough: number;
  #catchingUp: Promise<void> | undefined;

  constructor(
    file: string | undefined,
    source: ViewEventSource,
    leafAt: HistoryOptions['leafAt'],
    kept: SavedHistory | undefined,
  ) {
    this.dimensions = createDimensions(kept?.dimensions);
    this.postings = createPostings({ blocks: kept?.blocks ?? [] });
    this.position = kept?.position ?? 0;
    this.#file = file;
    this.#source = source;
    this.#leafAt = leafAt;
    this.#savedThrough = this.position;
  }

  /** One at a time: a caller meanwhile waits for the same end, then looks again. */
  async catchUp(): Promise<void> {
    await this.#catchingUp;
    this.#catchingUp = this.#takeIn().finally(() => (this.#catchingUp = undefined));
    await this.#catchingUp;
  }

  save(): void {
    if (this.#file === undefined || this.#leaf === undefined) return;
    if (this.#savedThrough === this.position) return;
    const { position, dimensions, postings } = this;
    writeHistoryFile(this.#file, {
      leaf: this.#leaf,
      position,
      dimensions,
      blocks: postings.blocks,
    });
    this.#savedThrough = position;
  }

  async #takeIn(): Promise<void> {
    this.unreadable = undefined;
    for await (const { events, through } of this.#source.batches(this.position + 1, TOLD_BY)) {
      for (const event of events) this.#take(event);
      if (this.unreadable !== undefined) break;
      this.position = through;
    }
    this.#leaf = await this.#leafAt(this.position);
  }

  /** What follows an event that this release does not know may rest on it, and is left as well. */
  #take(event: ViewEvent): void {
    if (this.unreadable !== undefined) return;
    if (!event.isReadable) {
      this.unreadable = newerRelease(event, event.version);
      this.position = event.position - 1;
      return;
    }
    const posting = this.dimensions.fold(event);
    if (posting !== undefined) this.postings.append(posting);
    this.position = event.position;
  }
}
