import {
  withdrawNotice,
  type UsedRow,
  type WithdrawalResult,
} from '#application/notices/withdraw-notice';
import { newId } from '#event-codec/ids';
import { eventSentence } from '#presentation/event-sentence';
import type { Ledger } from '#wiring/ledger';
import { readDate } from './options/names.ts';
import { printRecorded } from './output/recorded.ts';
import type { Terminal } from './output/terminal.ts';
import { authenticate } from './session/authenticate.ts';
import { CommandFault, EXIT } from './session/exit-codes.ts';
import { faultOf } from './session/not-recorded.ts';
import type { Session } from './session/session.ts';
import type { WriteOptions } from './write.ts';

/** Withdraws a notice, says which rows are void now and which stay; of a take-back, all or nothing. */
export const withdraw = async (
  session: Session,
  ledger: Ledger,
  noticeId: string,
  options: WriteOptions & { readonly reason: string },
  isTakeBack: boolean,
): Promise<void> => {
  const result = await withdrawNotice(ledger, {
    entry: 'mz',
    actor: await authenticate(session, options),
    noticeId,
    key: options.key ?? newId(),
    occurredOn: readDate(options.on, session.clock),
    reason: options.reason,
    isTakeBack,
  });
  if (result.kind === 'in-use') throw inUse(session.terminal, result.rows, options);
  if (result.kind !== 'withdrawn') throw faultOf(result);
  if (options.json === true) return session.terminal.printJson(shown(result));
  await printRecorded(session.terminal, ledger, [result.recorded], options);
  printRows(session.terminal, result, options.lang);
};

type Withdrawn = Extract<WithdrawalResult, { readonly kind: 'withdrawn' }>;

const shown = ({ recorded, voided, kept }: Withdrawn) => ({
  kind: recorded.outcome,
  ...{ stream: recorded.stream, revision: recorded.revision, position: recorded.position },
  voided: voided.map(({ allocationId, annex, row }) => ({ allocationId, annex, row })),
  kept: kept.map(({ allocationId, annex, row, sentence }) => ({
    ...{ allocationId, annex, row },
    reason: sentence,
  })),
});

const printRows = ({ print }: Terminal, { voided, kept }: Withdrawn, lang: 'zh' | 'en'): void => {
  print(lang === 'en' ? `${voided.length} rows are void.` : `已作废 ${voided.length} 行。`);
  for (const { annex, row, sentence } of kept) {
    print(
      lang === 'en'
        ? `Annex ${annex} row ${row} stays: ${sentence.en}`
        : `附件${annex}第${row}行保留:${sentence.zh}`,
    );
  }
};

/** Every row that is in the way, with what was recorded of it. */
const inUse = (
  { warn, printJson }: Terminal,
  rows: readonly UsedRow[],
  { json, lang }: WriteOptions,
): CommandFault => {
  const said = rows.map(({ annex, row, allocationId, others, announcementIds }) => ({
    ...{ annex, row, allocationId },
    entries: others.map((event) => ({
      position: Number(event.position),
      sentence: eventSentence(event),
    })),
    announcementIds,
  }));
  if (json === true) printJson({ rows: said });
  for (const { annex, row, entries, announcementIds } of said) {
    const what = [
      ...entries.map(({ position, sentence }) => `#${position} ${sentence[lang]}`),
      ...announcementIds.map(
        (id) => `${lang === 'en' ? 'announcement' : '公示'} ${id.slice(0, 8)}`,
      ),
    ].join(lang === 'en' ? '; ' : ';');
    warn(lang === 'en' ? `Annex ${annex} row ${row}: ${what}` : `附件${annex}第${row}行:${what}`);
  }
  return new CommandFault(
    EXIT.refused,
    `有 ${rows.length} 行在导入之外另有记账,没有作任何改动;请先冲销这些记账,或只撤回文件(mz reverse)。`,
    `${rows.length} rows have entries that the import did not record; nothing was changed. Take those back first, or withdraw the notice alone (mz reverse).`,
  );
};
