import type { TileFault } from './tile-fault.ts';
import type { Suspect } from './suspect.ts';

/** What a verification finds: in the file, in what was signed of it, in what was published of it. */
export type VerificationFault = FileFault | SigningFault | TileFault;

export type FileFault =
  /** An event is not the one that was appended. */
  | { readonly kind: 'event-altered'; readonly event: Suspect }
  /** The event is as it was signed; the hash that stands beside it is not its own. */
  | { readonly kind: 'leaf-altered'; readonly event: Suspect }
  /** The event is as appended, but not its spelling, or what is taken out of it for the views. */
  | { readonly kind: 'row-altered'; readonly event: Suspect }
  /** The text of an event is no JSON any more. */
  | { readonly kind: 'unreadable'; readonly event: Suspect }
  /** Where an event should be there is none that can be read. */
  | { readonly kind: 'missing'; readonly position: number; readonly stream: string }
  /** A hash kept over these events is not the one that they give. */
  | { readonly kind: 'subtree-altered'; readonly from: number; readonly through: number }
  /** SQLite cannot vouch for the file, or its tables are not those that were made. */
  | { readonly kind: 'file-damaged'; readonly words: string };

export type SigningFault =
  /** The events are not those that were signed. */
  | { readonly kind: 'root-differs'; readonly size: number }
  | { readonly kind: 'signature-invalid'; readonly size: number }
  /** The log is shorter than a tree that was signed. */
  | { readonly kind: 'cut-short'; readonly size: number; readonly events: number }
  /** The checkpoint that somebody kept is of another history. */
  | { readonly kind: 'forked'; readonly size: number };
