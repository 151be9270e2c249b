import { idOf } from '#event-codec/ids';
import type { CommandType } from '#ledger/commands';
import type { EventOf } from '#ledger/decision';
import type { CommandNamed } from '#ledger/fund/fund-commands';
import type { Disbursement, DisbursementRequest, FundEvent } from '#ledger/fund/fund-events';

export const allocationId = 'greenhouse';

/** 160 万元 for a greenhouse: 16,000,000,0 fen are not easily read, so examples count in yuan. */
export const yuan = (amount: number): bigint => BigInt(amount) * 100n;

export const allocation: CommandNamed<'AllocateFunds'>['data'] = {
  allocationId,
  noticeId: 'notice-2024-2',
  annex: '3',
  row: 1,
  placeId: 'yehujian',
  amountFen: yuan(1_600_000),
  programme: 'transition',
  fiscalYear: 2024,
  batch: '2024-1',
  fundingLevel: 'municipal',
  stated: { text: '160', unit: '万元' },
};

export const allocated: FundEvent = { type: 'FundsAllocated', data: allocation };

export const arrived = (amount: number): FundEvent => ({
  type: 'FundsArrived',
  data: { allocationId, amountFen: yuan(amount) },
});

export const released = (amount: number): FundEvent => ({
  type: 'FundsReleased',
  data: { allocationId, amountFen: yuan(amount), unit: '北旺庄街道办' },
});

export const request = (amount: number, requestId = 'request-1') => ({
  allocationId,
  requestId,
  payeeId: 'qinghonglv',
  amountFen: yuan(amount),
  from: 'treasury' as const,
  stage: 'progress' as const,
  purpose: '棚体改造进度款',
});

export const requested = (
  amount: number,
  changes: Partial<DisbursementRequest> = {},
): FundEvent => ({
  type: 'DisbursementRequested',
  data: { ...request(amount), requestedBy: 'wang', ...changes },
});

export const approved = (requestId = 'request-1'): FundEvent => ({
  type: 'DisbursementApproved',
  data: { allocationId, requestId, decidedBy: 'li' },
});

export const rejected = (requestId = 'request-1'): FundEvent => ({
  type: 'DisbursementRejected',
  data: { allocationId, requestId, decidedBy: 'li', reason: '缺验收单' },
});

export const statementPayment = (amount: number, paymentId = 'payment-1') => ({
  ground: 'statement' as const,
  allocationId,
  paymentId,
  payeeId: 'qinghonglv',
  amountFen: yuan(amount),
  from: 'treasury' as const,
  stage: 'progress' as const,
  voucher: 'zf-0001',
});

export const paid = (
  amount: number,
  changes: Partial<Disbursement> = {},
): EventOf<'FundsDisbursed', Disbursement> => ({
  type: 'FundsDisbursed',
  data: { ...statementPayment(amount), ground: { kind: 'statement' }, ...changes },
});

export const reversal = (amount: number) => ({
  allocationId,
  reversalId: 'reversal-1',
  paymentId: 'payment-1',
  amountFen: yuan(amount),
  kind: 'error' as const,
  reason: '收款账号有误',
});

export const reversed = (amount: number): FundEvent => ({
  type: 'DisbursementReversed',
  data: { ...reversal(amount), to: 'treasury', kind: 'error' },
});

export const milestone = (
  type: 'ProjectStarted' | 'ProjectCompleted' | 'ProjectAccepted',
): FundEvent => ({ type, data: { allocationId } });

export const asset = {
  allocationId,
  assetId: 'asset-1',
  name: '蔬菜大棚',
  assetClass: 'operating' as const,
  originalValueFen: yuan(1_600_000),
  keeper: '野狐涧村股份经济合作社',
};

export const closed: FundEvent = { type: 'AllocationClosed', data: { allocationId } };

/** The id of the event that an example of a command leaves behind, so that another can name it. */
export const eventIdOf = (type: CommandType): string => idOf('event', type);

/** Takes back the event of another example. */
export const takenBack = (type: CommandType) => ({
  allocationId,
  reversedEventId: eventIdOf(type),
  reason: '录入有误',
});

/** Takes back what stands at a place of a history that the tests make up. */
export const takingBack = (index: number) => ({
  allocationId,
  reversedEventId: `event-${index}`,
  reason: '录入有误',
});

/** Takes back an arrival that follows the allocation. */
export const arrivalReversed = (amount: number): FundEvent => ({
  type: 'ArrivalReversed',
  data: { ...takingBack(1), amountFen: yuan(amount) },
});

export const voided: FundEvent = {
  type: 'AllocationVoided',
  data: { ...takingBack(0), amountFen: allocation.amountFen },
};
