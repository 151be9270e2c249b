import { hasCheckpoints, type LogIdentity } from '../checkpoints/checkpoint-files.ts';
import type { Verification } from './verify-log.ts';

/** How far signatures speak for a log. */
export type Coverage =
  | { readonly kind: 'whole' }
  /** Events after the last checkpoint: who can write to the file can add them, without a key. */
  | { readonly kind: 'tail-unsigned'; readonly events: number }
  | { readonly kind: 'nothing-signed' }
  /** Checkpoints are there, and no key to check them with: the log may be another than was signed. */
  | { readonly kind: 'key-missing' };

export const coverageOf = (
  directory: string,
  identity: LogIdentity | undefined,
  { events, signedThrough }: Pick<Verification, 'events' | 'signedThrough'>,
): Coverage => {
  if (identity === undefined && hasCheckpoints(directory)) return { kind: 'key-missing' };
  if (events === 0) return { kind: 'whole' };
  if (signedThrough === 0) return { kind: 'nothing-signed' };
  return events > signedThrough
    ? { kind: 'tail-unsigned', events: events - signedThrough }
    : { kind: 'whole' };
};
