import type { EventStore } from '#event-store/port';
import { streamOf } from '#ledger/commands';
import type { AdjustmentDirection } from '#ledger/fund/fund-events';
import type { FundingAccount } from '#ledger/fund/transfer';
import type { LedgerCommand } from '#ledger/ledger-events';
import type { Execute } from '#application/commands/envelope';
import { createWorker } from '#application/work/worker';
import { clerk, finance } from '../unit/ledger/given.ts';
import { idOf } from '#event-codec/ids';
import { fc } from './property.ts';

/** A step of a made-up history: which of the few subjects, what is asked, how much. */
export interface Step {
  readonly verb: number;
  readonly fund: number;
  readonly amount: number;
  readonly day: number;
  /** From 0; the months follow each other from step to step unless it is said. */
  readonly month?: number;
  readonly subject: number;
}

export const FUNDS = 4;
const VILLAGES = 4;
/** By the amount, so that a request and its payment agree. */
export const PAYEES = ['payee', 'payee1', 'payee2'] as const;
const payeeOf = (amount: number): string => PAYEES[amount % 3] ?? PAYEES[0];

const step = (funds: number, verb = fc.integer({ min: 0, max: 25 })) =>
  fc.record({
    verb,
    fund: fc.integer({ min: 0, max: funds - 1 }),
    amount: fc.integer({ min: 1, max: 60 }),
    day: fc.integer({ min: 1, max: 28 }),
    subject: fc.integer({ min: 0, max: 5 }),
  });

export const histories = fc.array(step(FUNDS), { minLength: 1, maxLength: 60 });

/** Much happens to one allocation, most of it dated back behind what is recorded already. */
export const crossingDates = fc.array(step(1), { minLength: 40, maxLength: 80 });

/** Payees are paid, and merged, and parted again. */
export const mergingPayees = fc.array(step(FUNDS, fc.constantFrom(1, 7, 7, 7, 8, 24, 24, 25)), {
  minLength: 30,
  maxLength: 60,
});

const fundId = (fund: number) => `fund${fund}`;
const villageId = (village: number) => `village${village}`;

/** What every history begins with: places, payees, a notice, and an allocation for each village. */
export const beginning = (): readonly LedgerCommand[] => [
  register('county', 'county'),
  register('town', 'town', 'county'),
  register('other-town', 'town', 'county'),
  ...Array.from({ length: VILLAGES }, (_, n) => register(villageId(n), 'village', 'town')),
  ...PAYEES.map((payeeId): LedgerCommand => ({
    type: 'RegisterPayee',
    data: { payeeId, kind: 'enterprise', name: payeeId },
  })),
  {
    type: 'IssueNotice',
    data: {
      ...ISSUED,
      title: '计划',
      documentNumber: { raw: '甲〔2024〕1号' },
      issuer: '甲',
      basis: [],
      annexes: [
        {
          annex: '1',
          title: '表',
          lines: Array.from({ length: FUNDS }, (_, n) => ({
            row: n + 1,
            placeId: villageId(n),
            placeText: '村',
            amountFen: 100n,
            stated: { text: '1', unit: '元' as const },
          })),
        },
      ],
    },
  },
  ...Array.from({ length: FUNDS }, (_, n) => allocate(n)),
];

const ISSUED = {
  noticeId: 'notice',
  programme: 'transition',
  fiscalYear: 2024,
  batch: '1',
  fundingLevel: 'county',
} as const;

const allocate = (n: number): LedgerCommand => ({
  type: 'AllocateFunds',
  data: {
    ...ISSUED,
    allocationId: fundId(n),
    annex: '1',
    row: n + 1,
    // One allocation is the county's own, so that not all money is a village's.
    placeId: n === FUNDS - 1 ? 'county' : villageId(n),
    amountFen: 100n,
  },
});

const register = (
  placeId: string,
  level: 'county' | 'town' | 'village',
  parentId?: string,
): LedgerCommand => ({
  type: 'RegisterPlace',
  data: {
    placeId,
    level,
    name: placeId,
    validFrom: '2024-01-01',
    ...(parentId === undefined ? {} : { parentId }),
  },
});

/** A document of two or three legs, some of which are beyond what there is, or do not add up. */
const adjustment = ({ fund, amount, subject }: Step, account: FundingAccount): LedgerCommand => {
  const leg = (ordinal: number, direction: AdjustmentDirection, fen: number) => ({
    ordinal,
    allocationId: fundId((fund + ordinal - 1) % FUNDS),
    direction,
    account,
    amountFen: BigInt(fen),
  });
  const legs = [leg(1, 'decrease', amount), leg(2, 'increase', amount)];
  const third = [...legs, leg(3, 'increase', 1), { ...leg(5, 'decrease', 1) }];
  return {
    type: 'ApproveAdjustment',
    data: {
      adjustmentId: `a${subject}-${fund}-${amount}`,
      approval: '甲〔2024〕2号',
      decidedOn: '2024-01-01',
      legs: subject === 5 ? legs.slice(0, 1) : subject === 4 ? third : legs,
    },
  };
};

