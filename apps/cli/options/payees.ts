import { payees, type DirectoryPayee } from '#projections/place-directory/payees';
import type { ReadDatabase } from '#projections/engine/read-database';
import { badInput } from '../session/exit-codes.ts';

/** Whether a text is an id or at least its first four characters. */
export const isIdOrBeginning = (id: string, text: string): boolean =>
  id === text || (text.length >= 4 && id.startsWith(text));

/**
 * The payee a person means: id, the beginning of one, registered name or credit code. Of several that are
 * one by their mergers, the one that is not merged.
 */
export const findPayee = (db: ReadDatabase, name: string): string => {
  const found = payeesMeant(db, name);
  const ends = new Set(found.map(({ payeeId, mergedInto = payeeId }) => mergedInto));
  const end = found.find(({ payeeId }) => ends.size === 1 && ends.has(payeeId));
  return onlyOne(name, end === undefined ? found : [end]);
};

/** The merged payee that a person means: among several, the one that is merged. */
export const findMergedPayee = (db: ReadDatabase, name: string): string => {
  const found = payeesMeant(db, name);
  const merged = found.filter(({ mergedInto }) => mergedInto !== undefined);
  return onlyOne(name, merged.length > 0 ? merged : found);
};

const payeesMeant = (db: ReadDatabase, name: string): readonly DirectoryPayee[] => {
  const all = payees(db);
  const named = all.filter((payee) => payee.name === name || payee.creditCode === name);
  // A name is a name, even where the id of another begins so.
  return named.length > 0 ? named : all.filter((one) => isIdOrBeginning(one.payeeId, name));
};

const onlyOne = (name: string, found: readonly DirectoryPayee[]): string => {
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.payeeId;
  if (only === undefined) {
    throw badInput(
      `没有登记过收款人“${name}”。用 mz payee add 登记,用 mz payee list 查看编号。`,
      `Payee “${name}” is not registered. See mz payee add, and mz payee list for ids.`,
    );
  }
  const listed = found.map(
    ({ payeeId, name: called }) => `${payeeId}${called === null ? '' : `(${called})`}`,
  );
  throw badInput(
    `收款人“${name}”不止一个:${listed.join('、')}。`,
    `Payee “${name}” is ambiguous: ${listed.join(', ')}.`,
  );
};
