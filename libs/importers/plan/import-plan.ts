import { canonicalJson } from '#event-store/canonical-json';
import type { EventStore } from '#event-store/port';
import type { Actor } from '#ledger/context';
import { toFenJson } from '#ledger/fen-json';
import type { LedgerCommand } from '#ledger/ledger-events';
import { formatWan } from '#ledger/money';
import type { Notice } from '#ledger/notice/notice-events';
import type { Refusal } from '#ledger/refusals';
import type { PlanFault } from './plan.ts';
import type { PlannedCommand, PlannedImport } from './plan-commands.ts';

/** The part of a ledger that an import needs. */
export interface ImportTarget {
  readonly store: EventStore;
  readonly execute: (
    command: LedgerCommand,
    asked: {
      readonly commandId: string;
      readonly actor: Actor;
      readonly occurredOn: string;
      readonly correlationId: string;
    },
  ) => Promise<ImportAnswer>;
}

type ImportAnswer =
  | { readonly kind: 'happened' | 'repeated' | 'conflicting' | 'raced' | 'stale' | 'halted' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly failure: object };

export type ImportOutcome =
  | { readonly kind: 'imported'; readonly recorded: number; readonly repeated: number }
  /** The ledger holds this notice with other content; nothing was changed. */
  | { readonly kind: 'conflict'; readonly differences: readonly PlanFault[] }
  | { readonly kind: 'stopped'; readonly command: string; readonly answer: ImportAnswer };

/**
 * Records a planned import. Every command has a deterministic id, so a run that was cut short is
 * completed by running it again, and a complete one records nothing more.
 */
export const importPlan = async (
  planned: PlannedImport,
  target: ImportTarget,
  actor: Actor,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<ImportOutcome> => {
  const differences = await differencesFromRecorded(planned, target.store);
  if (differences.length > 0) return { kind: 'conflict', differences };
  const commands = [...planned.places, planned.issue, ...planned.allocations];
  let recorded = 0;
  for (const [index, one] of commands.entries()) {
    const answer = await record(one, planned.notice.noticeId, target, actor);
    if (answer.kind === 'happened') recorded += 1;
    else if (answer.kind !== 'repeated' && !isRecordedAlready(one, answer)) {
      return { kind: 'stopped', command: one.command.type, answer };
    }
    onProgress(index + 1, commands.length);
  }
  return { kind: 'imported', recorded, repeated: commands.length - recorded };
};

const record = (
  { command, commandId, occurredOn }: PlannedCommand,
  correlationId: string,
  { execute }: ImportTarget,
  actor: Actor,
): Promise<ImportAnswer> => execute(command, { commandId, actor, occurredOn, correlationId });

/**
 * Recorded before, by somebody else or in another way: a place by an earlier notice or a person;
 * the notice, whose content was compared, and its lines through the API.
 */
const isRecordedAlready = ({ command }: PlannedCommand, answer: ImportAnswer): boolean => {
  const refusedAs = (code: Refusal['code']) =>
    answer.kind === 'refused' && answer.refusal.code === code;
  switch (command.type) {
    case 'RegisterPlace':
      return answer.kind === 'conflicting' || refusedAs('place-already-registered');
    case 'IssueNotice':
      return refusedAs('notice-already-issued');
    case 'AllocateFunds':
      return refusedAs('allocation-already-exists');
    default:
      return false;
  }
};

/** Row by row, where the plan and the notice in the ledger disagree. */
const differencesFromRecorded = async (
  { notice, issue }: PlannedImport,
  store: EventStore,
): Promise<readonly PlanFault[]> => {
  const first = store.readStream(`notice-${notice.noticeId}`, { limit: 1 });
  for await (const { type, data, meta } of first) {
    if (type !== 'NoticeIssued') break;
    const sameDay = meta['occurredOn'] === issue.occurredOn;
    if (sameDay && canonicalJson(toFenJson(notice)) === canonicalJson(data)) break;
    // Written from a Notice by this very function's counterpart.
    const recorded = data as unknown as RecordedNotice;
    const rows = rowDifferences(recorded, notice);
    return rows.length > 0 ? rows : [HEAD_DIFFERS];
  }
  return [];
};

interface RecordedNotice {
  readonly annexes: readonly {
    readonly annex: string;
    readonly lines: readonly { readonly row: number; readonly amountFen: number }[];
  }[];
}

const rowDifferences = (recorded: RecordedNotice, planned: Notice): readonly PlanFault[] => {
  const before = new Map(
    recorded.annexes.flatMap(({ annex, lines }) =>
      lines.map((line) => [`${annex}/${line.row}`, BigInt(line.amountFen)] as const),
    ),
  );
  return planned.annexes.flatMap(({ annex, lines }, index) =>
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
};

const HEAD_DIFFERS: PlanFault = {
  at: '/notice',
  zh: '台账已有此文件,但内容(日期、标题、依据、地点或项目)与计划不同。',
  en: 'The ledger holds this notice with other content (date, title, basis, place or project).',
};
