import type { AdjustmentDocument, AdjustmentEvent } from './adjustment-events.ts';
import type { AdjustmentState } from './adjustment-state.ts';

/** The state after an event. */
export const evolve = (adjustment: AdjustmentState, event: AdjustmentEvent): AdjustmentState => {
  switch (event.type) {
    case 'AdjustmentApproved': {
      const { doubt, ...document } = event.data;
      return { status: doubt === undefined ? 'reserving' : 'waiting', document };
    }
    case 'AdjustmentResolved': {
      const document = documentOf(adjustment);
      const { refused } = event.data;
      return refused === undefined
        ? { status: 'applying', document }
        : { status: 'releasing', document, refused };
    }
    case 'AdjustmentCompleted':
      return { status: 'completed', document: documentOf(adjustment) };
    case 'AdjustmentAbandoned':
      return { status: 'abandoned', document: documentOf(adjustment) };
    default:
      return event satisfies never;
  }
};

const documentOf = (adjustment: AdjustmentState): AdjustmentDocument => {
  if (adjustment.status === 'none') throw new Error('The log ends an adjustment never approved.');
  return adjustment.document;
};
