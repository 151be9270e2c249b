/** What the rules need to know of one payee. */
export interface PayeeState {
  readonly registered: boolean;
}

export const noPayee = (): PayeeState => ({ registered: false });
