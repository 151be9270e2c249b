import type { Actor, Attachment } from '#ledger/context';
import type { PaymentStage } from '#ledger/fund/fund-events';
import type { Account } from '#ledger/fund/transfer';
import type { ReadDatabase } from '#projections/engine/read-database';
import type { Correction } from '#projections/corrections/query';
import { allocation, notice } from '#projections/allocation-register/query';
import { place } from '#projections/place-directory/query';

/** The way of one allocation's money: 资金链条. Amounts in fen. */
export interface Chain extends ChainHead {
  /** In the order of the log. */
  readonly hops: readonly Hop[];
  /** Hops that were left out because there were too many. */
  readonly more: number;
  /** Where all of it is: allocated = unarrived + on hand + paid + returned + advance, which is below zero. */
  readonly flow: Flow;
}

/** The row of the document that an allocation's money comes from. */
export interface ChainHead {
  readonly allocationId: string;
  readonly documentNumber: string;
  readonly title: string;
  readonly issuer: string;
  readonly issuedOn: string;
  /** Document numbers it relies on, separated by 、. */
  readonly basis: string;
  readonly annex: string;
  readonly row: number;
  readonly statedText: string | null;
  readonly projectName: string | null;
  readonly projectType: string | null;
  readonly implementer: string | null;
  /** Names from the county down to the place. */
  readonly place: readonly string[];
}

export type Flow = Readonly<Record<Exclude<Account, 'source'>, number>> & {
  readonly allocated: number;
};

/** One step on the way of money, or of what was made of it. */
export interface Hop {
  readonly kind: HopKind;
  readonly from: HopEnd;
  readonly to: HopEnd;
  /** Absent where no money moves, as at an acceptance. */
  readonly amountFen?: number;
  readonly event: HopEvent;
  readonly voucher?: string;
  /** How far what was paid for had got. */
  readonly stage?: PaymentStage;
  /** Why money went back, or the approval of a change. */
  readonly remark?: string;
  /** The payment that a reversal takes back. */
  readonly ofPayment?: string;
  readonly paymentId?: string;
  readonly payeeId?: string;
  /** The arrivals that a payment was paid from, the oldest first. */
  readonly lots?: readonly { readonly arrivalPosition: number; readonly fen: number }[];
  readonly attachments?: readonly Attachment[];
  /** The event that it takes back, where it is a reversal. */
  readonly corrects?: readonly Correction[];
  /** Events that take it back, in whole or in part. */
  readonly correctedBy?: readonly Correction[];
}

export type HopKind =
  | 'allocated'
  | 'adjusted'
  | 'arrived'
  | 'released'
  | 'paid'
  | 'repaid'
  | 'reversed'
  | 'returned'
  | 'recalled'
  | 'milestone'
  | 'asset'
  | 'benefit';

/** Where a hop begins or ends: an account by its code, or what is named beside it. */
export type HopEnd =
  | {
      readonly kind: 'notice' | 'quota' | 'treasury' | 'unit' | 'returned' | 'recalled' | 'advance';
    }
  | { readonly kind: 'project' | 'started' | 'completed' | 'accepted' | 'asset' | 'households' }
  /** A unit by its name, where money is released to it. */
  | { readonly kind: 'unit'; readonly name: string }
  /** The document of an adjustment that has several other sides. */
  | { readonly kind: 'adjustment'; readonly adjustmentId: string }
  /** The other side of an adjustment; without an id where the document does not name it. */
  | { readonly kind: 'allocation'; readonly allocationId?: string }
  /** The name is null for a person, whose name is not in the ledger. */
  | { readonly kind: 'payee'; readonly payeeId: string; readonly name: string | null }
  | { readonly kind: 'asset'; readonly name: string; readonly keeper: string }
  | { readonly kind: 'households'; readonly count: number };

export interface HopEvent {
  readonly id: string;
  readonly position: number;
  readonly type: string;
  readonly occurredOn: string;
  readonly recordedAt: string;
  readonly actor: Actor;
}

/** Throws where an allocation has no document. */
export const chainHead = (db: ReadDatabase, allocationId: string): ChainHead => {
  const line = allocation(db, allocationId);
  const document = line && notice(db, line.noticeId);
  if (line === undefined || document === undefined) {
    throw new Error(`Allocation ${allocationId} has no document.`);
  }
  return {
    allocationId,
    documentNumber: document.documentNumber,
    title: document.title,
    issuer: document.issuer,
    issuedOn: document.issuedOn,
    basis: document.basis,
    annex: line.annex,
    row: line.line,
    statedText: line.statedText,
    projectName: line.projectName,
    projectType: line.projectType,
    implementer: line.implementer,
    place: place(db, line.placeId)?.path ?? [],
  };
};
