import type { EventStore, RecordedEvent } from '#event-store/port';
import { documentNumberKey } from '#ledger/document-number';
import { parseAmount } from '#ledger/money';
import type { ReadDatabase } from '#projections/engine/read-database';
import {
  linesOfAmount,
  linesOfProject,
  linesWithIdFrom,
  noticesWith,
  paymentsOfAmount,
  paymentsWithIdFrom,
} from '#projections/allocation-register/find';
import type { RegisterLine } from '#projections/allocation-register/query';
import { takenBackOf } from '#projections/corrections/query';
import type { NoticeRow, PaymentRow } from '#projections/allocation-register/tables';
import { namedPlaces, place, type NamedPlace } from '#projections/place-directory/query';
import {
  payee,
  payeeNow,
  payeesMergedInto,
  payeesWith,
  type DirectoryPayee,
} from '#projections/place-directory/payees';
import { vouchersFrom, vouchersWithEventFrom } from '#projections/vouchers/query';
import type { VoucherRow } from '#projections/vouchers/view';
import { initialsOf } from './initials.ts';

/** Something that a text was found in. */
export type Hit =
  /** `basis`: the documents it rests on, where the text was found among them. */
  | { readonly kind: 'notice'; readonly notice: NoticeRow; readonly basis?: string }
  | { readonly kind: 'place'; readonly place: NamedPlace }
  | { readonly kind: 'project' | 'allocation'; readonly line: RegisterLine; readonly place: string }
  /** The payee that a merged one continues as, with those merged into it. */
  | {
      readonly kind: 'payee';
      readonly payee: DirectoryPayee;
      readonly merged: readonly DirectoryPayee[];
    }
  /** `payee` is null for a person, whose name is not in the ledger. */
  | { readonly kind: 'payment'; readonly payment: PaymentRow; readonly payee: string | null }
  /** `reversedFen`: what of the entry on this voucher was taken back. */
  | { readonly kind: 'voucher'; readonly voucher: VoucherRow; readonly reversedFen: number }
  | { readonly kind: 'event'; readonly event: RecordedEvent };

export type HitKind = Hit['kind'];

export interface SearchResult {
  readonly hits: readonly Hit[];
  /** Kinds of which there were more than the limit. */
  readonly more: readonly HitKind[];
}

/** What is searched: the tables of register, directory and vouchers, and the log for an event's id. */
export interface Searched {
  readonly db: ReadDatabase;
  readonly store: EventStore;
}

/**
 * Finds a text among document numbers (a notice also by those it rests on), places (by name, former
 * name, code, or the initials of their pinyin),
 * projects, payees, amounts (`160万`, `1600000`), vouchers and ids.
 */
export const search = async (
  { db, store }: Searched,
  text: string,
  limitAKind = 10,
): Promise<SearchResult> => {
  const wanted = text.normalize('NFC').trim();
  if (wanted === '') return { hits: [], more: [] };
  const found = [
    notices(db, wanted),
    await places(db, wanted),
    lines(db, 'project', linesOfProject(db, wanted, MOST)),
    payeesNow(db, payeesWith(db, wanted, MOST)),
    ...amounts(db, wanted),
    vouchers(db, vouchersFrom(db, wanted, MOST)),
    ...byId(db, wanted),
  ];
  if (found.every((hits) => hits.length === 0)) found.push(await events(store, wanted));
  return {
    hits: found.flatMap((hits) => hits.slice(0, limitAKind)),
    more: found.filter((hits) => hits.length > limitAKind).flatMap(([hit]) => hit?.kind ?? []),
  };
};

/** Rows of one kind that are read at most, however many are asked for. */
const MOST = 200;

const notices = (db: ReadDatabase, wanted: string): readonly Hit[] => {
  const normalised = documentNumberKey(wanted);
  return noticesWith(db, wanted, normalised, MOST).map((notice) => {
    const { basis } = notice;
    const isBasis = [wanted, normalised].some((text) => text !== '' && basis.includes(text));
    return { kind: 'notice', notice, ...(isBasis ? { basis } : {}) };
  });
};

