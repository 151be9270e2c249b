import type { Account, TransferKind } from '#ledger/fund/transfer';

/** Ways that money goes, each of which counts 1, and back, which counts −1; an adjustment is neither. */
const goes = (kind: TransferKind, isWay: (from: Account, to: Account) => boolean): number =>
  kind.by === 'adjustment'
    ? 0
    : Number(isWay(kind.from, kind.to)) - Number(isWay(kind.to, kind.from));

const isOnHand = (account: Account): boolean => account === 'treasury' || account === 'unit';

/** Flows that the accounts do not remember: what ever went such a way, less what was taken back. */
export const FLOWS = {
  released: (kind) => goes(kind, (from, to) => from === 'treasury' && to === 'unit'),
  recalled: (kind) => goes(kind, (from, to) => isOnHand(from) && to === 'source'),
} as const satisfies Record<string, (kind: TransferKind) => number>;
export type Flow = keyof typeof FLOWS;

/** The accounts and flows whose sum a figure is, in the order in which answers list the figures. */
export const FIGURES = {
  /** 下达 */
  allocatedFen: {
    accounts: ['quota', 'treasury', 'unit', 'paid', 'returned', 'advance'],
    flows: [],
  },
  /** 到账 net of recalled funds, including what was paid or returned since */
  arrivedFen: { accounts: ['treasury', 'unit', 'paid', 'returned', 'advance'], flows: [] },
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
  arrivedGrossFen: {
    accounts: ['treasury', 'unit', 'paid', 'returned', 'advance'],
    flows: ['recalled'],
  },
  /** 垫付: paid by others before the money arrived, not repaid yet */
  advancedFen: { accounts: [], flows: [], less: ['advance'] },
} as const satisfies Record<string, Terms>;
export type Figure = keyof typeof FIGURES;

interface Terms {
  readonly accounts: readonly Account[];
  readonly flows: readonly Flow[];
  /** Accounts that are taken away. */
  readonly less?: readonly Account[];
}

export const FLOW_NAMES = Object.keys(FLOWS) as readonly Flow[];
export const FIGURE_NAMES = Object.keys(FIGURES) as readonly Figure[];

/** The flows that a way of money belongs to, each with 1, or −1 where it is taken back. */
export const flowsOf = (kind: TransferKind): readonly (readonly [Flow, number])[] =>
  FLOW_NAMES.map((flow) => [flow, FLOWS[flow](kind)] as const).filter(([, sign]) => sign !== 0);

/** The accounts and flows that a figure sums, each with its sign. */
export const termsOf = (figure: Figure): readonly (readonly [Account | Flow, 1 | -1])[] => {
  const { accounts, flows, less = [] }: Terms = FIGURES[figure];
  return [
    ...[...accounts, ...flows].map((term) => [term, 1] as const),
    ...less.map((term) => [term, -1] as const),
  ];
};

/** How a fen that goes one way changes a figure: +1, −1, or 0 when it does not. */
export const effectOf = (figure: Figure, kind: TransferKind): number => {
  const signs: Partial<Record<Account | Flow, number>> = Object.fromEntries(termsOf(figure));
  const signOf = (term: Account | Flow): number => signs[term] ?? 0;
  const gained = signOf(kind.to) - signOf(kind.from);
  return flowsOf(kind).reduce((effect, [flow, sign]) => effect + sign * signOf(flow), gained);
};
