import { clockTimeOf } from '#ledger/calendar';
import { formatYuan } from '#ledger/money';
import type { PaymentStage } from '#ledger/fund/fund-events';
import type { Chain, Hop, HopEnd, HopKind } from '#history/trace/chain';
import { printable } from '../printable.ts';

/** 资金链条 on one page: the row of the document, each hop with event, date and actor, and where all of it is. */
export const chainText = (chain: Chain): string =>
  [...headLines(chain), ...hopLines(chain), '', flowLine(chain)].map(printable).join('\n');

export const chainsText = (chains: readonly Chain[]): string => chains.map(chainText).join('\n\n');

const headLines = (chain: Chain): readonly string[] => {
  const { documentNumber, title, issuer, issuedOn, basis, annex, row, statedText } = chain;
  const { place, projectName, projectType, implementer, allocationId } = chain;
  const facts: readonly (readonly [string, string | null])[] = [
    ['文件', `${documentNumber}《${title}》`],
    ['印发', `${issuer} ${issuedOn}`],
    ['依据', basis === '' ? null : basis],
    ['位置', `附件${annex} 第${row}行${statedText === null ? '' : `,载明 ${statedText}`}`],
    ['地点', place.join('/')],
    ['项目', projectName],
    ['类型', projectType ?? '未分类'],
    ['实施', implementer],
    ['编号', allocationId],
  ];
  return [
    '资金链条',
    ...facts.flatMap(([name, text]) => (text === null ? [] : [`  ${name}  ${text}`])),
    '',
  ];
};

const hopLines = ({ hops, more }: Chain): readonly string[] => [
  ...hops.flatMap((hop) => {
    const { event, from, to, amountFen } = hop;
    const sum = amountFen === undefined ? '' : ` ${yuan(amountFen)} 元`;
    return [
      `  ${event.occurredOn}  ${KINDS[hop.kind]}  ${endText(from)} → ${endText(to)}${sum}`,
      `      ${detailsOf(hop).join(';')}`,
    ];
  }),
  ...(more > 0 ? [`  还有 ${more} 步没有列出`] : []),
];

const detailsOf = ({
  event,
  voucher,
  stage,
  remark,
  ofPayment,
  lots,
  attachments,
  ...hop
}: Hop) => [
  ...(voucher === undefined ? [] : [`凭证 ${voucher}`]),
  ...(stage === undefined ? [] : [STAGES[stage]]),
  ...(remark === undefined ? [] : [remark]),
  ...(ofPayment === undefined ? [] : [`冲销支付 ${ofPayment.slice(0, 8)}`]),
  ...(lots ?? []).map(
    ({ arrivalPosition, fen }) => `用到账 #${arrivalPosition} 的 ${yuan(fen)} 元`,
  ),
  ...(attachments ?? []).map(({ name, sha256 }) => `附件 ${name}(${sha256.slice(0, 8)})`),
  ...(ofPayment === undefined ? (hop.corrects ?? []) : []).map(
    ({ eventId = '' }) => `冲销 ${eventId.slice(0, 8)}`,
  ),
  ...(hop.correctedBy ?? []).map(({ eventId = '' }) => `已由 ${eventId.slice(0, 8)} 冲销`),
  `事件 #${event.position} ${event.id.slice(0, 8)}`,
  `经手 ${event.actor.id}(${event.actor.role})`,
  `记账 ${clockTimeOf(event.recordedAt)}`,
];

const KINDS = {
  allocated: '下达',
  adjusted: '调整',
  arrived: '到账',
  released: '核拨',
  paid: '支付',
  repaid: '归还',
  reversed: '冲销',
  returned: '缴回',
  recalled: '收回',
  milestone: '进度',
  asset: '资产',
  benefit: '收益',
} as const satisfies Record<HopKind, string>;

/** Where a hop begins or ends, by the name people know it by. */
const endText = (end: HopEnd): string => {
  switch (end.kind) {
    case 'unit':
      return 'name' in end ? end.name : ENDS.unit;
    case 'payee':
      return end.name ?? `个人 ${end.payeeId.slice(0, 8)}`;
    case 'allocation':
      return end.allocationId === undefined
        ? '对方(文件未写明)'
        : `资金 ${end.allocationId.slice(0, 8)}`;
    case 'adjustment':
      return `调整文件 ${end.adjustmentId.slice(0, 8)}`;
    case 'asset':
      return 'name' in end ? `资产 ${end.name}(${end.keeper})` : ENDS.asset;
    case 'households':
      return 'count' in end ? `${end.count} 户` : ENDS.households;
    default:
      return ENDS[end.kind];
  }
};

const ENDS = {
  notice: '资金文件',
  quota: '指标',
  treasury: '国库',
  unit: '单位账户',
  returned: '缴回',
  recalled: '收回',
  advance: '垫付',
  project: '项目',
  started: '开工',
  completed: '完工',
  accepted: '验收',
  asset: '资产',
  households: '农户',
} as const;

const STAGES = {
  advance: '预付款',
  progress: '进度款',
  final: '结算款',
  retention: '质保金',
} as const satisfies Record<PaymentStage, string>;

/** 下达 = 未到账 + 国库 + 单位账户 + 支付 + 缴回, as the accounts stand. */
const flowLine = ({ flow }: Chain): string =>
  `  去向  下达 ${yuan(flow.allocated)} = 未到账 ${yuan(flow.quota)} + 国库 ${yuan(flow.treasury)}` +
  ` + 单位账户 ${yuan(flow.unit)} + 支付 ${yuan(flow.paid)} + 缴回 ${yuan(flow.returned)}` +
  `${flow.advance === 0 ? '' : ` − 垫付 ${yuan(-flow.advance)}`} 元`;

const yuan = (fen: number): string => formatYuan(BigInt(fen));
