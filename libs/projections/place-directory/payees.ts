import type { ReadDatabase } from '../engine/read-database.ts';
import { payeeEndsSql } from '../mergers/payee-mergers.ts';
import type { PayeeRow } from './view.ts';

/** A payee as it is now. The last two fields are there only where it is merged. */
export interface DirectoryPayee extends PayeeRow {
  /** The payee that it continues as, where all mergers end. */
  readonly mergedInto?: string;
  /** Business day of its own merger. */
  readonly mergedOn?: string;
}

const SELECT_PAYEES = `
  WITH RECURSIVE ${payeeEndsSql('payee_merger')}
  SELECT p.*, e.endId AS mergedInto, m.mergedOn
  FROM payee p LEFT JOIN payee_end e ON e.payeeId = p.payeeId
  LEFT JOIN payee_merger m ON m.payeeId = e.payeeId`;

type JoinedRow = PayeeRow & {
  readonly mergedInto: string | null;
  readonly mergedOn: string | null;
};

const toEntry = ({ mergedInto, mergedOn, ...row }: JoinedRow): DirectoryPayee =>
  mergedInto === null || mergedOn === null ? row : { ...row, mergedInto, mergedOn };

export const payees = (db: ReadDatabase): readonly DirectoryPayee[] =>
  db.all<JoinedRow>(`${SELECT_PAYEES} ORDER BY kind, name, p.payeeId`).map(toEntry);

export const payee = (db: ReadDatabase, payeeId: string): DirectoryPayee | undefined =>
  db.all<JoinedRow>(`${SELECT_PAYEES} WHERE p.payeeId = ?`, payeeId).map(toEntry)[0];

/** The payee that a payee continues as: itself where it is not merged. */
export const payeeNow = (db: ReadDatabase, payeeId: string): DirectoryPayee | undefined => {
  const asked = payee(db, payeeId);
  return asked?.mergedInto === undefined ? asked : payee(db, asked.mergedInto);
};

/** Payees whose name holds the text, or whose credit code it is, merged ones too. */
export const payeesWith = (
  db: ReadDatabase,
  text: string,
  most: number,
): readonly DirectoryPayee[] =>
  db
    .all<JoinedRow>(
      `${SELECT_PAYEES} WHERE instr(name, ?1) OR creditCode = ?1
       ORDER BY name, p.payeeId LIMIT ?2`,
      text,
      most,
    )
    .map(toEntry);

/** The ids of a payee and of all that are one with it now. */
export const payeesOneWith = (db: ReadDatabase, payeeId: string): readonly string[] => {
  const now = payeeNow(db, payeeId)?.payeeId ?? payeeId;
  return [now, ...payeesMergedInto(db, now).map((merged) => merged.payeeId)];
};

/** Payees that are merged into one, directly or through others, by name. */
export const payeesMergedInto = (db: ReadDatabase, payeeId: string): readonly DirectoryPayee[] =>
  db
    .all<JoinedRow>(`${SELECT_PAYEES} WHERE e.endId = ? ORDER BY name, p.payeeId`, payeeId)
    .map(toEntry);

export interface PayeeMergerInCircle {
  readonly payeeId: string;
  readonly circleInto: string;
  readonly mergerEventId: string;
}

/** Mergers that would close a circle and are without effect. */
export const payeeMergersInCircles = (db: ReadDatabase): readonly PayeeMergerInCircle[] =>
  db.all<PayeeMergerInCircle>(
    `SELECT payeeId, circleInto, mergerEventId FROM payee_merger
     WHERE circleInto IS NOT NULL ORDER BY payeeId`,
  );
