import type { ReadDatabase } from '#projections/engine/read-database';
import {
  allocationIdsOfNotice,
  allocationIdsOfPayees,
  allocationIdsOfPlaces,
} from '#projections/allocation-register/allocation-ids';
import { allocation, notice, payment } from '#projections/allocation-register/query';
import { payee, payeesOneWith } from '#projections/place-directory/payees';
import { place, withMerged } from '#projections/place-directory/query';
import { allocationIdsOfVoucher } from '#projections/vouchers/query';
import type { Hit } from './search.ts';

/** What a trace begins with. */
export type Subject =
  | { readonly kind: 'notice'; readonly noticeId: string; readonly annex?: string }
  | { readonly kind: 'allocation'; readonly allocationId: string }
  | { readonly kind: 'payment'; readonly paymentId: string }
  | { readonly kind: 'payee'; readonly payeeId: string }
  | { readonly kind: 'place'; readonly placeId: string }
  | { readonly kind: 'voucher'; readonly voucher: string };

/** A subject as a text that can be typed again: `payment:<id>`, `voucher:<number>`, `notice:<id>/<annex>`. */
export const referenceOf = (subject: Subject): string => {
  switch (subject.kind) {
    case 'notice':
      return `notice:${subject.noticeId}${subject.annex === undefined ? '' : `/${subject.annex}`}`;
    case 'allocation':
      return `allocation:${subject.allocationId}`;
    case 'payment':
      return `payment:${subject.paymentId}`;
    case 'payee':
      return `payee:${subject.payeeId}`;
    case 'place':
      return `place:${subject.placeId}`;
    case 'voucher':
      return `voucher:${subject.voucher}`;
  }
};

/** The subject of a reference; undefined where the text is none, or names what the ledger does not have. */
export const subjectOfReference = (db: ReadDatabase, text: string): Subject | undefined => {
  const [, kind, name = ''] = /^([a-z]+):(.+)$/.exec(text) ?? [];
  switch (kind) {
    case 'notice': {
      const [noticeId = '', annex] = name.split('/');
      if (notice(db, noticeId) === undefined) return undefined;
      return { kind, noticeId, ...(annex === undefined ? {} : { annex }) };
    }
    case 'allocation':
      return allocation(db, name) && { kind, allocationId: name };
    case 'payment':
      return payment(db, name) && { kind, paymentId: name };
    case 'payee':
      return payee(db, name) && { kind, payeeId: name };
    case 'place':
      return place(db, name) && { kind, placeId: name };
    case 'voucher':
      return allocationIdsOfVoucher(db, name).length === 0 ? undefined : { kind, voucher: name };
    default:
      return undefined;
  }
};

/** Where a trace of what was found begins; undefined for an event that belongs to no allocation. */
export const subjectOfHit = (hit: Hit): Subject | undefined => {
  switch (hit.kind) {
    case 'notice':
      return { kind: 'notice', noticeId: hit.notice.noticeId };
    case 'place':
      return { kind: 'place', placeId: hit.place.placeId };
    case 'project':
    case 'allocation':
      return { kind: 'allocation', allocationId: hit.line.allocationId };
    case 'payee':
      return { kind: 'payee', payeeId: hit.payee.payeeId };
    case 'payment':
      return { kind: 'payment', paymentId: hit.payment.paymentId };
    case 'voucher':
      return { kind: 'voucher', voucher: hit.voucher.voucher };
    case 'event': {
      const { stream } = hit.event;
      if (!stream.startsWith(FUND)) return undefined;
      return { kind: 'allocation', allocationId: stream.slice(FUND.length) };
    }
  }
};

const FUND = 'fund-';

/** The allocations a subject is about, in the order of their documents. */
export const allocationsOf = (db: ReadDatabase, subject: Subject): readonly string[] => {
  switch (subject.kind) {
    case 'allocation':
      return allocation(db, subject.allocationId) === undefined ? [] : [subject.allocationId];
    case 'notice':
      return allocationIdsOfNotice(db, subject.noticeId, subject.annex);
    case 'payment': {
      const paid = payment(db, subject.paymentId);
      return paid === undefined ? [] : [paid.allocationId];
    }
    case 'payee':
      return allocationIdsOfPayees(db, payeesOneWith(db, subject.payeeId));
    case 'voucher':
      return allocationIdsOfVoucher(db, subject.voucher);
    case 'place':
      return allocationIdsOfPlaces(db, withMerged(db, subject.placeId));
  }
};
