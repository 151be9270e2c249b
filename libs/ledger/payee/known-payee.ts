/** A payee as it was last described. */
export interface KnownPayee {
  readonly payeeId: string;
  readonly kind: string;
  /** Organisations only. */
  readonly name?: string;
  readonly creditCode?: string;
}

/** Every payee of a ledger by its id: what rules about several payees read. */
export type KnownPayees = Map<string, KnownPayee>;
