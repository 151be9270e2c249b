import type { Fen } from '../money.ts';

/**
 * The accounts of one allocation. Every event that moves money takes it from one and puts it into
 * another, so what all accounts hold together is always zero: conservation by construction.
 */
export const ACCOUNTS = [
  'source', // minus what was allocated: the only account below zero
  'quota', // allocated, not arrived
  'treasury', // arrived, not released
  'unit', // released, not paid
  'paid',
  'returned',
] as const;
export type Account = (typeof ACCOUNTS)[number];

/**
 * Every way money can go. The index in this list is stored with each event and in the saved
 * postings: append to it, never reorder or remove.
 */
export const TRANSFER_KINDS = [
  { from: 'source', to: 'quota' },
  { from: 'quota', to: 'source' },
  { from: 'quota', to: 'treasury' },
  { from: 'treasury', to: 'unit' },
  { from: 'treasury', to: 'paid' },
  { from: 'unit', to: 'paid' },
  { from: 'paid', to: 'treasury' },
  { from: 'paid', to: 'unit' },
  { from: 'treasury', to: 'returned' },
  { from: 'unit', to: 'returned' },
  { from: 'treasury', to: 'source' },
  { from: 'unit', to: 'source' },
] as const satisfies readonly { readonly from: Account; readonly to: Account }[];

/** From which account to which: what an event does to money, whatever the amount. */
export type TransferKind = (typeof TRANSFER_KINDS)[number];

export type Transfer = TransferKind & { readonly amountFen: Fen };

/** The index of a kind in `TRANSFER_KINDS`. Throws for a way that money never goes. */
export const transferCode = ({ from, to }: Readonly<Record<'from' | 'to', Account>>): number => {
  const code = TRANSFER_KINDS.findIndex((kind) => kind.from === from && kind.to === to);
  if (code < 0) throw new Error(`Money never goes from ${from} to ${to}.`);
  return code;
};

/** The kind with an index. Throws for an index that no kind has. */
export const transferKindAt = (code: number): TransferKind => {
  const kind = TRANSFER_KINDS[code];
  if (kind === undefined) throw new Error(`No transfer kind has the number ${code}.`);
  return kind;
};
