import type { FenJson } from './fen-json.ts';
import type { TransferKind } from './fund/transfer.ts';
import type { LedgerEvent } from './ledger-events.ts';

/**
 * One row for each event type: all that the rest of the system has to know of it. Schema versions,
 * transfers, vouchers, references, past views and the catalogue in `docs/events` derive from here;
 * a new event type without a row does not compile.
 */
export interface EventRow<Event extends LedgerEvent> {
  /** Newest version of its data; an older one is read through `libs/event-codec/upcasters.ts`. */
  readonly version: number;
  readonly stream: StreamKind;
  /** What documents call it. */
  readonly zh: string;
  /** From which account to which its `amountFen` goes; null when no money moves. */
  readonly transfer:
    | (Event['data'] extends { readonly amountFen: bigint }
        ? (data: FenJson<Event['data']>) => TransferKind
        : never)
    | null;
  /** Whether it names the slip of a treasury or a bank. */
  readonly voucher: 'voucher' extends keyof Event['data']
    ? Event extends { readonly type: 'VoucherClaimed' } // the payment names it again
      ? false
      : true
    : false;
  /** Subjects that can be named from this event on. */
  readonly introduces: (data: FenJson<Event['data']>) => readonly Subject[];
  /** Subjects that must be known before this event makes sense. */
  readonly reliesOn: (data: FenJson<Event['data']>) => readonly Subject[];
  /** True for facts that hold from the moment they are known, whatever date they carry. */
  readonly isDirectory: boolean;
}

export const STREAM_KINDS = [
  'place',
  'payee',
  'notice',
  'fund',
  'announcement',
  'parameter',
  'voucher',
  'adjustment',
] as const;
export type StreamKind = (typeof STREAM_KINDS)[number];

/** Something that later events name: a stream, or a part of one. */
export type Subject = `${StreamKind | 'request' | 'payment' | 'asset' | 'objection'}-${string}`;

const nothing = (): readonly Subject[] => [];
const place = ({ placeId }: { readonly placeId: string }) => [`place-${placeId}`] as const;
const payee = ({ payeeId }: { readonly payeeId: string }) => [`payee-${payeeId}`] as const;
const notice = ({ noticeId }: { readonly noticeId: string }) => [`notice-${noticeId}`] as const;
const voucher = ({ voucherId }: { readonly voucherId: string }) =>
  [`voucher-${voucherId}`] as const;
const fund = ({ allocationId }: OfAllocation) => [`fund-${allocationId}`] as const;
const announcement = ({ announcementId }: { readonly announcementId: string }) =>
  [`announcement-${announcementId}`] as const;
const adjustment = ({ adjustmentId }: { readonly adjustmentId: string }) =>
  [`adjustment-${adjustmentId}`] as const;
interface OfAllocation {
  readonly allocationId: string;
}

const AWAITS_ARRIVAL = { from: 'source', to: 'quota' } as const;
const QUOTA_TAKEN_BACK = { from: 'quota', to: 'source' } as const;
const RECALLED = {
  treasury: { from: 'treasury', to: 'source' },
  unit: { from: 'unit', to: 'source' },
} as const;
const ADJUSTED = {
  increase: {
    quota: AWAITS_ARRIVAL,
    treasury: { from: 'source', to: 'treasury' },
    unit: { from: 'source', to: 'unit' },
  },
  decrease: {
    quota: QUOTA_TAKEN_BACK,
    treasury: { from: 'treasury', to: 'source', by: 'adjustment' },
    unit: { from: 'unit', to: 'source', by: 'adjustment' },
  },
} as const;

