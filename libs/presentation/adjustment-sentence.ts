import type {
  AdjustmentAbandonment,
  AdjustmentDoubt,
  AdjustmentEvent,
} from '#ledger/adjustment/adjustment-events';
import type { FundEvent } from '#ledger/fund/fund-events';
import type { FundingAccount } from '#ledger/fund/transfer';
import { formatYuan } from '#ledger/money';
import { say, type Sentence } from './sentence.ts';

export const ADJUSTED_ACCOUNT_NAMES = {
  quota: { zh: '指标', en: 'quota' },
  treasury: { zh: '国库', en: 'treasury' },
  unit: { zh: '单位账户', en: 'unit account' },
} as const satisfies Record<FundingAccount, Sentence>;

type Reserving = Extract<
  FundEvent,
  { readonly type: 'AdjustmentReserved' | 'AdjustmentReservationReleased' }
>;

/** What happened to an adjustment document, in one line for the journal. */
export const adjustmentSentence = (event: AdjustmentEvent | Reserving): Sentence => {
  switch (event.type) {
    case 'AdjustmentApproved': {
      const { approval, legs, doubt } = event.data;
      const { zh, en } = doubt === undefined ? NOTHING : doubtSentence(doubt);
      return say(
        `调整文件 ${approval},共 ${legs.length} 笔${zh === '' ? '' : `;${zh}`}`,
        `Adjustment ${approval} of ${legs.length} legs${en === '' ? '' : `; ${en}`}`,
      );
    }
    case 'AdjustmentReserved': {
      const { ordinal, direction, account, amountFen } = event.data;
      const { zh, en } = ADJUSTED_ACCOUNT_NAMES[account];
      const yuan = formatYuan(amountFen);
      return direction === 'decrease'
        ? say(
            `调整第 ${ordinal} 笔:预留${zh} ${yuan} 元待调减`,
            `Leg ${ordinal} of an adjustment: ${yuan} yuan of ${en} set aside to be taken`,
          )
        : say(
            `调整第 ${ordinal} 笔:待调增${zh} ${yuan} 元`,
            `Leg ${ordinal} of an adjustment: ${yuan} yuan of ${en} to be given`,
          );
    }
    case 'AdjustmentReservationReleased':
      return say(
        `调整第 ${event.data.ordinal} 笔:解除预留`,
        `Leg ${event.data.ordinal} of an adjustment: reservation released`,
      );
    case 'AdjustmentResolved':
      return event.data.refused === undefined
        ? say(
            '调整各笔均已预留,开始调整',
            'All legs of the adjustment are reserved; they are applied',
          )
        : say(
            `调整第 ${event.data.refused.ordinal} 笔不能调整,解除各笔预留`,
            `Leg ${event.data.refused.ordinal} of the adjustment was refused; reservations are released`,
          );
    case 'AdjustmentCompleted':
      return say('调整完成', 'Adjustment completed');
    case 'AdjustmentAbandoned':
      return abandonedSentence(event.data);
    default:
      return event satisfies never;
  }
};

const NOTHING: Sentence = { zh: '', en: '' };

const abandonedSentence = ({ ground }: AdjustmentAbandonment): Sentence =>
  ground.kind === 'withdrawn'
    ? say(`撤回调整文件:${ground.reason}`, `Adjustment withdrawn: ${ground.reason}`)
    : say(
        `调整作废,未动资金:第 ${ground.ordinal} 笔不能调整`,
        `Adjustment abandoned, no money moved: leg ${ground.ordinal} was refused`,
      );

/** Why the money of a document waits. */
export const doubtSentence = ({ kind, differences }: AdjustmentDoubt): Sentence => {
  const yuan = differences.map(({ fundingSource, differenceFen }) => {
    const sum = formatYuan(differenceFen);
    return fundingSource === undefined ? sum : `${fundingSource} ${sum}`;
  });
  const zh = yuan.join('、');
  const en = yuan.join(', ');
  switch (kind) {
    case 'total':
      return say(
        `调增合计与调减合计相差 ${zh} 元,资金暂不调整`,
        `increases and decreases differ by ${en} yuan, so its money waits`,
      );
    case 'source':
      return say(
        `各资金来源的调增与调减不等(${zh} 元),资金暂不调整`,
        `by source, increases and decreases differ (${en} yuan), so its money waits`,
      );
    case 'on-hand':
      return say(
        `国库和单位账户调增多于调减 ${zh} 元,这些钱尚未到账,资金暂不调整`,
        `treasury and unit accounts gain ${en} yuan more than they lose, which has not arrived, so its money waits`,
      );
  }
};

/** What is said beside figures while adjustments of their money are open. */
export const openAdjustmentsSentence = (
  open: readonly { readonly approval: string }[],
): Sentence => {
  const approvals = open.map(({ approval }) => approval).join('、');
  return say(
    `有资金调整没有办结(${approvals}),有关数字可能还要变动。`,
    `Adjustments are open (${approvals}); figures concerned may still change.`,
  );
};

/** Why no poster is drafted of money that an open adjustment is about to change. */
export const posterRefusedSentence = (open: readonly { readonly approval: string }[]): Sentence => {
  const approvals = open.map(({ approval }) => approval).join('、');
  return say(
    `所公示的资金有调整没有办结(${approvals}),办结后再起草公示。`,
    `Adjustments of this money are open (${approvals}); draft the announcement once they have ended.`,
  );
};
