import type { Role } from '#ledger/context';
import type { EventType } from '#ledger/event-types';
import type { Sentence } from '#presentation/event-sentence';

/** An entry that is made wrongly and taken back, by `mz` and over HTTP. */
export interface Entry {
  readonly type: EventType;
  readonly mz: readonly string[];
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly role: Role;
  readonly takenBackAs: EventType;
}

const amount = { amount: '100', unit: '元' };
const entry = (
  type: EventType,
  mz: readonly string[],
  path: string,
  body: Entry['body'],
  takenBackAs: EventType,
  role: Role = 'finance',
): Entry => ({ type, mz, path, body, takenBackAs, role });

const APPROVAL = '朔区脱贫巩固组〔2024〕12号';
export const PAYEE = '薛家店村股份经济合作社';

/** In this order on one allocation that has 5,000 元 in its treasury and 2,000 with its unit. */
export const ENTRIES: readonly Entry[] = [
  entry('FundsArrived', ['arrive', 'LINE', '100元'], 'arrivals', amount, 'ArrivalReversed'),
  entry(
    'FundsReleased',
    ['release', 'LINE', '100元', '--unit', '神头镇'],
    'releases',
    { ...amount, unitName: '神头镇' },
    'ReleaseReversed',
  ),
  entry(
    'FundsReturned',
    ['return', 'LINE', '100元', '--from', 'unit', '--reason', '结余'],
    'returns',
    { ...amount, from: 'unit', reason: '结余' },
    'ReturnReversed',
  ),
  entry(
    'AllocationRecalled',
    ['recall', 'LINE', '100元', '--approval', APPROVAL],
    'recalls',
    { ...amount, approval: APPROVAL },
    'RecallReversed',
  ),
  entry(
    'FundsRecalled',
    ['recall-funds', 'LINE', '100元', '--from', 'unit', '--approval', APPROVAL],
    'recalled-funds',
    { ...amount, from: 'unit', approval: APPROVAL },
    'RecallReversed',
  ),
  entry(
    'FundsDisbursed',
    ['pay-statement', 'LINE', '100元', '--payee', PAYEE, '--voucher', '误-1'],
    'payments',
    { ...amount, payeeId: 'PAYEE', from: 'treasury', stage: 'progress', voucher: '误-1' },
    'DisbursementReversed',
  ),
  entry(
    'DisbursementRequested',
    ['request', 'LINE', '100元', '--payee', PAYEE, '--purpose', '进度款'],
    'requests',
    { ...amount, payeeId: 'PAYEE', from: 'treasury', stage: 'progress', purpose: '进度款' },
    'DisbursementRejected',
    'clerk',
  ),
  entry(
    'ProjectStarted',
    ['project', 'start', 'LINE'],
    'project/start',
    {},
    'MilestoneReversed',
    'clerk',
  ),
  entry(
    'AssetRegistered',
    ['asset', 'LINE', '100元', '--name', '水泵', '--class', 'public', '--keeper', '某村'],
    'assets',
    { ...amount, name: '水泵', assetClass: 'public', keeper: '某村' },
    'AssetRegistrationReversed',
    'clerk',
  ),
  entry(
    'BenefitDistributed',
    ['benefit', 'LINE', '100元', '--households', '3'],
    'benefits',
    { ...amount, households: 3 },
    'BenefitReversed',
    'clerk',
  ),
  entry(
    'AllocationClosed',
    ['project', 'close', 'LINE'],
    'closing',
    {},
    'AllocationReopened',
    'clerk',
  ),
];

const REASON = '录入有误';
const sum = (zh: string, en: string) => ({ zh: `${zh} 100.00 元`, en: `${en} 100.00 yuan` });
const back = (zh: string, en: string) => sum(`${zh}(${REASON})`, `${en} (${REASON})`);
const whole = (zh: string, en: string) => ({ zh: `${zh}:${REASON}`, en: `${en}: ${REASON}` });

/** What the journal reads of each entry, and of what takes it back. */
export const READ: Readonly<Partial<Record<EventType, readonly [Sentence, Sentence]>>> = {
  FundsArrived: [sum('到账', 'Arrived'), back('冲回到账', 'Arrival taken back')],
  FundsReleased: [
    sum('核拨到 神头镇', 'Released to 神头镇'),
    back('冲回核拨', 'Release taken back'),
  ],
  FundsReturned: [sum('缴回(结余)', 'Returned (结余)'), back('冲回缴回', 'Return taken back')],
  AllocationRecalled: [
    sum('收回指标', 'Quota recalled'),
    back('冲回收回指标', 'Recall of quota taken back'),
  ],
  FundsRecalled: [
    sum('收回资金', 'Funds recalled'),
    back('冲回收回资金', 'Recall of funds taken back'),
  ],
  FundsDisbursed: [
    { zh: '支付 100.00 元,凭证 误-1', en: 'Paid 100.00 yuan on voucher 误-1' },
    back('冲销', 'Reversed'),
  ],
  DisbursementRequested: [
    sum('申请支付', 'Payment requested'),
    whole('复核退回', 'Request rejected'),
  ],
  ProjectStarted: [
    { zh: '项目开工', en: 'Project started' },
    whole('撤销开工', "The project's start taken back"),
  ],
  AssetRegistered: [
    sum('登记资产 水泵,原值', 'Asset 水泵 registered at'),
    whole('撤销资产登记', 'Registration of an asset taken back'),
  ],
  BenefitDistributed: [
    sum('向 3 户分配收益', 'Benefit for 3 households'),
    back('冲回收益分配', 'Benefit taken back'),
  ],
  AllocationClosed: [
    { zh: '结项', en: 'Allocation closed' },
    whole('撤销结项', 'Closing taken back, the allocation is open again'),
  ],
};
