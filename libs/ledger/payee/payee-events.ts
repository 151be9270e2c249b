import type { CreditCode } from '../credit-code.ts';
import type { EventOf } from '../decision.ts';

/** `payee-<id>` 收款人: who may be paid. A person appears as an opaque id and a commitment, never in clear. */
export type PayeeEvent =
  | EventOf<'PayeeRegistered', PayeeIdentity> // 登记
  | EventOf<'PayeeChanged', PayeeIdentity> // 变更: the whole identity anew
  | EventOf<'PayeeMerged', PayeeMerger> // 并入
  | EventOf<'PayeeMergerRevoked', PayeeMergerRevocation>; // 撤销并入

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

export interface PayeeMerger {
  readonly payeeId: string;
  /** The payee that continues, of the same kind; what was paid to the merged payee is shown as paid to it. */
  readonly intoPayeeId: string;
  /** Why they are one, such as registered twice or 吸收合并. */
  readonly reason: string;
}

export interface PayeeMergerRevocation {
  readonly payeeId: string;
  /** The `PayeeMerged` event that is taken back. */
  readonly reversedEventId: string;
  readonly reason: string;
}
