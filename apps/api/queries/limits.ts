/** Lines, events or rows that one answer has at most. */
export const MOST_LINES = 1_000;
