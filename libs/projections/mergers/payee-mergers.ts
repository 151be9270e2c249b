import { table, type ColumnType } from '../engine/table.ts';
import type { RowTable } from '../engine/row-table.ts';
import type { Handlers } from '../engine/view.ts';
import { merge, revoke, UNMERGED, type Merging, type Succession } from './succession.ts';

/** A payee that was ever merged. */
export interface PayeeMergerRow extends Merging {
  readonly payeeId: string;
  /** Business day of its last merger. */
  readonly mergedOn: string;
}

const COLUMNS = {
  payeeId: 'TEXT',
  mergedInto: 'TEXT',
  circleInto: 'TEXT',
  mergerEventId: 'TEXT',
  mergedOn: 'TEXT',
} as const satisfies Record<keyof PayeeMergerRow, ColumnType>;

/** Each view that shows payees has its own table. */
export const payeeMergerTable = (name: string) =>
  table<PayeeMergerRow>(name, 'payeeId', COLUMNS, { indexed: ['mergedInto'] });

/** The rows of a view that has such a table. */
export interface WithPayeeMergers {
  readonly payeeMergers: RowTable<PayeeMergerRow>;
}

/** How that table follows from the events of payees. */
export const payeeMergerHandlers = {
  PayeeMerged: (rows, { id: eventId, data: { payeeId, intoPayeeId: into }, occurredOn }) => {
    merge(successionOfPayees(rows, occurredOn), { from: payeeId, into, eventId });
  },
  PayeeMergerRevoked: (rows, { data: { payeeId, reversedEventId }, occurredOn }) => {
    revoke(successionOfPayees(rows, occurredOn), payeeId, reversedEventId);
  },
} as const satisfies Handlers<WithPayeeMergers>;

/** A payee without a row was never merged. */
const successionOfPayees = ({ payeeMergers }: WithPayeeMergers, on: string): Succession => ({
  get: (payeeId) => payeeMergers.get(payeeId) ?? UNMERGED,
  set: (payeeId, merging) => {
    const before = payeeMergers.get(payeeId);
    if (before === undefined && merging.mergerEventId === null) return;
    // A merger that takes effect because a circle opened has the day that it was given.
    const isNew = before?.mergerEventId !== merging.mergerEventId;
    const mergedOn = before === undefined || isNew ? on : before.mergedOn;
    payeeMergers.put({ payeeId, ...merging, mergedOn });
  },
});

/**
 * SQL of the common table `payee_end (payeeId, endId)`, for `WITH RECURSIVE`: where the mergers of each
 * merged payee end, out of a table of `payeeMergerTable`. Payees that are not merged have no row.
 */
export const payeeEndsSql = (name: string): string => `
  payee_way (payeeId, atId) AS (
    SELECT payeeId, mergedInto FROM ${name} WHERE mergedInto IS NOT NULL
    UNION
    SELECT way.payeeId, further.mergedInto FROM payee_way way
    JOIN ${name} further ON further.payeeId = way.atId WHERE further.mergedInto IS NOT NULL
  ),
  payee_end (payeeId, endId) AS (
    SELECT payeeId, atId FROM payee_way
    WHERE atId NOT IN (SELECT payeeId FROM ${name} WHERE mergedInto IS NOT NULL)
  )`;
