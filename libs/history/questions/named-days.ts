import { dayNumber } from '#ledger/calendar';
import { notice } from '#projections/allocation-register/query';
import { parametersNamed } from '#projections/announcement-board/query';
import type { ReadDatabase } from '#projections/engine/read-database';
import type { History } from '../postings/history.ts';

/** A day that people go back to by name: 关键日. */
export type NamedDay = NamedDayHead &
  (
    | { readonly kind: 'issue'; readonly documentNumber: string }
    | { readonly kind: 'year-end'; readonly fiscalYear: number }
    | { readonly kind: 'audit-start' }
  );

interface NamedDayHead {
  readonly name: string;
  /** Day number, see `dayNumber`. */
  readonly day: number;
}

/** Days of issue, ends of fiscal years, and days that a parameter names, such as `audit-start`. */
export const namedDays = ({ dimensions }: History, db: ReadDatabase): readonly NamedDay[] => {
  const issues = new Map<string, NamedDay>();
  const years = new Map<number, NamedDay>();
  for (const { noticeId, day, fiscalYear } of dimensions.allocations) {
    if (!issues.has(noticeId)) {
      const name = issues.size === 0 ? 'issue' : `issue-${issues.size + 1}`;
      const documentNumber = notice(db, noticeId)?.documentNumber ?? noticeId;
      issues.set(noticeId, { kind: 'issue', name, documentNumber, day });
    }
    const end = dayNumber(`${fiscalYear}-12-31`);
    years.set(fiscalYear, {
      kind: 'year-end',
      name: `year-end-${fiscalYear}`,
      fiscalYear,
      day: end,
    });
  }
  const starts = parametersNamed(db, 'audit-start').map(({ parameterId, validFrom }): NamedDay => ({
    kind: 'audit-start',
    name: parameterId,
    day: dayNumber(validFrom),
  }));
  return [...issues.values(), ...years.values(), ...starts];
};
