import type { CommandOf } from '../decision.ts';
import type { PayeeIdentity, PayeeMerger, PayeeMergerRevocation } from './payee-events.ts';

/** What may be asked of a payee. */
export type PayeeCommand = RegisterPayee | ChangePayee | MergePayee | RevokePayeeMerger;

export type RegisterPayee = CommandOf<'RegisterPayee', PayeeIdentity>;
export type ChangePayee = CommandOf<'ChangePayee', PayeeIdentity>;
export type MergePayee = CommandOf<'MergePayee', PayeeMerger>;
/** A payee has one merger at most, so the command need not name its event. */
export type RevokePayeeMerger = CommandOf<
  'RevokePayeeMerger',
  Omit<PayeeMergerRevocation, 'reversedEventId'>
>;
