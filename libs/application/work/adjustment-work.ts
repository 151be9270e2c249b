import { allocationIdOf, commandIdOf } from '#event-codec/ids';
import { adjustmentDecider } from '#ledger/adjustment/adjustment-decider';
import type {
  AdjustmentDocument,
  AdjustmentEvent,
  AdjustmentLeg,
} from '#ledger/adjustment/adjustment-events';
import type { AdjustmentState } from '#ledger/adjustment/adjustment-state';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import type { RefusalCode } from '#ledger/refusals';
import type { RefusedStep, Stage, Step, WorkKind } from './work.ts';

/** The step that opens the allocation of a row, if that row stands in its notice and may be opened. */
export type OpenLine = (line: NonNullable<AdjustmentLeg['line']>) => Promise<Step | undefined>;

/**
 * An adjustment: what legs take is reserved first, then what legs give; that all legs are reserved, or
 * that one was refused, is recorded once; then all are applied, or all reservations released.
 */
export const adjustmentWork = (openLine: OpenLine): WorkKind => ({
  next: async (events) => {
    const adjustment = stateAfter(events);
    switch (adjustment.status) {
      case 'none':
      case 'waiting':
        return undefined;
      case 'reserving':
        return reserve(adjustment.document, openLine);
      case 'applying':
        return {
          steps: applySteps(adjustment.document),
          end: () => ending(adjustment, 'complete'),
        };
      case 'releasing':
        return {
          steps: releaseSteps(adjustment.document),
          end: () => ending(adjustment, 'abandon'),
        };
      case 'completed':
        // Every step answers where it was recorded.
        return { steps: applySteps(adjustment.document) };
      case 'abandoned':
        // Another node may have reserved a leg after the document was given up.
        return { steps: releaseSteps(adjustment.document) };
      default:
        return adjustment satisfies never;
    }
  },
});

const stateAfter = (events: readonly RecordedLedgerEvent[]): AdjustmentState =>
  events.reduce(
    // The stream of an adjustment holds its events only.
    (state, event) =>
      adjustmentDecider.evolve(state, event as AdjustmentEvent & typeof event, event),
    adjustmentDecider.initialState(),
  );

const reserve = async (document: AdjustmentDocument, openLine: OpenLine): Promise<Stage> => {
  const { legs, adjustmentId } = document;
  const decreases = legs.filter(({ direction }) => direction === 'decrease');
  const increases = legs.filter(({ direction }) => direction === 'increase');
  const opened = await Promise.all(legs.map((leg) => openingOf(leg, openLine)));
  return {
    mayBeRefused: true,
    steps: [
      ...opened.flat(),
      ...[...decreases, ...increases].map((leg) => reserveStep(document, leg)),
    ],
    end: (refused) => ({
      commandId: idOf(adjustmentId, refused === undefined ? 'resolve' : 'give-up'),
      command: {
        type: 'ResolveAdjustment',
        data:
          refused === undefined
            ? { adjustmentId, outcome: 'apply' }
            : { adjustmentId, outcome: 'release', refused: refusedLeg(document, refused) },
      },
    }),
  };
};

/** A row that an earlier release allocated under another id is open already. */
const openingOf = async (
  { line, allocationId }: AdjustmentLeg,
  openLine: OpenLine,
): Promise<readonly Step[]> => {
  if (line === undefined) return [];
  if (allocationId !== allocationIdOf(line.noticeId, line.annex, line.row)) return [];
  const step = await openLine(line);
  return step === undefined ? [] : [step];
};

const reserveStep = ({ adjustmentId }: AdjustmentDocument, leg: AdjustmentLeg): Step => {
  const { ordinal, allocationId, direction, account, amountFen } = leg;
  return {
    commandId: idOf(adjustmentId, 'reserve', ordinal),
    command: {
      type: 'ReserveAdjustment',
      data: { adjustmentId, ordinal, allocationId, direction, account, amountFen },
    },
  };
};

const applySteps = ({ adjustmentId, approval, legs }: AdjustmentDocument): readonly Step[] =>
  legs.map(({ ordinal, allocationId, direction, account, amountFen }) => ({
    commandId: idOf(adjustmentId, 'apply', ordinal),
    command: {
      type: 'AdjustAllocation',
      data: {
        ...{ adjustmentId, ordinal, allocationId, direction, account, amountFen, approval },
        ...counterpartOf(legs, allocationId),
      },
    },
  }));

/** Of two legs, each is the other's counterpart. */
const counterpartOf = (legs: readonly AdjustmentLeg[], allocationId: string) => {
  const other = legs.find((leg) => leg.allocationId !== allocationId);
  return legs.length === 2 && other !== undefined
    ? { counterpartAllocationId: other.allocationId }
    : {};
};

/** An allocation that refused to reserve a leg for one of these reasons has nothing to release. */
const NOT_RESERVED: readonly RefusalCode[] = [
  'leg-not-reserved',
  'allocation-not-found',
  'allocation-is-closed',
  'allocation-is-void',
  'dated-before-its-fact',
];

const releaseSteps = ({ adjustmentId, legs }: AdjustmentDocument): readonly Step[] =>
  legs.flatMap(({ ordinal, allocationId }) => [
    {
      commandId: idOf(adjustmentId, 'release', ordinal),
      command: {
        type: 'ReleaseAdjustmentReservation',
        data: { adjustmentId, ordinal, allocationId },
      },
      takenIf: NOT_RESERVED,
    },
  ]);

const refusedLeg = ({ legs }: AdjustmentDocument, { step, refusal }: RefusedStep) => {
  const { data } = step.command;
  const isOfStep = (leg: AdjustmentLeg): boolean =>
    'ordinal' in data
      ? leg.ordinal === data.ordinal
      : 'allocationId' in data && leg.allocationId === data.allocationId;
  const ordinal = legs.find(isOfStep)?.ordinal;
  if (ordinal === undefined) throw new Error('A step that was refused is of no leg.');
  return { ordinal, refusal: refusal.code };
};

const ending = (
  { document: { adjustmentId } }: { readonly document: AdjustmentDocument },
  verb: 'complete' | 'abandon',
): Step => ({
  commandId: idOf(adjustmentId, verb),
  command: {
    type: verb === 'complete' ? 'CompleteAdjustment' : 'AbandonAdjustment',
    data: { adjustmentId },
  },
});

const idOf = (adjustmentId: string, step: string, ordinal?: number): string =>
  commandIdOf('adjustment', adjustmentId, step, ...(ordinal === undefined ? [] : [`${ordinal}`]));
