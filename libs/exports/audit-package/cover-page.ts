import { REMARKS, summaryOf, TITLE, VERIFY_COMMAND, type CoverContent } from './cover-content.ts';
import { safe } from '#presentation/html-text';
import { dictionaryOf } from './dictionary.ts';

/** The cover to be printed on A4: a page that asks nothing of any network. */
export const coverPage = (content: CoverContent): string => `<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${safe(`${TITLE.zh} ${content.head.place}`)}</title>
<style>${STYLE}</style>
<h1>${TITLE.zh} <small lang="en">${TITLE.en}</small></h1>
<table class="summary">
${rowsOf(summaryOf(content).map(({ zh, en, value }) => [`${zh} ${en}`, value]))}
</table>
<h2>核验 <small lang="en">To verify</small></h2>
<pre>${VERIFY_COMMAND}</pre>
<h2>检查点 <small lang="en">Checkpoint</small></h2>
<pre>${safe(content.newest?.note ?? '—')}</pre>
${REMARKS.map(({ zh, en }) => `<p>${safe(zh)} <span lang="en">${safe(en)}</span></p>`).join('\n')}
<p class="signed">制表 made by ＿＿＿＿＿＿＿＿ &nbsp; 接收 received by ＿＿＿＿＿＿＿＿ &nbsp; 日期 date ＿＿＿＿＿＿</p>
<h2>文件 <small lang="en">Files</small></h2>
<table>
<tr><th>文件 file<th>字节 bytes<th>SHA-256</tr>
${rowsOf(content.files.map(({ name, bytes, sha256 }) => [name, `${bytes}`, sha256]))}
</table>
<h2>表格 <small lang="en">Tables</small></h2>
<table>
<tr><th>表 table<th>行 rows<th>说明 meaning</tr>
${rowsOf(content.tables.map(({ notes, rows }) => [notes.name, `${rows}`, `${notes.zh} ${notes.en}`]))}
</table>
<h2 class="appendix">数据字典 <small lang="en">Dictionary</small></h2>
<table>
<tr><th>表 table<th>列 column<th>单位 unit<th>说明 meaning<th>来源 source</tr>
${rowsOf(dictionaryOf(content.tables.map(({ notes }) => notes)).map(({ table, name, unit, zh, en, source }) => [table, name, unit, `${zh} ${en}`, source]))}
</table>
</html>
`;

const rowsOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `<tr>${cells.map((cell) => `<td>${safe(cell)}`).join('')}</tr>`).join('\n');

const STYLE = `
@page { size: A4; margin: 18mm 15mm }
body { font: 10.5pt/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", SimSun, sans-serif; max-width: 180mm; margin: 1rem auto; padding: 0 .5rem }
h1 { font-size: 18pt; border-bottom: 3px solid #a4342a } h2 { font-size: 12pt; margin: 1rem 0 .3rem; break-after: avoid }
small { font-weight: normal; font-size: .75em } p { margin: .3rem 0 }
table { border-collapse: collapse; width: 100% } tr { break-inside: avoid }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid #bbb; padding: .15rem .4rem; overflow-wrap: anywhere; font-size: 9pt }
.summary td { font-size: 10.5pt } .summary td:first-child { width: 34% }
pre { background: #f3f1ec; padding: .5rem; font-size: 9pt; white-space: pre-wrap; overflow-wrap: anywhere }
.signed { margin: 1.5rem 0 } .appendix { break-before: page }
`;
