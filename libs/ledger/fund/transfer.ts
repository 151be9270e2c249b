import type { Fen } from '../money.ts';

/**
 * The accounts of one allocation. Every event that moves money takes it from one and puts it into
 * another, so what all accounts hold together is always zero: conservation by construction.
 */
export const ACCOUNTS = [
  'source', // minus what was allocated: always at or below zero
  'quota', // allocated, not arrived
  'treasury', // arrived, not released
  'unit', // released, not paid
  'paid',
  'returned',
  'advance', // 垫付: minus what others paid before the money arrived and was not repaid, at or below zero too
] as const;
export type Account = (typeof ACCOUNTS)[number];

/** The accounts that hold money which was allocated and is not spent. */
export const FUNDING_ACCOUNTS = ['quota', 'treasury', 'unit'] as const;
export type FundingAccount = (typeof FUNDING_ACCOUNTS)[number];

/** An adjustment that takes money on hand goes the way of a recall, and is none. */
interface Way {
  readonly from: Account;
  readonly to: Account;
  readonly by?: 'adjustment';
}

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
  { from: 'advance', to: 'paid' },
  { from: 'paid', to: 'advance' },
  { from: 'treasury', to: 'advance' },
  { from: 'treasury', to: 'quota' },
  { from: 'unit', to: 'treasury' },
  { from: 'returned', to: 'treasury' },
  { from: 'returned', to: 'unit' },
  { from: 'source', to: 'treasury' },
  { from: 'source', to: 'unit' },
  { from: 'advance', to: 'treasury' },
  { from: 'source', to: 'treasury', by: 'adjustment' },
  { from: 'source', to: 'unit', by: 'adjustment' },
  { from: 'treasury', to: 'source', by: 'adjustment' },
  { from: 'unit', to: 'source', by: 'adjustment' },
] as const satisfies readonly Way[];

/** From which account to which: what an event does to money, whatever the amount. */
export type TransferKind = WayOf<(typeof TRANSFER_KINDS)[number]>;

type WayOf<Kind> = Kind extends Way
  ? { readonly from: Kind['from']; readonly to: Kind['to']; readonly by?: 'adjustment' }
  : never;

/** Accounts that hold nothing yet. */
export const noMoney = (): Record<Account, Fen> => ({
  source: 0n,
  quota: 0n,
  treasury: 0n,
  unit: 0n,
  paid: 0n,
  returned: 0n,
  advance: 0n,
});

export type Transfer = TransferKind & { readonly amountFen: Fen };

/** The index of a kind in `TRANSFER_KINDS`. Throws for a way that money never goes. */
export const transferCode = ({ from, to, by }: Way): number => {
  const code = TRANSFER_KINDS.findIndex(
    (kind: Way) => kind.from === from && kind.to === to && kind.by === by,
  );
  if (code < 0) throw new Error(`Money never goes from ${from} to ${to}.`);
  return code;
};

/** The kind with an index. Throws for an index that no kind has. */
export const transferKindAt = (code: number): TransferKind => {
  const kind = TRANSFER_KINDS[code];
  if (kind === undefined) throw new Error(`No transfer kind has the number ${code}.`);
  return kind;
};
