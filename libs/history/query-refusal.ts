import type { Halt } from '#projections/engine/generation';
import type { AsOfFault } from './as-of/as-of-request.ts';
import type { UnknownHandle } from './questions/handle.ts';
import type { Hit } from './trace/search.ts';

/** Why a question has no answer. */
export type QueryRefusal =
  /** The point it asks about, or the earlier one it compares with, is named wrongly. */
  | {
      readonly kind: 'faulty-point';
      readonly which: 'point' | 'earlier-point';
      readonly faults: readonly AsOfFault[];
    }
  /** A view that the answer is read from goes no further, so it would be an answer of another day. */
  | { readonly kind: 'halted'; readonly view: string; readonly halt: Halt }
  | {
      readonly kind: 'not-found';
      readonly what: 'place' | 'allocation' | 'notice' | 'payee' | 'adjustment';
    }
  | { readonly kind: 'unknown-handle'; readonly handle: UnknownHandle }
  | { readonly kind: 'unknown-subject'; readonly text: string }
  | { readonly kind: 'ambiguous-subject'; readonly text: string; readonly hits: readonly Hit[] };
