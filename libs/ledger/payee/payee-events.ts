import type { CreditCode } from '../credit-code.ts';
import type { EventOf } from '../decision.ts';

/** `payee-<id>` 收款人: who may be paid. A person appears as an opaque id and a commitment, never in clear. */
export type PayeeEvent =
  | EventOf<'PayeeRegistered', PayeeIdentity> // 登记
  | EventOf<'PayeeChanged', PayeeIdentity>; // 变更: the whole identity anew

/** 企业, 合作社, 村集体, 政府单位, 个人. */
export const PAYEE_KINDS = [
  'enterprise',
  'cooperative',
  'villageCollective',
  'government',
  'person',
] as const;
export type PayeeKind = (typeof PAYEE_KINDS)[number];

export const isPayeeKind = (text: string): text is PayeeKind =>
  (PAYEE_KINDS as readonly string[]).includes(text);

export interface PayeeIdentity {
  readonly payeeId: string;
  readonly kind: PayeeKind;
  /** Organisations only. */
  readonly name?: string;
  /** Organisations only; checked against GB 32100. */
  readonly creditCode?: CreditCode;
  /** SHA-256 over a salt and the personal or account data stored outside the ledger, in hexadecimal. */
  readonly commitment?: string;
}