/** Anything that can be asked of the few subjects there are; many of these are rightly refused. */
export const commandOf = (step: Step, before: readonly Step[] = []): LedgerCommand => {
  const { verb, fund, amount, subject } = step;
  const allocationId = fundId(fund);
  const amountFen = BigInt(amount);
  const requestId = `${allocationId}-request${subject}`;
  const paymentId = `${allocationId}-payment${subject}`;
  const from = subject % 2 === 0 ? ('treasury' as const) : ('unit' as const);
  const asked = {
    allocationId,
    amountFen,
    from,
    payeeId: payeeOf(amount),
    stage: 'progress' as const,
  };
  const takeBack = (...verbs: readonly number[]) => ({
    allocationId,
    reversedEventId: earlierEvent(step, before, verbs),
    reason: '误',
    // Of every other one all that is left.
    ...(subject % 2 === 0 ? {} : { amountFen }),
  });
  const commands: readonly LedgerCommand[] = [
    { type: 'ReceiveFunds', data: { allocationId, amountFen } },
    { type: 'ReceiveFunds', data: { allocationId, amountFen: amountFen + 30n } },
    { type: 'ReleaseFunds', data: { allocationId, amountFen, unit: '乡' } },
    { type: 'RequestDisbursement', data: { ...asked, requestId, purpose: '款' } },
    { type: 'ApproveDisbursement', data: { allocationId, requestId } },
    { type: 'RejectDisbursement', data: { allocationId, requestId, reason: '退' } },
    {
      type: 'DisburseFunds',
      data: { ground: 'request', allocationId, requestId, paymentId, voucher: `v-${paymentId}` },
    },
    {
      type: 'DisburseFunds',
      data: {
        ...asked,
        // Every third is paid by others, before the money arrives.
        from: subject % 3 === 0 ? 'advance' : from,
        ground: 'statement',
        paymentId,
        voucher: `v-${paymentId}`,
      },
    },
    {
      type: 'ReverseDisbursement',
      data: { allocationId, paymentId, reversalId: `r${subject}`, amountFen, reason: '错' },
    },
    { type: 'ReturnFunds', data: { allocationId, amountFen, from, reason: '余' } },
    { type: 'RecallAllocation', data: { allocationId, amountFen, approval: '甲〔2024〕3号' } },
    adjustment(step, 'quota'),
    adjustment(step, from),
    {
      type: 'ClassifyAllocation',
      data: { allocationId, projectType: `类${subject}`, ground: '库' },
    },
    {
      type: 'MergePlace',
      data: { placeId: villageId(fund), intoPlaceId: villageId(subject % VILLAGES) },
    },
    { type: 'RecallFunds', data: { allocationId, amountFen, from, approval: '甲〔2024〕3号' } },
    { type: 'RevokePlaceMerger', data: { placeId: villageId(fund), reason: '误', approval: '甲' } },
    {
      type: 'ChangePlaceParent',
      data: {
        placeId: villageId(fund),
        parentId: subject % 2 === 0 ? 'other-town' : 'town',
        approval: '甲',
      },
    },
    { type: 'ReverseArrival', data: takeBack(0, 1) },
    { type: 'ReverseRelease', data: takeBack(2) },
    { type: 'ReverseReturn', data: takeBack(9) },
    { type: 'ReverseRecall', data: takeBack(10, 15) },
    {
      type: 'VoidAllocation',
      // Seldom, because nothing more can be done with it.
      data: { allocationId: subject === 0 ? allocationId : 'none', reason: '误' },
    },
    { type: 'ReverseArrival', data: takeBack(0, 1) },
    {
      type: 'MergePayee',
      data: { payeeId: payeeOf(subject), intoPayeeId: payeeOf(amount), reason: '重复登记' },
    },
    { type: 'RevokePayeeMerger', data: { payeeId: payeeOf(subject), reason: '误' } },
  ];
  const command = commands[verb];
  if (command === undefined) throw new Error('There are as many verbs as commands.');
  return command;
};

/** The event of one of the steps before that did one of these things to the same fund. */
const earlierEvent = (
  { fund, subject }: Step,
  before: readonly Step[],
  verbs: readonly number[],
): string => {
  const found = [...before.entries()].filter(
    ([, one]) => one.fund === fund && verbs.includes(one.verb),
  );
  const [index] = found[subject % Math.max(1, found.length)] ?? [];
  return index === undefined ? 'none' : stepId(index);
};

const stepId = (index: number): string => idOf('step', `${index}`);

/** Lives a history through the real executor, documents to their end; what it refuses is part of it. */
export const live = async (
  store: EventStore,
  execute: Execute,
  steps: readonly Step[],
): Promise<void> => {
  for (const [index, command] of beginning().entries()) {
    const commandId = idOf('beginning', `${index}`);
    await execute(command, { commandId, actor: clerk, occurredOn: '2024-01-01' });
  }
  const carryOut = createWorker(store, execute);
  for (const [index, step] of steps.entries()) {
    const actor = step.verb === 4 ? finance : clerk;
    const occurredOn = `2024-0${1 + (step.month ?? index % 6)}-${String(step.day).padStart(2, '0')}`;
    const commandId = stepId(index);
    const command = commandOf(step, steps.slice(0, index));
    const { kind } = await execute(command, { commandId, actor, occurredOn });
    if (command.type === 'ApproveAdjustment' && kind === 'happened') {
      await carryOut(streamOf(command));
    }
  }
};
