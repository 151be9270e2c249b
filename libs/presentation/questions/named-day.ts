import { dateOfDayNumber, type BusinessDate } from '#ledger/calendar';
import type { NamedDay } from '#history/questions/named-days';

/** A day that a replay can be set to by its name. */
export interface NamedDayView {
  readonly name: string;
  readonly zh: string;
  readonly on: BusinessDate;
}

export const presentNamedDay = (named: NamedDay): NamedDayView => ({
  name: named.name,
  zh: wordsOf(named),
  on: dateOfDayNumber(named.day),
});

const wordsOf = (named: NamedDay): string => {
  switch (named.kind) {
    case 'issue':
      return `下达(${named.documentNumber})`;
    case 'year-end':
      return `${named.fiscalYear} 年末`;
    case 'audit-start':
      return '审计开始';
  }
};
