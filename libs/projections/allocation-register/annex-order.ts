/** Columns by which SQL orders annexes as they are counted: 1, 2 … 12, 附件2 before 附件12. */
export const annexOrder = (column: string): string =>
  `CAST(${column} AS INTEGER), length(${column}), ${column}`;
