import { REMARKS, summaryOf, TITLE, VERIFY_COMMAND, type CoverContent } from './cover-content.ts';

/** The cover for a terminal, or a printer that knows no more than text. */
export const coverText = (content: CoverContent): string => {
  const { newest, tables, files } = content;
  return [
    `${TITLE.zh} · ${TITLE.en}`,
    '',
    ...summaryOf(content).map(({ zh, en, value }) => `${zh} ${en}: ${value}`),
    '',
    '核验(只需 Node 20 以上)· to verify (Node 20 or newer is all it takes):',
    '',
    `    ${VERIFY_COMMAND}`,
    '',
    '检查点全文 · the checkpoint in full:',
    '',
    newest?.note ?? '—\n',
    ...REMARKS.flatMap(({ zh, en }) => [zh, en]),
    '',
    '表格 · tables:',
    '',
    ...tables.map(({ notes, rows }) => `${notes.name}  ${rows}  ${notes.zh}`),
    '',
    '文件 · files (SHA-256, bytes):',
    '',
    ...files.map(({ name, bytes, sha256 }) => `${sha256}  ${bytes}  ${name}`),
    '',
  ].join('\n');
};
