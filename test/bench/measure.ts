/** A figure beside the limit that was measured in the same run with the same bytes. */
export interface Figure {
  readonly name: string;
  readonly ours: number;
  readonly limit: number;
  readonly unit: string;
  /** The least ratio we hold ourselves to. */
  readonly goal: number;
}

/** Operations a second of the best of three runs; each run answers how many it did. */
export const best = async (run: () => Promise<number> | number): Promise<number> => {
  let rate = 0;
  for (let attempt = 0; attempt < 3; attempt++) {
    globalThis.gc?.();
    const start = process.hrtime.bigint();
    const count = await run();
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    rate = Math.max(rate, count / seconds);
  }
  return rate;
};

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
