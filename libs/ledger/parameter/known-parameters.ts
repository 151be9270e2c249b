/** What the value of a parameter has to be. */
export type ParameterShape =
  | { readonly kind: 'integer'; readonly least: number; readonly most: number }
  | { readonly kind: 'text' }
  /** Days off and days worked of one year. */
  | { readonly kind: 'workingCalendar'; readonly year: string };

/** Days; the longest is a year. */
const INTEGERS = {
  /** Working days within which a plan or a result is announced. */
  'announcement-due-working-days': { kind: 'integer', least: 1, most: 250 },
  /** Least days of an announcement, counted as its period is. */
  'announcement-minimum-days': { kind: 'integer', least: 1, most: 365 },
} as const satisfies Record<string, ParameterShape>;

/** Names of parameters as a reader is shown them. */
export const PARAMETER_NAMES: readonly string[] = [
  ...Object.keys(INTEGERS),
  'working-calendar-YYYY',
  'audit-start',
  'audit-start-NAME',
];

/** What the value of a parameter has to be; undefined of a name that nothing reads. */
export const parameterShape = (parameterId: string): ParameterShape | undefined => {
  if (Object.hasOwn(INTEGERS, parameterId)) return INTEGERS[parameterId as keyof typeof INTEGERS];
  const year = /^working-calendar-((?:19|20|21)\d\d)$/.exec(parameterId)?.[1];
  if (year !== undefined) return { kind: 'workingCalendar', year };
  return /^audit-start(-[a-z0-9-]{1,40})?$/.test(parameterId) ? { kind: 'text' } : undefined;
};
