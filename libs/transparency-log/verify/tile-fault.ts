import type { Suspect } from './suspect.ts';

/** What is wrong with tiles that were published. */
export type TileFault =
  /** With the first event whose leaf differs, where the tile holds leaves and the ledger is at hand. */
  | { readonly kind: 'tile-altered'; readonly path: string; readonly event?: Suspect }
  | { readonly kind: 'tile-missing'; readonly path: string }
  /** A file that is no tile of this tree. */
  | { readonly kind: 'tile-foreign'; readonly path: string }
  /** The checkpoint beside the tiles is missing or no checkpoint. */
  | { readonly kind: 'checkpoint-unreadable' }
  /** It bears no good signature of this log, or one that this log does not know. */
  | { readonly kind: 'checkpoint-unsigned' }
  /** It is signed, and of another tree. */
  | { readonly kind: 'checkpoint-differs'; readonly size: number };
