import type { EventStore } from '#event-store/port';
import { parseDocumentNumber } from '#ledger/document-number';
import { formatYuan, parseAmount } from '#ledger/money';
import type { ReadDatabase } from '#projections/engine/read-database';
import { presentEvent } from '#presentation/questions/event';
import { referenceOf } from '../trace/trace-subjects.ts';

/** Something that a text was found in. */
export interface Hit {
  readonly kind: HitKind;
  readonly id: string;
  readonly label: string;
  /** What else tells it apart from others of its name. */
  readonly detail: string;
  /** Where a trace of it begins, as a text that `findSubject` reads; absent where nothing leads on. */
  readonly clue?: string;
}

export type HitKind =
  'notice' | 'place' | 'project' | 'payee' | 'allocation' | 'payment' | 'voucher' | 'event';

export interface SearchResult {
  readonly hits: readonly Hit[];
  /** Kinds of which there were more than fitted. */
  readonly more: readonly HitKind[];
}

/** What is searched: the tables of register, directory and vouchers, and the log for an event's id. */
export interface Searched {
  readonly db: ReadDatabase;
  readonly store: EventStore;
}

/**
 * Finds a text among document numbers, places (by name, code, or the initials of their pinyin),
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
    projects(db, wanted),
    payees(db, wanted),
    ...amounts(db, wanted),
    vouchers(db, wanted),
    ...byId(db, wanted),
  ];
  if (found.every((hits) => hits.length === 0)) found.push(await events(store, wanted));
  return {
    hits: found.flatMap((hits) => hits.slice(0, limitAKind)),
    more: found.filter((hits) => hits.length > limitAKind).flatMap(([hit]) => hit?.kind ?? []),
  };
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Events that move no money stand in no table by their id; the log itself is gone through. */
const events = async (store: EventStore, wanted: string): Promise<readonly Hit[]> => {
  if (!UUID.test(wanted)) return [];
  const id = wanted.toLowerCase();
  for await (const event of store.readAll()) {
    if (event.id !== id) continue;
    const { sentence, occurredOn, position, type } = presentEvent(event);
    const hit = { kind: 'event', id, label: sentence.zh } as const;
    const detail = `${type} ${occurredOn} 日志位置 ${position}`;
    const { stream } = event;
    if (!stream.startsWith('fund-')) return [{ ...hit, detail }];
    const allocationId = stream.slice('fund-'.length);
    return [{ ...hit, detail, clue: referenceOf({ kind: 'allocation', allocationId }) }];
  }
  return [];
};

const MOST = 200;

const notices = (db: ReadDatabase, wanted: string): readonly Hit[] => {
  const normalised = parseDocumentNumber(wanted).normalised ?? wanted;
  return db
    .all<{ noticeId: string; documentNumber: string; title: string; issuedOn: string }>(
      `SELECT * FROM notice WHERE instr(documentNumber, ?1) OR instr(documentNumber, ?2)
         OR instr(title, ?1) ORDER BY issuedOn, noticeId LIMIT ${MOST}`,
      wanted,
      normalised,
    )
    .map(({ noticeId, documentNumber, title, issuedOn }) => ({
      kind: 'notice',
      id: noticeId,
      label: documentNumber,
      detail: `${title} ${issuedOn}`,
      clue: referenceOf({ kind: 'notice', noticeId }),
    }));
};

interface NamedPlace {
  readonly placeId: string;
  readonly name: string;
  readonly parent: string | null;
  readonly divisionCode: string | null;
}

const places = async (db: ReadDatabase, wanted: string): Promise<readonly Hit[]> => {
  const all = db.all<NamedPlace>(
    `SELECT p.placeId, p.name, p.divisionCode, parent.name AS parent
     FROM place p LEFT JOIN place parent ON parent.placeId = p.parentId ORDER BY p.name, p.placeId`,
  );
  const initials = /^[a-z]{2,}$/i.test(wanted) ? await initialsOf() : undefined;
  const letters = wanted.toLowerCase();
  return all
    .filter(
      ({ name, parent, divisionCode }) =>
        `${parent ?? ''}${name}`.includes(wanted) ||
        divisionCode === wanted ||
        initials?.(name).startsWith(letters) === true,
    )
    .sort((left, right) => closeness(right, wanted) - closeness(left, wanted))
    .map(({ placeId, name, parent, divisionCode }) => ({
      kind: 'place',
      id: placeId,
      label: name,
      detail: [parent, divisionCode].filter((part) => part !== null).join(' '),
      clue: referenceOf({ kind: 'place', placeId }),
    }));
};

/** The very name first, then names that begin so. */
const closeness = ({ name }: NamedPlace, wanted: string): number =>
  name === wanted ? 2 : name.startsWith(wanted) ? 1 : 0;

/** 神头镇 becomes `stz`. The dictionary is read when somebody first types letters. */
const initialsOf = async (): Promise<(name: string) => string> => {
  const { pinyin } = await import('pinyin-pro');
  return (name) => {
    let initials = knownInitials.get(name);
    if (initials === undefined) {
      initials = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array' }).join('');
      knownInitials.set(name, initials);
    }
    return initials;
  };
};

const knownInitials = new Map<string, string>();

interface FoundAllocation {
  readonly allocationId: string;
  readonly documentNumber: string;
  readonly annex: string;
  readonly line: number;
  readonly place: string;
  readonly projectName: string | null;
  readonly sourceFen: number;
}

