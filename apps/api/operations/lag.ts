/** Header of every answer: how old what it reflects may be, in milliseconds. */
export const LAG_HEADER = 'mingzhang-lag-ms';

/** Whole milliseconds; null before the node ever held everything. */
export const reportedLagMs = (lagMs: number): number | null =>
  Number.isFinite(lagMs) ? Math.round(lagMs) : null;
