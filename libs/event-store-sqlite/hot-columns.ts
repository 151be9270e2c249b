import type { NewEvent, Position } from '#event-store/port';

/**
 * Hot columns are integers taken out of an event when it is appended and stored in columns beside its
 * text, so that a fold over millions of events need not parse them. They follow from the event
 * alone: losing them loses nothing.
 */
export interface HotColumns {
  readonly names: readonly string[];
  /** One safe integer or null for each name, in order; a position is there when the event was taken over from another log. */
  readonly of: (event: IndexedEvent) => readonly (number | null)[];
}

export type IndexedEvent = NewEvent & { readonly position?: Position };

export const NO_HOT_COLUMNS: HotColumns = { names: [], of: () => [] };

/** Names of hot columns are plain identifiers, because they become columns. */
export const checkHotColumnNames = ({ names }: HotColumns): void => {
  const unfit = names.find((name) => !/^[a-z][a-z_]*$/.test(name));
  if (unfit !== undefined)
    throw new Error(`A hot column cannot be called ${JSON.stringify(unfit)}.`);
};
