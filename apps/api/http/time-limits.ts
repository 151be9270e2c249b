/** How long is waited for others, and how long others wait. */
export interface TimeLimits {
  /** A request that is not whole by then is cut off. */
  readonly requestMs: number;
  /** A question that has no answer by then is answered with 503. */
  readonly answerMs: number;
}

export const TIME_LIMITS: TimeLimits = { requestMs: 30_000, answerMs: 30_000 };
