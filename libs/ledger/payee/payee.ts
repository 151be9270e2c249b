import { isCreditCode, type CreditCode } from '../credit-code.ts';
import type { CommandOf, Decider, Decision, EventOf } from '../decision.ts';
import { accept, inFuture, refuse } from '../decision.ts';

/** `payee-<id>`: who may be paid. A person appears as an opaque id and a commitment, never in clear. */
export type PayeeEvent =
  EventOf<'PayeeRegistered', PayeeIdentity> | EventOf<'PayeeChanged', PayeeIdentity>;

export type PayeeCommand =
  CommandOf<'RegisterPayee', PayeeIdentity> | CommandOf<'ChangePayee', PayeeIdentity>;

export const PAYEE_KINDS = [
  'enterprise',
  'cooperative',
  'villageCollective',
  'government',
  'person',
] as const;
export type PayeeKind = (typeof PAYEE_KINDS)[number];

export interface PayeeIdentity {
  readonly payeeId: string;
  readonly kind: PayeeKind;
  /** Organisations only. */
  readonly name?: string;
  /** Organisations only; checked against GB 32100. */
  readonly creditCode?: CreditCode;
  /** SHA-256 over a salt and the personal or account data kept outside the ledger, in hexadecimal. */
  readonly commitment?: string;
}

export interface PayeeState {
  readonly registered: boolean;
}

export const payeeDecider: Decider<PayeeCommand, PayeeState, PayeeEvent> = {
  initialState: () => ({ registered: false }),

  decide: ({ type, data }, payee, context) => {
    const { payeeId } = data;
    if (inFuture(context)) {
      return refuse({ code: 'business-date-in-future', occurredOn: context.occurredOn });
    }
    switch (type) {
      case 'RegisterPayee':
        return payee.registered
          ? refuse({ code: 'payee-already-registered', payeeId })
          : withSoundIdentity('PayeeRegistered', data);
      case 'ChangePayee':
        return payee.registered
          ? withSoundIdentity('PayeeChanged', data)
          : refuse({ code: 'payee-not-registered', payeeId });
    }
  },

  evolve: (_payee, event) => {
    switch (event.type) {
      case 'PayeeRegistered':
      case 'PayeeChanged':
        return { registered: true };
    }
  },
};

const withSoundIdentity = (type: PayeeEvent['type'], data: PayeeIdentity): Decision<PayeeEvent> => {
  const { payeeId, kind, name, creditCode } = data;
  if (kind === 'person' && (name !== undefined || creditCode !== undefined)) {
    return refuse({ code: 'person-in-clear', payeeId });
  }
  if (kind !== 'person' && name === undefined) {
    return refuse({ code: 'organisation-without-name', payeeId });
  }
  if (creditCode !== undefined && !isCreditCode(creditCode)) {
    return refuse({ code: 'credit-code-wrong', creditCode });
  }
  return accept({ type, data });
};