export const EVENT_TABLE = {
  PlaceRegistered: {
    version: 1,
    stream: 'place',
    zh: '登记地点',
    transfer: null,
    voucher: false,
    introduces: place,
    reliesOn: ({ parentId }) => (parentId === undefined ? [] : [`place-${parentId}`]),
    isDirectory: true,
  },
  PlaceRenamed: {
    version: 1,
    stream: 'place',
    zh: '地点更名',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: place,
    isDirectory: false,
  },
  PlaceMerged: {
    version: 1,
    stream: 'place',
    zh: '地点合并',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: ({ placeId, intoPlaceId }) => [`place-${placeId}`, `place-${intoPlaceId}`],
    isDirectory: false,
  },
  PlaceMergerRevoked: {
    version: 1,
    stream: 'place',
    zh: '撤销合并',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: place,
    isDirectory: false,
  },
  PlaceParentChanged: {
    version: 1,
    stream: 'place',
    zh: '地点改隶',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: ({ placeId, parentId }) => [`place-${placeId}`, `place-${parentId}`],
    isDirectory: false,
  },
  PlaceCodeAssigned: {
    version: 1,
    stream: 'place',
    zh: '区划代码确定',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: place,
    isDirectory: true,
  },
  PayeeRegistered: {
    version: 1,
    stream: 'payee',
    zh: '登记收款人',
    transfer: null,
    voucher: false,
    introduces: payee,
    reliesOn: nothing,
    isDirectory: true,
  },
  PayeeChanged: {
    version: 1,
    stream: 'payee',
    zh: '收款人变更',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: payee,
    isDirectory: true,
  },
  PayeeMerged: {
    version: 1,
    stream: 'payee',
    zh: '收款人合并',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: ({ payeeId, intoPayeeId }) => [`payee-${payeeId}`, `payee-${intoPayeeId}`],
    isDirectory: false,
  },
  PayeeMergerRevoked: {
    version: 1,
    stream: 'payee',
    zh: '撤销收款人合并',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: payee,
    isDirectory: false,
  },
  NoticeIssued: {
    version: 2,
    stream: 'notice',
    zh: '资金文件下达',
    transfer: null,
    voucher: false,
    introduces: notice,
    reliesOn: ({ annexes, replaces }) => [
      ...(replaces === undefined ? [] : [`notice-${replaces}` as const]),
      ...annexes.flatMap(({ lines }) => lines.map(({ placeId }) => `place-${placeId}` as const)),
    ],
    isDirectory: false,
  },
  NoticeWithdrawn: {
    version: 2,
    stream: 'notice',
    zh: '资金文件撤回',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: ({ noticeId, voids }) => [
      `notice-${noticeId}`,
      ...voids.map((allocationId) => `fund-${allocationId}` as const),
    ],
    isDirectory: false,
  },
  FundsAllocated: {
    version: 1,
    stream: 'fund',
    zh: '下达',
    transfer: () => AWAITS_ARRIVAL,
    voucher: false,
    introduces: fund,
    reliesOn: ({ noticeId, placeId }) => [`notice-${noticeId}`, `place-${placeId}`],
    isDirectory: false,
  },
  AdjustmentReserved: {
    version: 1,
    stream: 'fund',
    zh: '调整预留',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: ({ allocationId, adjustmentId }) => [
      `fund-${allocationId}`,
      `adjustment-${adjustmentId}`,
    ],
    isDirectory: false,
  },
  AdjustmentReservationReleased: {
    version: 1,
    stream: 'fund',
    zh: '解除调整预留',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: ({ allocationId, adjustmentId }) => [
      `fund-${allocationId}`,
      `adjustment-${adjustmentId}`,
    ],
    isDirectory: false,
  },
  AllocationAdjusted: {
    version: 2,
    stream: 'fund',
    zh: '调增、调减',
    transfer: ({ direction, account = 'quota' }) => ADJUSTED[direction][account],
    voucher: false,
    introduces: nothing,
    // The counterpart may be an allocation of a later day; pairs of older logs have no document.
    reliesOn: ({ allocationId, adjustmentId, ordinal }) => [
      `fund-${allocationId}`,
      ...(ordinal === undefined ? [] : [`adjustment-${adjustmentId}` as const]),
    ],
    isDirectory: false,
  },
  AllocationClassified: {
    version: 1,
    stream: 'fund',
    zh: '归类',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  FundsArrived: {
    version: 2,
    stream: 'fund',
    zh: '到账',
    transfer: () => ({ from: 'quota', to: 'treasury' }),
    voucher: true,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  FundsReleased: {
    version: 2,
    stream: 'fund',
    zh: '核拨',
    transfer: () => ({ from: 'treasury', to: 'unit' }),
    voucher: true,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  DisbursementRequested: {
    version: 1,
    stream: 'fund',
    zh: '申请支付',
    transfer: null,
    voucher: false,
    introduces: ({ requestId }) => [`request-${requestId}`],
    reliesOn: ({ allocationId, payeeId }) => [`fund-${allocationId}`, `payee-${payeeId}`],
    isDirectory: false,
  },
  DisbursementApproved: {
    version: 1,
    stream: 'fund',
    zh: '复核通过',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: ({ allocationId, requestId }) => [`fund-${allocationId}`, `request-${requestId}`],
    isDirectory: false,
  },
  DisbursementRejected: {
    version: 1,
    stream: 'fund',
    zh: '复核退回',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: ({ allocationId, requestId }) => [`fund-${allocationId}`, `request-${requestId}`],
    isDirectory: false,
  },
  FundsDisbursed: {
    version: 2,
    stream: 'fund',
    zh: '支付',
    transfer: ({ from }) => ({ from, to: 'paid' }),
    voucher: true,
    introduces: ({ paymentId }) => [`payment-${paymentId}`],
    reliesOn: ({ allocationId, payeeId, ground }) => [
      `fund-${allocationId}`,
      `payee-${payeeId}`,
      ...(ground.kind === 'request' ? [`request-${ground.requestId}` as const] : []),
    ],
    isDirectory: false,
  },
  AdvanceRepaid: {
    version: 1,
    stream: 'fund',
    zh: '归还垫付',
    transfer: () => ({ from: 'treasury', to: 'advance' }),
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  DisbursementReversed: {
    version: 2,
    stream: 'fund',
    zh: '冲销',
    transfer: ({ to }) => ({ from: 'paid', to }),
    voucher: true,
    introduces: nothing,
    reliesOn: ({ allocationId, paymentId }) => [`fund-${allocationId}`, `payment-${paymentId}`],
    isDirectory: false,
  },
  DisbursementRefused: {
    version: 1,
    stream: 'fund',
    zh: '拒绝超额支付',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: ({ allocationId, payeeId }) => [`fund-${allocationId}`, `payee-${payeeId}`],
    isDirectory: false,
  },
  FundsReturned: {
    version: 2,
    stream: 'fund',
    zh: '缴回',
    transfer: ({ from }) => ({ from, to: 'returned' }),
    voucher: true,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  AllocationRecalled: {
    version: 1,
    stream: 'fund',
    zh: '收回指标',
    transfer: () => QUOTA_TAKEN_BACK,
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  FundsRecalled: {
    version: 2,
    stream: 'fund',
    zh: '收回资金',
    transfer: ({ from }) => RECALLED[from],
    voucher: true,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  ProjectStarted: {
    version: 1,
    stream: 'fund',
    zh: '项目开工',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  ProjectCompleted: {
    version: 1,
    stream: 'fund',
    zh: '项目完工',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  ProjectAccepted: {
    version: 1,
    stream: 'fund',
    zh: '项目验收',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  AssetRegistered: {
    version: 1,
    stream: 'fund',
    zh: '资产登记',
    transfer: null,
    voucher: false,
    introduces: ({ assetId }) => [`asset-${assetId}`],
    reliesOn: fund,
    isDirectory: false,
  },
  BenefitDistributed: {
    version: 1,
    stream: 'fund',
    zh: '收益分配',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  AllocationClosed: {
    version: 1,
    stream: 'fund',
    zh: '结项',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  ArrivalReversed: {
    version: 1,
    stream: 'fund',
    zh: '冲回到账',
    transfer: () => ({ from: 'treasury', to: 'quota' }),
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  AdvanceRepaymentReversed: {
    version: 1,
    stream: 'fund',
    zh: '冲回归还垫付',
    transfer: () => ({ from: 'advance', to: 'treasury' }),
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  ReleaseReversed: {
    version: 1,
    stream: 'fund',
    zh: '冲回核拨',
    transfer: () => ({ from: 'unit', to: 'treasury' }),
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  ReturnReversed: {
    version: 1,
    stream: 'fund',
    zh: '冲回缴回',
    transfer: ({ to }) => ({ from: 'returned', to }),
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  RecallReversed: {
    version: 1,
    stream: 'fund',
    zh: '冲回收回',
    transfer: ({ to }) => ({ from: 'source', to }),
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  AllocationVoided: {
    version: 1,
    stream: 'fund',
    zh: '安排作废',
    transfer: () => QUOTA_TAKEN_BACK,
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  AllocationReopened: {
    version: 1,
    stream: 'fund',
    zh: '撤销结项',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  MilestoneReversed: {
    version: 1,
    stream: 'fund',
    zh: '撤销项目节点',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  AssetRegistrationReversed: {
    version: 1,
    stream: 'fund',
    zh: '撤销资产登记',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: ({ allocationId, assetId }) => [`fund-${allocationId}`, `asset-${assetId}`],
    isDirectory: false,
  },
  BenefitReversed: {
    version: 1,
    stream: 'fund',
    zh: '冲回收益分配',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: fund,
    isDirectory: false,
  },
  AnnouncementPosted: {
    version: 1,
    stream: 'announcement',
    zh: '张贴公告公示',
    transfer: null,
    voucher: false,
    introduces: announcement,
    reliesOn: ({ placeId, allocationIds }) => [
      `place-${placeId}`,
      ...allocationIds.map((allocationId) => `fund-${allocationId}` as const),
    ],
    isDirectory: false,
  },
  AnnouncementEnded: {
    version: 1,
    stream: 'announcement',
    zh: '公示期满',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: announcement,
    isDirectory: false,
  },
  AnnouncementEndRevoked: {
    version: 1,
    stream: 'announcement',
    zh: '撤销期满',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: announcement,
    isDirectory: false,
  },
  AnnouncementWithdrawn: {
    version: 1,
    stream: 'announcement',
    zh: '撤回公示',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: announcement,
    isDirectory: false,
  },
  ObjectionRaised: {
    version: 1,
    stream: 'announcement',
    zh: '提出异议',
    transfer: null,
    voucher: false,
    introduces: ({ objectionId }) => [`objection-${objectionId}`],
    reliesOn: announcement,
    isDirectory: false,
  },
  ObjectionAnswered: {
    version: 1,
    stream: 'announcement',
    zh: '答复异议',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: ({ announcementId, objectionId }) => [
      `announcement-${announcementId}`,
      `objection-${objectionId}`,
    ],
    isDirectory: false,
  },
  ObjectionAnswerRevoked: {
    version: 1,
    stream: 'announcement',
    zh: '撤销答复',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: ({ announcementId, objectionId }) => [
      `announcement-${announcementId}`,
      `objection-${objectionId}`,
    ],
    isDirectory: false,
  },
  ObjectionWithdrawn: {
    version: 2,
    stream: 'announcement',
    zh: '撤回异议',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: ({ announcementId, objectionId }) => [
      `announcement-${announcementId}`,
      `objection-${objectionId}`,
    ],
    isDirectory: false,
  },
  ParameterSet: {
    version: 1,
    stream: 'parameter',
    zh: '设定参数',
    transfer: null,
    voucher: false,
    introduces: ({ parameterId }) => [`parameter-${parameterId}`],
    reliesOn: nothing,
    isDirectory: false,
  },
  VoucherClaimed: {
    version: 1,
    stream: 'voucher',
    zh: '占用凭证',
    transfer: null,
    voucher: false,
    introduces: voucher,
    // The payment comes after its claim, or never.
    reliesOn: ({ allocationId, payeeId }) => [`fund-${allocationId}`, `payee-${payeeId}`],
    isDirectory: false,
  },
  VoucherFreed: {
    version: 1,
    stream: 'voucher',
    zh: '释放凭证',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: voucher,
    isDirectory: false,
  },
  AdjustmentApproved: {
    version: 1,
    stream: 'adjustment',
    zh: '调整文件批准',
    transfer: null,
    voucher: false,
    introduces: adjustment,
    // Where a leg names a row, that row may open the allocation later on.
    reliesOn: ({ legs }) =>
      legs.map(({ allocationId, line }) =>
        line === undefined
          ? (`fund-${allocationId}` as const)
          : (`notice-${line.noticeId}` as const),
      ),
    isDirectory: false,
  },
  AdjustmentResolved: {
    version: 1,
    stream: 'adjustment',
    zh: '调整预留完毕',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: adjustment,
    isDirectory: false,
  },
  AdjustmentCompleted: {
    version: 1,
    stream: 'adjustment',
    zh: '调整完成',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: adjustment,
    isDirectory: false,
  },
  AdjustmentAbandoned: {
    version: 1,
    stream: 'adjustment',
    zh: '调整作废',
    transfer: null,
    voucher: false,
    introduces: nothing,
    reliesOn: adjustment,
    isDirectory: false,
  },
} as const satisfies EventTable;

type EventTable = {
  readonly [Type in LedgerEvent['type']]: EventRow<Extract<LedgerEvent, { readonly type: Type }>>;
};
