/** What the rules need to know of one payee. */
export interface PayeeState {
  readonly registered: boolean;
  /** The payee into which this one was merged. */
  readonly mergedInto?: string;
}

export const noPayee = (): PayeeState => ({ registered: false });
