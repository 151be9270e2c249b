import type { BusinessDate } from '#ledger/calendar';
import type { DivisionCode } from '#ledger/division-code';
import type { FundingLevel, Programme } from '#ledger/notice/notice-events';

/**
 * An import plan: one notice with its annexes and rows, as a person typed or a reader read it.
 * Amounts are text, exactly as printed. `docs/plan-format.md` explains it for clerks.
 */
export interface Plan {
  readonly notice: PlanNotice;
  /** Places the ledger may not know yet, higher ones first. */
  readonly places: readonly PlanPlace[];
  readonly annexes: readonly PlanAnnex[];
  /** What the person who answers for the plan has looked at and found to be so. */
  readonly confirmed?: readonly Question[];
}

export const QUESTIONS = [
  /** The amount of a row is beyond what a row of a county usually has. */
  'largeAmount',
  /** A row is as large as other rows together and names no project. */
  'sumRow',
  /** The notice is not the one of like number that the ledger holds. */
  'otherNotice',
] as const;

/** What a plan may mean or have got wrong: it is imported once the question is answered in the plan. */
export interface Question {
  readonly question: (typeof QUESTIONS)[number];
  /** A row as `<annex>/<row>`, or `notice`. */
  readonly of: string;
}

export interface PlanNotice {
  readonly issuer: string;
  readonly documentNumber: string;
  readonly title: string;
  readonly date: BusinessDate;
  readonly basis: readonly string[];
  readonly programme: Programme;
  readonly fiscalYear: number;
  readonly batch: string;
  readonly fundingLevel: FundingLevel;
}

export interface PlanPlace {
  /** Full names from the county down: one for a county, two for a town, three for a village. */
  readonly path: readonly string[];
  readonly code?: DivisionCode;
}

export interface PlanAnnex {
  readonly annex: string;
  readonly title: string;
  readonly unit: '元' | '万元';
  readonly statedTotal?: string;
  readonly rows: readonly PlanRow[];
}

export interface PlanRow {
  readonly row: number;
  readonly place: readonly string[];
  /** The place as printed; by default its names in a row. */
  readonly placeText?: string;
  readonly amount: string;
  readonly project?: string;
  readonly projectType?: string;
  readonly implementer?: string;
  readonly scale?: string;
  readonly taskYear?: number;
}

/** Something wrong in a plan, where it is, and what is wrong with it. */
export interface PlanFault {
  /** JSON pointer, or line and column of a table. */
  readonly at: string;
  readonly zh: string;
  readonly en: string;
}

/** What a reader made of a file. */
export interface ReadPlan {
  /** As far as it could be read; undefined when the file is no plan at all. */
  readonly plan: Plan | undefined;
  /** Faults of form, at their JSON pointers. */
  readonly faults: readonly PlanFault[];
  /** Where a JSON pointer stands in what the person sees, such as line and column. */
  readonly placeOf: (pointer: string) => string;
}

/** A file that is no plan at all. */
export const noPlan = (zh: string, en: string): ReadPlan => ({
  plan: undefined,
  faults: [{ at: '/', zh, en }],
  placeOf: asPointer,
});

/** A plan without faults of form. */
export const wellFormed = (plan: Plan): ReadPlan => ({ plan, faults: [], placeOf: asPointer });

export const asPointer = (pointer: string): string => pointer;

export type Read<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'faulty'; readonly faults: readonly PlanFault[] };
