import type { Account, TransferKind } from '#ledger/fund/transfer';

/** Flows that the accounts do not remember: what ever went such a way, added up. */
export const FLOWS = {
  released: ({ from, to }) => from === 'treasury' && to === 'unit',
  recalled: ({ from, to }) => from !== 'quota' && to === 'source',
} as const satisfies Record<string, (kind: TransferKind) => boolean>;
export type Flow = keyof typeof FLOWS;

/** The accounts and flows whose sum a figure is, in the order in which answers list the figures. */
export const FIGURES = {
  /** 下达 */
  allocatedFen: { accounts: ['quota', 'treasury', 'unit', 'paid', 'returned'], flows: [] },
  /** 到账 net of recalled funds, including what was paid or returned since */
  arrivedFen: { accounts: ['treasury', 'unit', 'paid', 'returned'], flows: [] },
  /** 核拨 */
  releasedFen: { accounts: [], flows: ['released'] },
  /** 支付, less what was reversed */
  paidFen: { accounts: ['paid'], flows: [] },
  /** 缴回 */
  returnedFen: { accounts: ['returned'], flows: [] },
  /** Allocated, not arrived. */
  unarrivedFen: { accounts: ['quota'], flows: [] },
  treasuryFen: { accounts: ['treasury'], flows: [] },
  unitFen: { accounts: ['unit'], flows: [] },
  /** 结存 */
  onHandFen: { accounts: ['treasury', 'unit'], flows: [] },
  /** 收回资金: arrived, and taken back to its source since */
  recalledFen: { accounts: [], flows: ['recalled'] },
  /** 累计到账 gross: all that ever arrived */
  arrivedGrossFen: { accounts: ['treasury', 'unit', 'paid', 'returned'], flows: ['recalled'] },
} as const satisfies Record<string, Terms>;
export type Figure = keyof typeof FIGURES;

interface Terms {
  readonly accounts: readonly Account[];
  readonly flows: readonly Flow[];
}

export const FLOW_NAMES = Object.keys(FLOWS) as readonly Flow[];
export const FIGURE_NAMES = Object.keys(FIGURES) as readonly Figure[];

/** The flows that a way of money belongs to. */
export const flowsOf = (kind: TransferKind): readonly Flow[] =>
  FLOW_NAMES.filter((flow) => FLOWS[flow](kind));

/** The accounts and flows that a figure sums. */
export const termsOf = (figure: Figure): readonly (Account | Flow)[] => {
  const { accounts, flows }: Terms = FIGURES[figure];
  return [...accounts, ...flows];
};

/** How a fen that goes one way changes a figure: +1, −1, or 0 when it does not. */
export const effectOf = (figure: Figure, kind: TransferKind): number => {
  const terms = termsOf(figure);
  const gained = Number(terms.includes(kind.to)) - Number(terms.includes(kind.from));
  return gained + flowsOf(kind).filter((flow) => terms.includes(flow)).length;
};
