/** What Nest hands over by name rather than by class. */
export const LEDGER = Symbol('ledger');
export const TOKENS = Symbol('tokens');
export const METRICS = Symbol('metrics');
export const SIGNING = Symbol('signing');
export const LIMITS = Symbol('limits');
