import type { Account } from '#ledger/fund/movement';

/** Every way money can go. The place in this list is stored with each event: only ever append to it. */
export const PATHS = [
  ['source', 'quota'],
  ['quota', 'source'],
  ['quota', 'treasury'],
  ['treasury', 'unit'],
  ['treasury', 'paid'],
  ['unit', 'paid'],
  ['paid', 'treasury'],
  ['paid', 'unit'],
  ['treasury', 'returned'],
  ['unit', 'returned'],
] as const satisfies readonly (readonly [Account, Account])[];

/** The number of a path. Throws for a way that money never goes. */
export const pathCode = ({
  from,
  to,
}: {
  readonly from: Account;
  readonly to: Account;
}): number => {
  const code = PATHS.findIndex(([start, end]) => start === from && end === to);
  if (code < 0) throw new Error(`Money never goes from ${from} to ${to}.`);
  return code;
};
