import { toLedgerEvent } from '#event-codec/decode';
import type { EventStore } from '#event-store/port';
import type { BusinessDate } from '#ledger/calendar';
import type { Actor } from '#ledger/context';
import type { NoticeWithdrawal } from '#ledger/notice/notice-events';
import { refusalSentence } from '#presentation/refusal-sentence';
import type { Sentence } from '#presentation/event-sentence';
import type { ReadDatabase } from '#projections/engine/read-database';
import { announcementsCovering } from '#projections/announcement-board/query';
import {
  notPermitted,
  notRecorded,
  type Entry,
  type NotRecorded,
  type Recorded,
} from '../commands/command-result.ts';
import type { Execute } from '../commands/envelope.ts';
import { issueCommands } from '../commands/issue-commands.ts';
import type { CarryOut } from '../work/worker.ts';
import { rowsOfNotice, type RowOfNotice } from './rows-of-notice.ts';

/** Who withdraws which notice, and when. */
export interface WithdrawalRequest {
  readonly entry: Entry;
  readonly actor: Actor;
  readonly noticeId: string;
  readonly key: string;
  readonly occurredOn: BusinessDate;
  readonly reason: string;
  /** Only if the notice is at this revision. */
  readonly ifRevision?: bigint;
  /** All or nothing: refused while anything else was recorded of a row. */
  readonly isTakeBack: boolean;
}

/** A row that stays, and why. */
export interface KeptRow extends Pick<RowOfNotice, 'allocationId' | 'annex' | 'row'> {
  readonly sentence: Sentence;
}

export type WithdrawalResult =
  | NotRecorded
  | {
      readonly kind: 'withdrawn';
      readonly recorded: Recorded;
      /** Allocations that are void now, in the order of the rows. */
      readonly voided: readonly Pick<RowOfNotice, 'allocationId' | 'annex' | 'row'>[];
      readonly kept: readonly KeptRow[];
    }
  /** Rows with something recorded that the import did not; nothing was changed. */
  | { readonly kind: 'in-use'; readonly rows: readonly UsedRow[] };

export interface UsedRow extends Pick<RowOfNotice, 'allocationId' | 'annex' | 'row' | 'others'> {
  /** Announcements that name it and were not withdrawn. */
  readonly announcementIds: readonly string[];
}

interface WithdrawingLedger {
  readonly store: EventStore;
  readonly execute: Execute;
  readonly carryOut: CarryOut;
  readonly views: { readonly db: ReadDatabase };
}

/**
 * Withdraws a notice and voids its rows of which nothing has arrived; rows with money stay. Asking again
 * under the same key goes on with it, and so does the next start after a crash.
 */
export const withdrawNotice = async (
  ledger: WithdrawingLedger,
  asked: WithdrawalRequest,
): Promise<WithdrawalResult> => {
  const { entry, actor, noticeId, key, occurredOn, reason, ifRevision, isTakeBack } = asked;
  const denied = notPermitted(actor, 'WithdrawNotice');
  if (denied !== undefined) return denied;
  const { store, execute, carryOut, views } = ledger;
  const judge = () => rowsOfNotice(store, views.db, noticeId, { actor, occurredOn });
  const rows = await judge();
  const before = await withdrawalOf(store, noticeId);
  if (isTakeBack && before === undefined) {
    const used = rows.flatMap((row) => usedRow(views.db, row));
    if (used.length > 0) return { kind: 'in-use', rows: used };
  }
  const voids = before?.voids ?? rows.filter(isVoidable).map(({ allocationId }) => allocationId);
  const result = await issueCommands(execute, {
    entry,
    actor,
    type: 'WithdrawNotice',
    read: () => ({
      key,
      occurredOn,
      ...(ifRevision === undefined ? {} : { ifRevision }),
      build: () => [
        {
          type: 'WithdrawNotice',
          data: { noticeId, reason, ...(voids.length > 0 && { voids }) },
        },
      ],
    }),
  });
  if (result.kind !== 'recorded') return result;
  const [recorded] = result.recorded;
  if (recorded === undefined) throw new Error('A withdrawal was answered with nothing.');
  const work = await carryOut(recorded.stream);
  if (work.kind === 'interrupted') return notRecorded(work.answer, entry);
  const after = await judge();
  return {
    kind: 'withdrawn',
    recorded,
    voided: after.filter(({ isVoid }) => isVoid),
    kept: after.flatMap(keptRow),
  };
};

const isVoidable = ({ refusal }: RowOfNotice): boolean => refusal === undefined;

const keptRow = ({ allocationId, annex, row, isVoid, refusal }: RowOfNotice): readonly KeptRow[] =>
  isVoid || refusal === undefined
    ? []
    : [{ allocationId, annex, row, sentence: refusalSentence(refusal) }];

/** A row in use: something else holds of it, an announcement names it, or its own rules keep it. */
const usedRow = (
  db: ReadDatabase,
  { allocationId, annex, row, others, isVoid, refusal }: RowOfNotice,
): readonly UsedRow[] => {
  const announcementIds = announcementsCovering(db, allocationId);
  const isKept = refusal !== undefined && !isVoid;
  return others.length > 0 || announcementIds.length > 0 || isKept
    ? [{ allocationId, annex, row, others, announcementIds }]
    : [];
};

/** The withdrawal that the log has; undefined while there is none. */
const withdrawalOf = async (
  store: EventStore,
  noticeId: string,
): Promise<NoticeWithdrawal | undefined> => {
  for await (const recorded of store.readStream(`notice-${noticeId}`)) {
    const event = toLedgerEvent(recorded);
    if (event.type === 'NoticeWithdrawn') return event.data;
  }
  return undefined;
};
