import type { BoardStatus } from '#projections/announcement-board/query';
import type { Sentence } from './event-sentence.ts';

/** What the state of an announcement is called, in the order a list of counts shows them. */
export const BOARD_STATUS_NAMES = {
  missing: { zh: '应公示未公示', en: 'Not announced' },
  overdue: { zh: '期满未结束', en: 'Past its end' },
  due: { zh: '待公示', en: 'Due' },
  running: { zh: '公示中', en: 'Running' },
  ended: { zh: '已公示', en: 'Announced' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
} as const satisfies Record<BoardStatus, Sentence>;

export const STAGE_NAMES = {
  plan: { zh: '安排', en: 'plan' },
  result: { zh: '结果', en: 'result' },
} as const satisfies Record<'plan' | 'result', Sentence>;
