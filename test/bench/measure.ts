/** A figure beside the limit that was measured in the same run with the same bytes. */
export interface Figure {
  readonly name: string;
  readonly ours: Speed;
  /** Operations a second. */
  readonly limit: number;
  readonly unit: string;
  /** The least ratio we hold ourselves to. */
  readonly goal: number;
}

/** How fast operations went, and what each cost the process that serves or appends them. */
export interface Speed {
  readonly perSecond: number;
  /** µs of CPU an operation, user and system, of all threads of that process. */
  readonly cpuUs: number;
}

/** µs of CPU that a process has used until now. */
export type CpuMeter = () => number | Promise<number>;

/** Of this process. */
export const ownCpuUs = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** The best of three runs, each of which answers how many operations it did. */
export const best = (run: () => Promise<number> | number, cpuUs?: CpuMeter): Promise<Speed> =>
  bestOf(() => speedOf(run, cpuUs));

/** The highest rate and the least CPU of three attempts. */
export const bestOf = async (attempt: () => Promise<Speed>): Promise<Speed> => {
  const speeds = [await attempt(), await attempt(), await attempt()];
  return {
    perSecond: Math.max(...speeds.map(({ perSecond }) => perSecond)),
    cpuUs: Math.min(...speeds.map(({ cpuUs }) => cpuUs)),
  };
};

/** The speed of one run, which answers how many operations it did. */
export const speedOf = async (
  run: () => Promise<number> | number,
  cpuUs: CpuMeter = ownCpuUs,
): Promise<Speed> => {
  globalThis.gc?.();
  const usedBefore = await cpuUs();
  const start = process.hrtime.bigint();
  const count = await run();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return { perSecond: count / seconds, cpuUs: ((await cpuUs()) - usedBefore) / count };
};

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

/** `MZ_BENCH_SMALL=1`: a run of minutes, to compare two versions with; it writes no page. */
export const IS_SMALL = process.env['MZ_BENCH_SMALL'] === '1';

/** A number of operations or repetitions: a fifth of it in a small run. */
export const reduced = (full: number): number => (IS_SMALL ? Math.ceil(full / 5) : full);
