import type { CommandOf } from '../decision.ts';
import type { PayeeIdentity } from './payee-events.ts';

/** What may be asked of a payee. */
export type PayeeCommand = RegisterPayee | ChangePayee;

export type RegisterPayee = CommandOf<'RegisterPayee', PayeeIdentity>;
export type ChangePayee = CommandOf<'ChangePayee', PayeeIdentity>;
