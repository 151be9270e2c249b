import type { LedgerEvent } from '#ledger/ledger-events';
import { formatYuan } from '#ledger/money';
import type { OnVoucher } from '#ledger/voucher/slip';
import { ADJUSTED_ACCOUNT_NAMES, adjustmentSentence } from './adjustment-sentence.ts';
import { say, type Sentence } from './sentence.ts';

export type { Sentence } from './sentence.ts';

/** What happened, in one line for the journal; names of places and payees stand beside it. */
export const eventSentence = (event: LedgerEvent): Sentence => {
  switch (event.type) {
    case 'PlaceRegistered':
      return say(`登记地点 ${event.data.name}`, `Place ${event.data.name} registered`);
    case 'PlaceRenamed':
      return say(`地点更名为 ${event.data.name}`, `Place renamed to ${event.data.name}`);
    case 'PlaceMerged':
      return say('地点并入其他地点', 'Place merged into another');
    case 'PlaceMergerRevoked':
      return say(
        `撤销地点并入(${event.data.approval}):${event.data.reason}`,
        `Merger of the place revoked (${event.data.approval}): ${event.data.reason}`,
      );
    case 'PlaceParentChanged':
      return say(
        `地点改隶,批准文号 ${event.data.approval}`,
        `Place moved to another parent, approval ${event.data.approval}`,
      );
    case 'PlaceCodeAssigned':
      return say(
        `区划代码定为 ${event.data.divisionCode}`,
        `Division code ${event.data.divisionCode} assigned`,
      );
    case 'PayeeRegistered':
      return say(
        `登记收款人 ${event.data.name ?? '(个人)'}`,
        `Payee ${event.data.name ?? '(person)'} registered`,
      );
    case 'PayeeChanged':
      return say(
        `收款人变更为 ${event.data.name ?? '(个人)'}`,
        `Payee changed to ${event.data.name ?? '(person)'}`,
      );
    case 'PayeeMerged':
      return say(
        `收款人并入其他收款人:${event.data.reason}`,
        `Payee merged into another: ${event.data.reason}`,
      );
    case 'PayeeMergerRevoked':
      return say(
        `撤销收款人并入:${event.data.reason}`,
        `Merger of the payee revoked: ${event.data.reason}`,
      );
    case 'NoticeIssued':
      return say(
        `登记资金文件 ${event.data.documentNumber.raw}`,
        `Notice ${event.data.documentNumber.raw} issued`,
      );
    case 'NoticeWithdrawn':
      return say(`撤回资金文件:${event.data.reason}`, `Notice withdrawn: ${event.data.reason}`);
    case 'FundsAllocated':
      return money('下达', 'Allocated', event.data.amountFen);
    case 'AllocationAdjusted': {
      const { direction, account = 'quota', amountFen } = event.data;
      const { zh, en } = ADJUSTED_ACCOUNT_NAMES[account];
      const isQuota = account === 'quota';
      const [zhVerb, enVerb] =
        direction === 'increase' ? ['调增', 'Increased'] : ['调减', 'Decreased'];
      return isQuota
        ? money(zhVerb, `${enVerb} by`, amountFen)
        : money(`${zhVerb}${zh}资金`, `${enVerb} ${en} by`, amountFen);
    }
    case 'AllocationClassified':
      return say(`归类为 ${event.data.projectType}`, `Classified as ${event.data.projectType}`);
    case 'FundsArrived':
      return money('到账', 'Arrived', event.data.amountFen, ...again(event.data));
    case 'FundsReleased':
      return money(
        `核拨到 ${event.data.unit}`,
        `Released to ${event.data.unit}`,
        event.data.amountFen,
        ...again(event.data),
      );
    case 'DisbursementRequested':
      return money('申请支付', 'Payment requested', event.data.amountFen);
    case 'DisbursementApproved':
      return say(
        `复核通过,复核人 ${event.data.decidedBy}`,
        `Request approved by ${event.data.decidedBy}`,
      );
    case 'DisbursementRejected':
      return say(`复核退回:${event.data.reason}`, `Request rejected: ${event.data.reason}`);
    case 'FundsDisbursed': {
      const [zh, en] = again(event.data);
      const { voucher, amountFen } = event.data;
      return money(
        event.data.from === 'advance' ? '垫付支付' : '支付',
        event.data.from === 'advance' ? 'Paid in advance' : 'Paid',
        amountFen,
        `,凭证 ${voucher}${zh}`,
        ` on voucher ${voucher}${en}`,
      );
    }
    case 'DisbursementReversed': {
      const { kind, voucher, reason, amountFen } = event.data;
      const { zh, en } = PAYMENT_REVERSALS[kind];
      const slip =
        voucher === undefined ? ['', ''] : [`,凭证 ${voucher}`, ` on voucher ${voucher}`];
      return money(`${zh}(${reason})`, `${en} (${reason})`, amountFen, ...slip);
    }
    case 'ArrivalReversed':
      return reversal('冲回到账', 'Arrival taken back', event.data);
    case 'AdvanceRepaymentReversed':
      return reversal('冲回归还垫付', 'Repayment of an advance taken back', event.data);
    case 'ReleaseReversed':
      return reversal('冲回核拨', 'Release taken back', event.data);
    case 'ReturnReversed':
      return reversal('冲回缴回', 'Return taken back', event.data);
    case 'RecallReversed':
      return event.data.to === 'quota'
        ? reversal('冲回收回指标', 'Recall of quota taken back', event.data)
        : reversal('冲回收回资金', 'Recall of funds taken back', event.data);
    case 'AllocationVoided':
      return reversal('安排作废', 'Allocation voided', event.data);
    case 'AllocationReopened':
      return say(
        `撤销结项:${event.data.reason}`,
        `Closing taken back, the allocation is open again: ${event.data.reason}`,
      );
    case 'MilestoneReversed': {
      const { zh, en } = MILESTONE_NAMES[event.data.milestone];
      return say(
        `撤销${zh}:${event.data.reason}`,
        `The project's ${en} taken back: ${event.data.reason}`,
      );
    }
    case 'AssetRegistrationReversed':
      return say(
        `撤销资产登记:${event.data.reason}`,
        `Registration of an asset taken back: ${event.data.reason}`,
      );
    case 'BenefitReversed':
      return reversal('冲回收益分配', 'Benefit taken back', event.data);
    case 'DisbursementRefused':
      return money('拒绝超额支付', 'Refused to overspend', event.data.amountFen);
    case 'FundsReturned':
      return money(
        `缴回(${event.data.reason})`,
        `Returned (${event.data.reason})`,
        event.data.amountFen,
        ...again(event.data),
      );
    case 'AllocationRecalled':
      return money('收回指标', 'Quota recalled', event.data.amountFen);
    case 'AdvanceRepaid':
      return money('归还垫付', 'Advance repaid', event.data.amountFen);
    case 'FundsRecalled':
      return money('收回资金', 'Funds recalled', event.data.amountFen, ...again(event.data));
    case 'ProjectStarted':
      return say('项目开工', 'Project started');
    case 'ProjectCompleted':
      return say('项目完工', 'Project completed');
    case 'ProjectAccepted':
      return say('项目验收', 'Project accepted');
    case 'AssetRegistered':
      return money(
        `登记资产 ${event.data.name},原值`,
        `Asset ${event.data.name} registered at`,
        event.data.originalValueFen,
      );
    case 'BenefitDistributed':
      return money(
        `向 ${event.data.households} 户分配收益`,
        `Benefit for ${event.data.households} households`,
        event.data.amountFen,
      );
    case 'AllocationClosed':
      return say('结项', 'Allocation closed');
    case 'AnnouncementPosted':
      return say(
        `张贴${event.data.stage === 'plan' ? '安排' : '结果'}公示,${event.data.from} 至 ${event.data.plannedUntil}`,
        `Announcement of the ${event.data.stage} posted, ${event.data.from} to ${event.data.plannedUntil}`,
      );
    case 'AnnouncementEnded':
      return say('公示期满', 'Announcement ended');
    case 'AnnouncementEndRevoked':
      return say(
        `撤销期满,公示继续:${event.data.reason}`,
        `End taken back, the announcement is running still: ${event.data.reason}`,
      );
    case 'AnnouncementWithdrawn':
      return say(`撤回公示:${event.data.reason}`, `Announcement withdrawn: ${event.data.reason}`);
    case 'ObjectionRaised':
      return say(`提出异议:${event.data.matter}`, `Objection raised: ${event.data.matter}`);
    case 'ObjectionAnswered':
      return say(`答复异议:${event.data.answer}`, `Objection answered: ${event.data.answer}`);
    case 'ObjectionAnswerRevoked':
      return say(
        `撤销答复,异议待答复:${event.data.reason}`,
        `Answer taken back, the objection is open again: ${event.data.reason}`,
      );
    case 'ObjectionWithdrawn':
      return say(`撤回异议:${event.data.reason}`, `Objection withdrawn: ${event.data.reason}`);
    case 'ParameterSet':
      return say(`设定参数 ${event.data.parameterId}`, `Parameter ${event.data.parameterId} set`);
    case 'VoucherClaimed':
      return say(
        `凭证 ${event.data.voucher} 为一笔支付占用${event.data.reason === undefined ? '' : `(再次付款:${event.data.reason})`}`,
        `Voucher ${event.data.voucher} claimed for a payment${event.data.reason === undefined ? '' : ` (paid once more: ${event.data.reason})`}`,
      );
    case 'VoucherFreed':
      return say(
        `凭证的占用释放,支付未办成(${event.data.why})`,
        `Claim on the voucher freed; the payment was not made (${event.data.why})`,
      );
    case 'AdjustmentReserved':
    case 'AdjustmentReservationReleased':
    case 'AdjustmentApproved':
    case 'AdjustmentResolved':
    case 'AdjustmentCompleted':
    case 'AdjustmentAbandoned':
      return adjustmentSentence(event);
    default:
      return event satisfies never;
  }
};