const SELECT_ALLOCATIONS = `SELECT a.*, n.documentNumber, p.name AS place FROM allocation a
  JOIN notice n USING (noticeId) JOIN place p USING (placeId)`;
const IN_ORDER = `ORDER BY n.issuedOn, a.noticeId, a.annex, a.line LIMIT ${MOST}`;

const toHit =
  (kind: 'project' | 'allocation') =>
  (row: FoundAllocation): Hit => ({
    kind,
    id: row.allocationId,
    label: row.projectName ?? `${row.place} ${yuan(0 - row.sourceFen)}`,
    detail: `${row.documentNumber} 附件${row.annex} 第${row.line}行 ${row.place} ${yuan(0 - row.sourceFen)}`,
    clue: referenceOf({ kind: 'allocation', allocationId: row.allocationId }),
  });

const projects = (db: ReadDatabase, wanted: string): readonly Hit[] =>
  db
    .all<FoundAllocation>(
      `${SELECT_ALLOCATIONS} WHERE instr(a.projectName, ?1) OR instr(a.implementer, ?1) ${IN_ORDER}`,
      wanted,
    )
    .map(toHit('project'));

const payees = (db: ReadDatabase, wanted: string): readonly Hit[] =>
  db
    .all<{ payeeId: string; kind: string; name: string; creditCode: string | null }>(
      `SELECT * FROM payee WHERE instr(name, ?1) OR creditCode = ?1 ORDER BY name, payeeId LIMIT ${MOST}`,
      wanted,
    )
    .map(({ payeeId, name, creditCode }) => ({
      kind: 'payee',
      id: payeeId,
      label: name,
      detail: creditCode ?? '',
      clue: referenceOf({ kind: 'payee', payeeId }),
    }));

interface FoundPayment {
  readonly paymentId: string;
  readonly voucher: string;
  readonly paidOn: string;
  readonly amountFen: number;
  readonly payee: string | null;
}

const SELECT_PAYMENTS =
  'SELECT m.*, p.name AS payee FROM payment m LEFT JOIN payee p USING (payeeId)';

const toPaymentHit = ({ paymentId, voucher, paidOn, amountFen, payee }: FoundPayment): Hit => ({
  kind: 'payment',
  id: paymentId,
  label: `${yuan(amountFen)} 付 ${payee ?? '个人'}`,
  detail: `${paidOn} ${voucher}`,
  clue: referenceOf({ kind: 'payment', paymentId }),
});

const amounts = (db: ReadDatabase, wanted: string): readonly (readonly Hit[])[] => {
  const fen = fenOf(wanted);
  if (fen === undefined) return [];
  return [
    db
      .all<FoundAllocation>(`${SELECT_ALLOCATIONS} WHERE a.sourceFen = ? ${IN_ORDER}`, 0 - fen)
      .map(toHit('allocation')),
    db
      .all<FoundPayment>(
        `${SELECT_PAYMENTS} WHERE m.amountFen = ? ORDER BY m.paidOn, m.paymentId LIMIT ${MOST}`,
        fen,
      )
      .map(toPaymentHit),
  ];
};

/** `160万`, `160万元`, `1,600,000元`, or digits alone, which are yuan. */
const fenOf = (wanted: string): number | undefined => {
  const [, digits, unit = '元'] = /^([\d,]+(?:\.\d+)?)\s*(万元|万|元)?$/.exec(wanted) ?? [];
  if (digits === undefined) return undefined;
  const parsed = parseAmount(digits.replaceAll(',', ''), unit.startsWith('万') ? '万元' : '元');
  return parsed.kind === 'amount' ? Number(parsed.amountFen) : undefined;
};

const vouchers = (db: ReadDatabase, wanted: string): readonly Hit[] =>
  // As a range, so that the index finds the beginning of a number.
  vouchersWhere(db, 'voucher >= ? AND voucher < ?', wanted, `${wanted}\u{10FFFF}`);

const vouchersWhere = (db: ReadDatabase, condition: string, ...values: string[]): readonly Hit[] =>
  db
    .all<{ eventId: string; voucher: string; amountFen: number; position: number }>(
      `SELECT * FROM voucher WHERE ${condition} ORDER BY voucher, position LIMIT ${MOST}`,
      ...values,
    )
    .map(({ eventId, voucher, amountFen, position }) => ({
      kind: 'voucher',
      id: eventId,
      label: voucher,
      detail: `${yuan(amountFen)} 日志位置 ${position}`,
      clue: referenceOf({ kind: 'voucher', voucher }),
    }));

const byId = (db: ReadDatabase, wanted: string): readonly (readonly Hit[])[] => {
  if (!/^[0-9a-f-]{8,36}$/i.test(wanted)) return [];
  const end = `${wanted.toLowerCase()}g`;
  const from = wanted.toLowerCase();
  return [
    db
      .all<FoundAllocation>(
        `${SELECT_ALLOCATIONS} WHERE a.allocationId >= ? AND a.allocationId < ? ${IN_ORDER}`,
        from,
        end,
      )
      .map(toHit('allocation')),
    db
      .all<FoundPayment>(
        `${SELECT_PAYMENTS} WHERE m.paymentId >= ?1 AND m.paymentId < ?2
           OR m.eventId >= ?1 AND m.eventId < ?2 ORDER BY m.paidOn, m.paymentId LIMIT ${MOST}`,
        from,
        end,
      )
      .map(toPaymentHit),
    vouchersWhere(db, 'eventId >= ? AND eventId < ?', from, end),
  ];
};

const yuan = (fen: number): string => `${formatYuan(BigInt(fen))} 元`;
