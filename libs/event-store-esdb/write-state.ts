import type { Outage } from '#event-store/outage';

/** Whether the cluster takes writes, as far as this process knows. */
export interface WriteState {
  /** Undefined while it does. */
  readonly outage: Outage | undefined;
  /** Appends whose outcome is not known yet; they are asked about until it is. */
  readonly inDoubt: number;
}

/** What happens to calls, as far as it says something of the cluster. */
export type Sign =
  /** No leader was found, or it did not answer in time. */
  | { readonly kind: 'failed'; readonly why: Outage }
  /** An append was answered, whether it was taken or not. */
  | { readonly kind: 'answered' }
  /** A leader answers a question. That it takes writes is known when those in doubt are settled. */
  | { readonly kind: 'leader-found' }
  | { readonly kind: 'doubt-began' }
  | { readonly kind: 'doubt-ended' };

export const TAKING: WriteState = { outage: undefined, inDoubt: 0 };

/** The state after a sign. An outage keeps the reason it began with. */
export const after = (state: WriteState, sign: Sign): WriteState => {
  switch (sign.kind) {
    case 'failed':
      return { ...state, outage: state.outage ?? sign.why };
    case 'answered':
      return { ...state, outage: undefined };
    case 'leader-found':
      return state.inDoubt === 0 ? { ...state, outage: undefined } : state;
    case 'doubt-began':
      return { ...state, inDoubt: state.inDoubt + 1 };
    case 'doubt-ended':
      return { ...state, inDoubt: state.inDoubt - 1 };
  }
};
