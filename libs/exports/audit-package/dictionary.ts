import { columnsOf, fileColumnsOf, type FileColumn, type TableNotes } from './table.ts';

/** What a column of a table means, in both languages. */
export interface DictionaryEntry extends FileColumn {
  readonly table: string;
  readonly zh: string;
  readonly en: string;
  readonly source: string;
}

/** Every table, then its columns, in the order of the files. */
export const dictionaryOf = (tables: readonly TableNotes[]): readonly DictionaryEntry[] =>
  tables.flatMap(({ name: table, zh, en, source, columns }) => [
    { table, name: '*', type: 'TEXT' as const, unit: '' as const, zh, en, source },
    ...columns.flatMap((column) =>
      fileColumnsOf(column).map((file) => ({
        ...file,
        table,
        zh: column.zh,
        en: column.en,
        source,
      })),
    ),
  ]);

const { text } = columnsOf<DictionaryEntry>();

export const dictionaryColumns = [
  text('tableName', '表', 'table', ({ table }) => table),
  text('columnName', '列;* 指整张表', 'column; * is the table itself', ({ name }) => name),
  text('type', '类型', 'type', ({ name, type }) => (name === '*' ? null : type)),
  text('unit', '单位', 'unit', ({ unit }) => unit),
  text('zh', '说明', 'meaning, in Chinese', ({ zh }) => zh),
  text('en', '说明(英文)', 'meaning, in English', ({ en }) => en),
  text('source', '来源', 'where it comes from', ({ source }) => source),
];
