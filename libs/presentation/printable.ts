/**
 * What moves a cursor, begins a line, reorders one or commands a terminal: C0, DEL, C1, the controls
 * and marks of writing direction, and the separators of lines and paragraphs.
 */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/**
 * A text as one line of a terminal or a table shows it: every control character as `\u` and its four
 * hexadecimal digits, so that it neither forges a line nor commands the terminal.
 */
export const printable = (text: string): string => text.replace(CONTROLS, escaped);

/** Lines for a terminal: as `printable`, but for the line feeds between them. */
export const printableLines = (text: string): string =>
  text.replace(CONTROLS, (control) => (control === '\n' ? control : escaped(control)));

/**
 * JSON for a terminal, two spaces a level: the same value for who parses it, with every control
 * character inside its texts escaped.
 */
export const printableJson = (value: unknown): string =>
  printableLines(JSON.stringify(value, null, 2));

const escaped = (control: string): string =>
  `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
