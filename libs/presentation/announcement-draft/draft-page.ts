import { safe } from '../html-text.ts';
import type { AnnouncementDraft, SignedDraft } from './announcement-draft.ts';
import { CHECKPOINT } from './draft-text.ts';

/** The poster to be printed on A4, the checkpoint as a QR code; a page that asks nothing of any network. */
export const draftPage = async (draft: SignedDraft): Promise<string> => `<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${safe(draft.title)}</title>
<style>${STYLE}</style>
<h1>${safe(draft.title)}</h1>
<table>
${draft.particulars.map(([name, value]) => `<tr><th>${safe(name)}<td>${safe(value)}</tr>`).join('\n')}
</table>
<table class="lines">
<tr><th>序号<th>地点<th>项目<th>实施单位<th>安排<th>到账<th>支付<th>来源</tr>
${rowsOf(draft)}
</table>
<p class="unit">金额单位:万元</p>
<footer>
<div class="qr">${await qrOf(draft.note)}</div>
<div><p>${safe(CHECKPOINT)}</p><pre>${safe(draft.note)}</pre></div>
</footer>
</html>
`;

const rowsOf = ({ lines, total }: AnnouncementDraft): string => {
  const rows = lines.map(
    ({ place, project, implementer, allocated, arrived, paid, source }, at) => [
      `${at + 1}`,
      ...[place, project, implementer, allocated, arrived, paid, source],
    ],
  );
  const sum = ['合计', '', '', '', total.allocated, total.arrived, total.paid, ''];
  return [...rows, sum]
    .map((cells) => `<tr>${cells.map((cell) => `<td>${safe(cell)}`).join('')}</tr>`)
    .join('\n');
};

/** The whole note, to the letter, so that a photograph of it is a copy of the checkpoint. */
const qrOf = async (note: string): Promise<string> => {
  const { toString } = await import('qrcode');
  return toString([{ data: Buffer.from(note), mode: 'byte' }], {
    type: 'svg',
    errorCorrectionLevel: 'M',
    margin: 4,
  });
};

const STYLE = `
@page { size: A4; margin: 15mm }
body { font: 12pt/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", SimSun, sans-serif; max-width: 180mm; margin: 1rem auto; padding: 0 .5rem }
h1 { font-size: 20pt; text-align: center; margin: .5rem 0 1rem }
table { border-collapse: collapse; width: 100%; margin-bottom: .5rem } tr { break-inside: avoid }
th, td { text-align: left; vertical-align: top; border: 1px solid #555; padding: .2rem .4rem; overflow-wrap: anywhere }
th { white-space: nowrap } .lines { font-size: 10pt } .lines td:nth-child(n+5):nth-child(-n+7) { white-space: nowrap; text-align: right } .lines tr:last-child { font-weight: bold }
.unit { text-align: right; margin: 0 }
footer { display: flex; gap: 1rem; align-items: center; break-inside: avoid; font-size: 10pt }
.qr { flex: 0 0 48mm } .qr svg { width: 48mm; height: 48mm }
pre { font-size: 7.5pt; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 }
`;
