import type { BusinessDate } from '../calendar.ts';
import type { WithMergers } from '../mergers/known-mergers.ts';

/** What makes a payee the one that it is, beside its id. */
export interface PayeeDescription {
  readonly kind: string;
  /** Organisations only. */
  readonly name?: string;
  readonly creditCode?: string;
}

/** A payee as it was last described, and all that was said of its mergers. */
export interface KnownPayee extends PayeeDescription, WithMergers {
  readonly payeeId: string;
  readonly registeredOn: BusinessDate;
}

/** Every payee of a ledger by its id: what rules about several payees read. */
export interface KnownPayees {
  readonly byId: Map<string, KnownPayee>;
  /** Those that were ever merged: few, so that no payment looks through all. */
  readonly everMerged: Map<string, KnownPayee>;
}

export const noPayees = (): KnownPayees => ({ byId: new Map(), everMerged: new Map() });
