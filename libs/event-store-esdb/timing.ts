/** How long to wait for a cluster, in milliseconds. */
export interface Timing {
  /** For one answer. */
  readonly callMs: number;
  /** For an append or a read in all, over as many tries as it takes. */
  readonly patienceMs: number;
  /** Before the first new try; doubled for each further one, up to `longestPauseMs`. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
  /** Between looks whether a silent subscription has missed something. */
  readonly probeMs: number;
  /**
   * For a write that was not sent yet, and for a read that a decision waits for, while the cluster is
   * known to take no writes.
   */
  readonly refusalMs: number;
  /** Between looks for a leader while the cluster takes no writes. */
  readonly leaderProbeMs: number;
}

/** An election of a new leader takes seconds; patience outlasts it. */
export const USUAL_TIMING: Timing = {
  callMs: 5_000,
  patienceMs: 30_000,
  pauseMs: 50,
  longestPauseMs: 2_000,
  probeMs: 2_000,
  refusalMs: 1_500,
  leaderProbeMs: 500,
};

/** The pause before the next try, after so many that failed. */
export const pauseMs = (failures: number, { pauseMs, longestPauseMs }: Timing): number =>
  Math.min(pauseMs * 2 ** (failures - 1), longestPauseMs);

/** No answer came in time; what was asked for may have happened all the same. */
export class NoAnswer extends Error {
  constructor(ms: number) {
    super(`The cluster did not answer within ${ms} ms.`);
    this.name = 'NoAnswer';
  }
}

/** The client's calls may wait for ever; none of ours does. */
export const within = async <Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(ms)), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
};