/** Why a voucher was recorded once more; nothing where it was not. */
const again = ({ voucherReason }: OnVoucher): readonly [zh: string, en: string] =>
  voucherReason === undefined
    ? ['', '']
    : [`(凭证再次记账:${voucherReason})`, ` (voucher recorded again: ${voucherReason})`];
const PAYMENT_REVERSALS = {
  error: { zh: '冲销', en: 'Reversed' },
  bankReturn: { zh: '银行退票冲销', en: 'Reversed, returned by the bank' },
  refund: { zh: '收款人退款冲销', en: 'Reversed, refunded by the payee' },
  recovery: { zh: '追缴冲销', en: 'Reversed, recovered from the payee' },
  unstated: { zh: '冲销', en: 'Reversed' },
} as const;

const MILESTONE_NAMES = {
  started: { zh: '开工', en: 'start' },
  completed: { zh: '完工', en: 'completion' },
  accepted: { zh: '验收', en: 'acceptance' },
} as const;

const reversal = (
  zh: string,
  en: string,
  { amountFen, reason }: { readonly amountFen: bigint; readonly reason: string },
): Sentence => money(`${zh}(${reason})`, `${en} (${reason})`, amountFen);

const money = (zh: string, en: string, amountFen: bigint, zhEnd = '', enEnd = ''): Sentence => {
  const yuan = formatYuan(amountFen);
  return say(`${zh} ${yuan} 元${zhEnd}`, `${en} ${yuan} yuan${enEnd}`);
};
