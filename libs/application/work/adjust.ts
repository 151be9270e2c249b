import type { EventStore } from '#event-store/port';
import { toLedgerEvent } from '#event-codec/decode';
import type { RefusedLeg, AdjustmentDocument } from '#ledger/adjustment/adjustment-events';
import type { BusinessDate } from '#ledger/calendar';
import { streamOf } from '#ledger/commands';
import type { Actor } from '#ledger/context';
import type { Refusal } from '#ledger/refusals';
import type { Sentence } from '#presentation/event-sentence';
import { adjustmentSentence, doubtSentence } from '#presentation/adjustment-sentence';
import { refusalSentence } from '#presentation/refusal-sentence';
import {
  notRecorded,
  type Entry,
  type NotRecorded,
  type Recorded,
} from '../commands/command-result.ts';
import type { Execute } from '../commands/envelope.ts';
import { issueCommands, type CommandIds } from '../commands/issue-commands.ts';
import { idsNamedLater } from '../commands/named-later.ts';
import type { TakenStep } from './carry-out.ts';
import type { CarryOut } from './worker.ts';

/** Who approves what; the rest is read once they may. */
export interface AdjustmentRequest {
  readonly entry: Entry;
  readonly actor: Actor;
  readonly read: () => ReadAdjustment;
}

export interface ReadAdjustment {
  readonly key: string;
  readonly occurredOn: BusinessDate;
  /** The document; or why there is none. */
  readonly build: (ids: CommandIds) => AdjustmentDocument | NotRecorded;
  /** Only if a stream is at this revision; a document that was recorded before is not judged by it again. */
  readonly ifAt?: { readonly stream: string; readonly revision: bigint };
}

/** What came of a document: recorded in any case but the first, and its money moved in one only. */
export type AdjustmentResult =
  | NotRecorded
  | {
      readonly kind: 'adjusted';
      readonly approved: Recorded;
      /** One for each leg, in their order. */
      readonly legs: readonly Recorded[];
    }
  | { readonly kind: 'waiting'; readonly approved: Recorded; readonly sentence: Sentence }
  | {
      readonly kind: 'abandoned';
      readonly approved: Recorded;
      readonly refused: RefusedLeg | undefined;
      readonly sentence: Sentence;
    };

interface AdjustedLedger {
  readonly store: EventStore;
  readonly execute: Execute;
  readonly carryOut: CarryOut;
}

/** Records an adjustment document and carries it out; asking again under the same key goes on with it. */
export const adjust = async (
  { store, execute, carryOut }: AdjustedLedger,
  { entry, actor, read }: AdjustmentRequest,
): Promise<AdjustmentResult> => {
  let ifAt: ReadAdjustment['ifAt'];
  const onlyIfThere: Execute = async (command, envelope) => {
    const isStale =
      ifAt !== undefined &&
      !(await hasEvents(store, streamOf(command))) &&
      (await revisionOf(store, ifAt.stream)) !== ifAt.revision;
    return isStale ? { kind: 'stale', actual: 'no_stream' } : execute(command, envelope);
  };
  const result = await issueCommands(onlyIfThere, {
    entry,
    actor,
    type: 'ApproveAdjustment',
    read: () => {
      const { build, ifAt: at, ...rest } = read();
      ifAt = at;
      return {
        ...rest,
        build: (ids) => {
          const data = build(ids);
          return 'kind' in data ? data : [{ type: 'ApproveAdjustment', data }];
        },
      };
    },
  });
  if (result.kind !== 'recorded') return result;
  const [approved] = result.recorded;
  if (approved === undefined) throw new Error('A document was answered with nothing.');
  const work = await carryOut(approved.stream);
  if (work.kind === 'interrupted') return notRecorded(work.answer, entry);
  return outcomeOf(store, approved, work.steps, work.refusal);
};

const hasEvents = async (store: EventStore, stream: string): Promise<boolean> =>
  (await revisionOf(store, stream)) !== undefined;

const revisionOf = async (store: EventStore, stream: string): Promise<bigint | undefined> => {
  for await (const newest of store.readStream(stream, { direction: 'backwards', limit: 1 })) {
    return newest.revision;
  }
  return undefined;
};

const outcomeOf = async (
  store: EventStore,
  approved: Recorded,
  steps: readonly TakenStep[],
  refusal: Refusal | undefined,
): Promise<AdjustmentResult> => {
  for await (const recorded of store.readStream(approved.stream, {
    direction: 'backwards',
    limit: 1,
  })) {
    const last = toLedgerEvent(recorded);
    switch (last.type) {
      case 'AdjustmentApproved': {
        const { doubt } = last.data;
        if (doubt === undefined) break;
        return { kind: 'waiting', approved, sentence: doubtSentence(doubt) };
      }
      case 'AdjustmentAbandoned': {
        const { ground } = last.data;
        const refused = ground.kind === 'refused' ? ground : undefined;
        const sentence = abandonedSentence(adjustmentSentence(last), refusal);
        return { kind: 'abandoned', approved, refused, sentence };
      }
      case 'AdjustmentCompleted':
        return { kind: 'adjusted', approved, legs: steps.flatMap(appliedLeg) };
      default:
        break;
    }
  }
  throw new Error(`The work of ${approved.stream} ended without an end.`);
};

const abandonedSentence = ({ zh, en }: Sentence, refusal: Refusal | undefined): Sentence => {
  if (refusal === undefined) return { zh: `${zh}。`, en: `${en}.` };
  const why = refusalSentence(refusal);
  return { zh: `${zh}:${why.zh}`, en: `${en}: ${why.en}` };
};

const appliedLeg = ({ step: { command }, answer }: TakenStep): readonly Recorded[] =>
  command.type === 'AdjustAllocation' && answer !== undefined
    ? [
        {
          outcome: answer.kind,
          type: command.type,
          stream: answer.stream,
          revision: Number(answer.revision),
          position: Number(answer.position),
          ids: idsNamedLater(command),
        },
      ]
    : [];
