import { canonicalJson } from '#event-store/canonical-json';
import type { EventStore } from '#event-store/port';
import type { BusinessDate } from '#ledger/calendar';
import { documentNumberKey } from '#ledger/document-number';
import { fromFenJson, toFenJson, type JsonValue } from '#ledger/fen-json';
import { formatWan, type Fen } from '#ledger/money';
import type { NoticeToIssue } from '#ledger/notice/notice-commands';
import type { Notice } from '#ledger/notice/notice-events';
import { foldPrinted } from '#ledger/printed-text';
import { issueOf, type PlannedCommand } from './notice-commands.ts';
import type { PlanFault } from './plan.ts';
import type { PlannedImport } from './plan-commands.ts';

/** A notice as the ledger has it, and its day. */
export interface Recorded {
  readonly data: JsonValue;
  readonly occurredOn: BusinessDate;
}

/** Undefined where the ledger has no notice of this id. */
export const recordedNotice = async (
  noticeId: string,
  store: EventStore,
): Promise<Recorded | undefined> => {
  for await (const { type, data, meta } of store.readStream(`notice-${noticeId}`, { limit: 1 })) {
    if (type === 'NoticeIssued') return { data, occurredOn: String(meta['occurredOn']) };
  }
  return undefined;
};

/** The command that recorded a notice, as it was recorded, however the plan spells it. */
export const issueAgain = ({ data, occurredOn }: Recorded): PlannedCommand =>
  // Written from a Notice by the counterpart of this function.
  issueOf(issued(fromFenJson(data) as Notice), occurredOn);

/** What was asked for when the notice was recorded: the first edition states none. */
const issued = ({ edition, ...notice }: Notice): NoticeToIssue =>
  edition === undefined || edition === 1 ? notice : { ...notice, edition };

/** Row by row, where the plan and the notice in the ledger disagree. */
export const differencesFrom = (
  { data, occurredOn }: Recorded,
  { notice, issue }: PlannedImport,
): readonly PlanFault[] => {
  const isSame = spellingOf(toFenJson(notice)) === spellingOf(data);
  if (isSame && occurredOn === issue.occurredOn) return [];
  const rows = rowDifferences(fromFenJson(data) as Notice, notice);
  return rows.length > 0 ? rows : [HEAD_DIFFERS];
};

/** The content of a notice beside issuer and number, by which it was found, in one spelling. */
const spellingOf = (data: JsonValue): string => {
  const {
    issuer: _issuer,
    documentNumber: _number,
    edition: _edition,
    replaces: _replaces,
    basis,
    ...others
  } = fromFenJson(data) as Notice;
  const bases = basis.map(({ raw }) => documentNumberKey(raw));
  return foldPrinted(canonicalJson(toFenJson({ ...others, basis: bases })));
};

const rowDifferences = (recorded: Notice, planned: NoticeToIssue): readonly PlanFault[] => {
  const before = amountsOf(recorded);
  const found = planned.annexes.flatMap(({ annex, lines }, index) =>
    lines.flatMap(({ row, amountFen }, place) => {
      const recordedFen = before.get(`${annex}/${row}`);
      if (recordedFen === amountFen) return [];
      const was = recordedFen === undefined ? '—' : formatWan(recordedFen);
      const at = `/annexes/${index}/rows/${place}/amount`;
      const zh = `附件${annex}第${row}行台账已记 ${was} 万元,计划为 ${formatWan(amountFen)} 万元。`;
      const en = `Annex ${annex} row ${row} is recorded as ${was} 万元; the plan has ${formatWan(amountFen)}.`;
      return [{ at, zh, en }];
    }),
  );
  const now = amountsOf(planned);
  const missing = [...before].flatMap(([name, amountFen]) => {
    if (now.has(name)) return [];
    const zh = `台账已记 ${name}(附件/行)${formatWan(amountFen)} 万元,计划里没有这一行。`;
    const en = `The ledger has ${name} (annex/row) with ${formatWan(amountFen)} 万元; the plan has no such row.`;
    return [{ at: '/annexes', zh, en }];
  });
  return [...found, ...missing];
};

/** Amounts by `<annex>/<row>`. */
const amountsOf = ({ annexes }: Pick<Notice, 'annexes'>): ReadonlyMap<string, Fen> =>
  new Map(
    annexes.flatMap(({ annex, lines }) =>
      lines.map(({ row, amountFen }) => [`${annex}/${row}`, amountFen] as const),
    ),
  );

const HEAD_DIFFERS: PlanFault = {
  at: '/notice',
  zh: '台账已有此文件,但内容(日期、标题、依据、地点或项目)与计划不同。',
  en: 'The ledger holds this notice with other content (date, title, basis, place or project).',
};
