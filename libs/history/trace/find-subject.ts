import type { ReadDatabase } from '#projections/engine/read-database';
import { anyAllocationIdOf } from '#projections/allocation-register/allocation-ids';
import { noticeNumbered } from '#projections/allocation-register/find';
import { findPlace } from '#projections/place-directory/query';
import { search, type Hit, type Searched } from './search.ts';
import { referenceOf, subjectOfHit, subjectOfReference, type Subject } from './subject.ts';

export type FoundSubject =
  | { readonly kind: 'found'; readonly subject: Subject }
  | { readonly kind: 'ambiguous'; readonly hits: readonly Hit[] }
  | { readonly kind: 'unknown' };

/**
 * What a text means as the beginning of a trace: a reference that a search gave, `<文号>/<附件>` or
 * `<文号>/<附件>/<行>`, a place's full name, or any text that leads to one thing only.
 */
export const findSubject = async (searched: Searched, text: string): Promise<FoundSubject> => {
  const wanted = text.trim();
  const named = subjectOfReference(searched.db, wanted) ?? partOfNotice(searched.db, wanted);
  if (named !== undefined) return { kind: 'found', subject: named };
  const place = findPlace(searched.db, wanted);
  if (place.kind === 'found') {
    return { kind: 'found', subject: { kind: 'place', placeId: place.place.placeId } };
  }
  const { hits } = await search(searched, wanted);
  const meant = new Map<string, { readonly subject: Subject; readonly hit: Hit }>();
  for (const hit of hits) {
    const subject = subjectOfHit(hit);
    if (subject !== undefined) meant.set(referenceOf(subject), { subject, hit });
  }
  const [only, ...others] = meant.values();
  if (only === undefined) return { kind: 'unknown' };
  if (others.length === 0) return { kind: 'found', subject: only.subject };
  return { kind: 'ambiguous', hits: [...meant.values()].map(({ hit }) => hit) };
};

/** `朔区脱贫巩固组〔2024〕2号/3` is an annex; `…/3/1` is its first row. */
const partOfNotice = (db: ReadDatabase, text: string): Subject | undefined => {
  const [, raw = '', annex, row] = /^(.+?[号號])(?:\/([^/]+))?(?:\/(\d+))?$/.exec(text) ?? [];
  const notice = noticeNumbered(db, raw);
  if (notice === undefined) return undefined;
  const { noticeId } = notice;
  if (annex === undefined) return { kind: 'notice', noticeId };
  const rowNumber = row === undefined ? undefined : Number(row);
  const allocationId = anyAllocationIdOf(db, noticeId, annex, rowNumber);
  if (allocationId === undefined) return undefined;
  return row === undefined
    ? { kind: 'notice', noticeId, annex }
    : { kind: 'allocation', allocationId };
};