const places = async (db: ReadDatabase, wanted: string): Promise<readonly Hit[]> => {
  const initials = /^[a-z]{2,}$/i.test(wanted) ? await initialsOf() : undefined;
  const letters = wanted.toLowerCase();
  return namedPlaces(db)
    .filter(
      ({ name, formerNames, parent, divisionCode }) =>
        [name, ...formerNames].some((one) => `${parent ?? ''}${one}`.includes(wanted)) ||
        divisionCode === wanted ||
        initials?.(name).startsWith(letters) === true,
    )
    .sort((left, right) => closeness(right, wanted) - closeness(left, wanted))
    .map((found) => ({ kind: 'place', place: found }));
};

/** The very name first, then names that begin so. */
const closeness = ({ name }: NamedPlace, wanted: string): number =>
  name === wanted ? 2 : name.startsWith(wanted) ? 1 : 0;

/** Each payee once, as it is now: what is found of a merged payee leads to the one that has its payments. */
const payeesNow = (db: ReadDatabase, found: readonly DirectoryPayee[]): readonly Hit[] => {
  const now = new Map(found.map((row) => [row.mergedInto ?? row.payeeId, row]));
  return [...now].map(([payeeId, row]) => ({
    kind: 'payee',
    payee: payeeNow(db, payeeId) ?? row,
    merged: payeesMergedInto(db, payeeId),
  }));
};

const lines = (
  db: ReadDatabase,
  kind: 'project' | 'allocation',
  found: readonly RegisterLine[],
): readonly Hit[] =>
  found.map((line) => ({ kind, line, place: place(db, line.placeId)?.name ?? '' }));

const payments = (db: ReadDatabase, found: readonly PaymentRow[]): readonly Hit[] =>
  found.map((payment) => ({
    kind: 'payment',
    payment,
    payee: payee(db, payment.payeeId)?.name ?? null,
  }));

const amounts = (db: ReadDatabase, wanted: string): readonly (readonly Hit[])[] => {
  const fen = fenOf(wanted);
  if (fen === undefined) return [];
  return [
    lines(db, 'allocation', linesOfAmount(db, fen, MOST)),
    payments(db, paymentsOfAmount(db, fen, MOST)),
  ];
};

/** `160万`, `160万元`, `1,600,000元`, or digits alone, which are yuan. */
const fenOf = (wanted: string): number | undefined => {
  const [, digits, unit = '元'] = /^([\d,]+(?:\.\d+)?)\s*(万元|万|元)?$/.exec(wanted) ?? [];
  if (digits === undefined) return undefined;
  const parsed = parseAmount(digits.replaceAll(',', ''), unit.startsWith('万') ? '万元' : '元');
  return parsed.kind === 'amount' ? Number(parsed.amountFen) : undefined;
};

const vouchers = (db: ReadDatabase, found: readonly VoucherRow[]): readonly Hit[] => {
  const reversed = takenBackOf(
    db,
    found.map(({ eventId }) => eventId),
  );
  return found.map((voucher) => ({
    kind: 'voucher',
    voucher,
    reversedFen: reversed.get(voucher.eventId) ?? 0,
  }));
};

const byId = (db: ReadDatabase, wanted: string): readonly (readonly Hit[])[] => {
  if (!/^[0-9a-f-]{8,36}$/i.test(wanted)) return [];
  const from = wanted.toLowerCase();
  // The first character after every digit of an id.
  const before = `${from}g`;
  return [
    lines(db, 'allocation', linesWithIdFrom(db, from, before, MOST)),
    payments(db, paymentsWithIdFrom(db, from, before, MOST)),
    vouchers(db, vouchersWithEventFrom(db, from, before, MOST)),
  ];
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Events that move no money are in no table by their id; the log itself is read through. */
const events = async (store: EventStore, wanted: string): Promise<readonly Hit[]> => {
  if (!UUID.test(wanted)) return [];
  const id = wanted.toLowerCase();
  for await (const event of store.readAll()) {
    if (event.id === id) return [{ kind: 'event', event }];
  }
  return [];
};
