import type { NoticeLine } from '#ledger/adjustment/adjustment-events';
import { anyAllocationIdOf } from '#projections/allocation-register/allocation-ids';
import { noticeNumbered } from '#projections/allocation-register/find';
import { allocation } from '#projections/allocation-register/query';
import type { ReadDatabase } from '#projections/engine/read-database';
import type { AdjustmentRow } from '#projections/adjustments/view';
import type { Sentence } from './sentence.ts';

/** What the names in an adjustment document mean: an id, or `<文号>/<附件>/<行>`. */
export const namesIn = (db: ReadDatabase) => ({
  find: (name: string): { readonly allocationId: string } | Sentence => {
    const id = allocation(db, name)?.allocationId ?? ofRow(db, name);
    return id === undefined ? nothing(name) : { allocationId: id };
  },
  allocationOfLine: ({ noticeId, annex, row }: NoticeLine): string | undefined =>
    anyAllocationIdOf(db, noticeId, annex, row),
});

const ofRow = (db: ReadDatabase, name: string): string | undefined => {
  const [, documentNumber = '', annex = '', row] = /^(.+)\/([^/]+)\/(\d{1,9})$/.exec(name) ?? [];
  const notice = noticeNumbered(db, documentNumber);
  return notice === undefined || row === undefined
    ? undefined
    : anyAllocationIdOf(db, notice.noticeId, annex, Number(row));
};

const nothing = (name: string): Sentence => ({
  zh: `没有资金安排“${name}”`,
  en: `There is no allocation “${name}”`,
});

export const ADJUSTMENT_STATUS_NAMES = {
  waiting: { zh: '资金暂不调整', en: 'its money waits' },
  reserving: { zh: '正在预留', en: 'being reserved' },
  applying: { zh: '正在调整', en: 'being applied' },
  releasing: { zh: '正在解除预留', en: 'being released' },
  completed: { zh: '已完成', en: 'completed' },
  abandoned: { zh: '已作废', en: 'abandoned' },
} as const satisfies Record<AdjustmentRow['status'], Sentence>;
