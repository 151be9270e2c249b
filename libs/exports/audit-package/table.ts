/** A table of the package: what it is called, what its columns mean, and how a row fills them. */
export interface Table<Row> extends TableNotes {
  readonly columns: readonly Column<Row>[];
}

/** What people are told of a table. */
export interface TableNotes {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  /** Where its rows come from. */
  readonly source: string;
  readonly columns: readonly ColumnNotes[];
  /** Columns that the database looks rows up by. */
  readonly indexed: readonly string[];
}

export interface ColumnNotes {
  /** Of money without its unit: it becomes two columns, `…Fen` and `…Yuan`. */
  readonly name: string;
  readonly kind: ColumnKind;
  readonly zh: string;
  readonly en: string;
}

export type ColumnKind = 'text' | 'number' | 'money' | 'share';

export interface Column<Row> extends ColumnNotes {
  readonly of: (row: Row) => Cell;
}

export type Cell = string | number | null;

/** The vocabulary of columns for rows of one type. */
export const columnsOf = <Row>() => {
  type Of = (row: Row) => Cell | undefined;
  const column =
    (kind: ColumnKind) =>
    (name: string, zh: string, en: string, of: Of): Column<Row> => ({
      name,
      kind,
      zh,
      en,
      of: (row) => of(row) ?? null,
    });
  return {
    text: column('text'),
    number: column('number'),
    /** Whole fen. */
    money: column('money'),
    /** Basis points: 1/100 of a per cent. */
    share: column('share'),
  };
};

/** A column as it stands in files. */
export interface FileColumn {
  readonly name: string;
  readonly type: 'INTEGER' | 'TEXT';
  readonly unit: '' | '分' | '元' | '1/100 %';
}

export const fileColumnsOf = ({ name, kind }: ColumnNotes): readonly FileColumn[] => {
  switch (kind) {
    case 'text':
      return [{ name, type: 'TEXT', unit: '' }];
    case 'number':
      return [{ name, type: 'INTEGER', unit: '' }];
    case 'share':
      return [{ name, type: 'INTEGER', unit: '1/100 %' }];
    case 'money':
      return [
        { name: `${name}Fen`, type: 'INTEGER', unit: '分' },
        { name: `${name}Yuan`, type: 'TEXT', unit: '元' },
      ];
  }
};
