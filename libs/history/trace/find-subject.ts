import { parseDocumentNumber } from '#ledger/document-number';
import type { ReadDatabase } from '#projections/engine/read-database';
import { findPlace } from '#projections/place-directory/query';
import { search, type Hit, type Searched } from '../questions/search.ts';
import type { Subject } from './trace-subjects.ts';

export type FoundSubject =
  | { readonly kind: 'found'; readonly subject: Subject }
  | { readonly kind: 'ambiguous'; readonly hits: readonly Hit[] }
  | { readonly kind: 'unknown' };

/**
 * What a text means as the beginning of a trace: a clue that a search gave, `<文号>/<附件>` or
 * `<文号>/<附件>/<行>`, a place's full name, or any text that leads to one thing only.
 */
export const findSubject = async (searched: Searched, text: string): Promise<FoundSubject> => {
  const wanted = text.trim();
  const named = referenceNames(searched.db, wanted) ?? partOfNotice(searched.db, wanted);
  if (named !== undefined) return { kind: 'found', subject: named };
  const place = findPlace(searched.db, wanted);
  if (place.kind === 'found') {
    return { kind: 'found', subject: { kind: 'place', placeId: place.place.placeId } };
  }
  const { hits } = await search(searched, wanted);
  const references = new Map(
    hits.flatMap((hit) => (hit.clue === undefined ? [] : [[hit.clue, hit]])),
  );
  const [clue, ...others] = references.keys();
  if (clue === undefined) return { kind: 'unknown' };
  if (others.length > 0) return { kind: 'ambiguous', hits: [...references.values()] };
  const subject = referenceNames(searched.db, clue);
  return subject === undefined ? { kind: 'unknown' } : { kind: 'found', subject };
};

const referenceNames = (db: ReadDatabase, text: string): Subject | undefined => {
  const [, kind, name = ''] = /^([a-z]+):(.+)$/.exec(text) ?? [];
  switch (kind) {
    case 'notice': {
      const [noticeId = '', annex] = name.split('/');
      if (!exists(db, 'notice', 'noticeId', noticeId)) return undefined;
      return { kind, noticeId, ...(annex === undefined ? {} : { annex }) };
    }
    case 'allocation':
      return exists(db, 'allocation', 'allocationId', name)
        ? { kind, allocationId: name }
        : undefined;
    case 'payment':
      return exists(db, 'payment', 'paymentId', name) ? { kind, paymentId: name } : undefined;
    case 'payee':
      return exists(db, 'payee', 'payeeId', name) ? { kind, payeeId: name } : undefined;
    case 'place':
      return exists(db, 'place', 'placeId', name) ? { kind, placeId: name } : undefined;
    case 'voucher':
      return exists(db, 'voucher', 'voucher', name) ? { kind, voucher: name } : undefined;
    default:
      return undefined;
  }
};

const exists = (db: ReadDatabase, table: string, column: string, value: string): boolean =>
  db.get(`SELECT 1 FROM ${table} WHERE ${column} = ? LIMIT 1`, value) !== undefined;

/** `朔区脱贫巩固组〔2024〕2号/3` is an annex; `…/3/1` is its first row. */
const partOfNotice = (db: ReadDatabase, text: string): Subject | undefined => {
  const [, raw = '', annex, row] = /^(.+?号)(?:\/([^/]+))?(?:\/(\d+))?$/.exec(text) ?? [];
  const number = parseDocumentNumber(raw).normalised ?? raw;
  const notice = db.get<{ noticeId: string }>(
    'SELECT noticeId FROM notice WHERE documentNumber = ?',
    number,
  );
  if (notice === undefined) return undefined;
  const { noticeId } = notice;
  if (annex === undefined) return { kind: 'notice', noticeId };
  const found = db.all<{ allocationId: string }>(
    `SELECT allocationId FROM allocation
     WHERE noticeId = ?1 AND annex = ?2 AND (?3 IS NULL OR line = ?3) LIMIT 2`,
    noticeId,
    annex,
    row === undefined ? null : Number(row),
  );
  const [only] = found;
  if (only === undefined) return undefined;
  return row === undefined
    ? { kind: 'notice', noticeId, annex }
    : { kind: 'allocation', allocationId: only.allocationId };
};
