import type { ViewEventSource } from '#projections/engine/event-source';
import { createDimensions, TOLD_BY, type Dimensions } from './dimensions.ts';
import { readHistoryFile, writeHistoryFile } from './history-file.ts';
import { createPostings, type PostingColumns } from './postings.ts';

/** Everything that questions about the past are answered from: what was said, and what moved. */
export interface History {
  readonly dimensions: Dimensions;
  readonly postings: PostingColumns;
  /** The last event it has taken in; 0 before the first. */
  readonly position: number;
  /** Takes in what the log has gained since. */
  catchUp(): Promise<void>;
  /** Writes it beside the log, so that the next start need not read all of it again. */
  save(): void;
}

export interface HistoryOptions {
  /** Where it is kept; nothing is kept when absent. */
  readonly file?: string;
  /** The id of the log's first event: a file of another log is not believed. */
  readonly firstEvent: string;
  readonly source: ViewEventSource;
  /** Position of the log's newest event: a file that has seen more is not believed. */
  readonly head: number;
}

/** Reads the history that was kept, as far as it belongs to this log; `catchUp` does the rest. */
export const openHistory = ({ file, firstEvent, source, head }: HistoryOptions): History => {
  const saved = file === undefined ? undefined : readHistoryFile(file, firstEvent, head);
  const dimensions = createDimensions(saved?.dimensions);
  const postings = createPostings({ blocks: saved?.blocks ?? [] });
  let position = saved?.position ?? 0;
  let savedThrough = position;
  let catchingUp: Promise<void> | undefined;

  const takeIn = async (): Promise<void> => {
    for await (const { events, through } of source.batches(position + 1, TOLD_BY)) {
      for (const event of events) {
        const posting = dimensions.fold(event);
        if (posting !== undefined) postings.append(posting);
      }
      position = through;
    }
  };

  return {
    dimensions,
    postings,
    get position() {
      return position;
    },
    // One at a time: whoever asks meanwhile waits for the same end, then looks again.
    catchUp: async () => {
      await catchingUp;
      catchingUp = takeIn().finally(() => (catchingUp = undefined));
      await catchingUp;
    },
    save: () => {
      if (file === undefined || savedThrough === position) return;
      writeHistoryFile(file, { firstEvent, position, dimensions, blocks: postings.blocks });
      savedThrough = position;
    },
  };
};
