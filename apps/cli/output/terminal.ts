import type { Writable } from 'node:stream';
import { printableJson, printableLines } from '#presentation/printable';
import { tableLines, type Column } from './table.ts';

/** Where a command writes what it answers, and what went wrong. */
export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  /** A line of the answer, or several; what an event says in it passes `printable` first. */
  readonly print: (text: string) => void;
  readonly printJson: (value: unknown) => void;
  readonly printTable: <Row>(columns: readonly Column<Row>[], rows: readonly Row[]) => void;
  /** A line on standard error. */
  readonly warn: (text: string) => void;
}

/** A stream, and whether a person watches it. */
export type Output = Writable & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
};

export const openTerminal = (stdout: Output, stderr: Output): Terminal => {
  const print = (text: string): void => void stdout.write(`${printableLines(text)}\n`);
  return {
    stdout,
    stderr,
    print,
    printJson: (value) => void stdout.write(`${printableJson(value)}\n`),
    printTable: (columns, rows) => {
      for (const line of tableLines(columns, rows)) print(line);
    },
    warn: (text) => void stderr.write(`${printableLines(text)}\n`),
  };
};
