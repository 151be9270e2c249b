import { lastDayOf } from '#history/as-of/as-of-request';
import { notices as noticesIn, type NoticeEntry } from '#projections/allocation-register/query';
import { allocationRegisterView } from '#projections/allocation-register/view';
import { alike } from './query.ts';

export interface NoticeList {
  readonly notices: readonly NoticeEntry[];
}

/** Every document that issued money: 资金文件. */
export const notices = alike(
  [allocationRegisterView],
  ({ db, asOf }, _none: object): NoticeList => ({
    notices: noticesIn(db, lastDayOf(asOf)),
  }),
);
