import { expect } from 'expect';

/**
 * What the specs of the ledger and of integrity use of `@jest/globals`, so that they run in this
 * process, again and again, without loading anything twice. Specs with hooks or mocks do not load.
 */
export interface Example {
  /** Spec, number within it and title: the same in every process. */
  readonly id: string;
  readonly run: () => unknown;
}

let examples: Example[] = [];
let titles: string[] = [];

/** Begins a spec; what it declares from here on is its own. */
export const beginSpec = (spec: string): void => {
  examples = [];
  titles = [spec];
};

/** The examples that the spec has declared, in order. */
export const declaredExamples = (): readonly Example[] => examples;

type Body = (...row: unknown[]) => unknown;

const declare = (title: string, run: () => unknown): void => {
  const [spec = '', ...above] = titles;
  examples.push({ id: [spec, examples.length + 1, ...above, title].join(' '), run });
};

const enter = (title: string, body: () => unknown): void => {
  titles.push(title);
  body();
  titles.pop();
};

/** A table of rows, or a template table of `@jest/globals`, which no spec here uses. */
const each =
  (one: (title: string, body: () => unknown) => void) =>
  (rows: readonly unknown[]) =>
  (title: string, body: Body): void => {
    for (const row of rows) one(title, () => (isRow(row) ? body(...row) : body(row)));
  };

const isRow = (row: unknown): row is readonly unknown[] => Array.isArray(row);

const skip = (): void => undefined;

export const describe = Object.assign(enter, { each: each(enter), skip });
export const test = Object.assign(declare, { each: each(declare), skip, todo: skip });
export { expect };
