import { say, type Sentence } from './sentence.ts';

/** What is wrong with an adjustment document, by what the log says of it. */
export interface AdjustmentFault {
  readonly adjustmentId: string;
  readonly why:
    | 'leg-of-no-document' // a leg that stands in no open document in this way, or came before
    | 'sum-not-zero' // completed, and increases and decreases differ
    | 'legs-missing' // completed before every leg was applied
    | 'legs-applied'; // abandoned after a leg was applied
}

export const adjustmentFaultSentence = ({ adjustmentId, why }: AdjustmentFault): Sentence => {
  const { zh, en } = WHY[why];
  return say(`调整文件 ${adjustmentId}:${zh}`, `Adjustment ${adjustmentId}: ${en}`);
};

const WHY: Readonly<Record<AdjustmentFault['why'], Sentence>> = {
  'leg-of-no-document': {
    zh: '有一笔调整不在未办结的文件里,或已经调整过。',
    en: 'a leg stands in no open document, or was applied before.',
  },
  'sum-not-zero': {
    zh: '已办结,而调增与调减不等。',
    en: 'it is completed, and increases and decreases differ.',
  },
  'legs-missing': {
    zh: '已办结,而有的笔没有调整。',
    en: 'it is completed, and legs are not applied.',
  },
  'legs-applied': {
    zh: '已作废,而有的笔已经调整。',
    en: 'it is abandoned, and legs were applied.',
  },
};

/** Documents that have not ended: no fault, and worth a look. */
export const stillOpenSentence = (adjustmentIds: readonly string[]): Sentence => {
  const which = adjustmentIds.slice(0, 20).join('、');
  return say(
    `有 ${adjustmentIds.length} 份调整文件没有办结:${which}`,
    `${adjustmentIds.length} adjustments are open: ${which}`,
  );
};
