import type { Account } from '#ledger/fund/transfer';

/** Every way money can go. The place in this list is stored with each event: only ever append to it. */
export const TRANSFER_KINDS = [
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
export const transferCode = ({
  from,
  to,
}: {
  readonly from: Account;
  readonly to: Account;
}): number => {
  const code = TRANSFER_KINDS.findIndex(([start, end]) => start === from && end === to);
  if (code < 0) throw new Error(`Money never goes from ${from} to ${to}.`);
  return code;
};
