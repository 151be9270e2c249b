import { newId, voucherIdOf } from '#event-codec/ids';
import { contentHashOf } from '#event-codec/encode';
import { handleCommand, type CommandOutcome } from '#event-store/handle-command';
import { retryRaced } from '#event-store/retry-raced';
import type { EventStore } from '#event-store/port';
import type { CommandContext } from '#ledger/context';
import type { CommandNamed } from '#ledger/fund/fund-commands';
import type { FundState } from '#ledger/fund/fund-state';
import { oneWith } from '#ledger/payee/known-payees';
import { pathOf } from '#ledger/place/known-places';
import type { Refusal } from '#ledger/refusals';
import { foldVoucher } from '#ledger/voucher/slip';
import type { Claim } from '#ledger/voucher/voucher-events';
import type { VoucherCommand } from '#ledger/voucher/voucher-commands';
import type { Clock } from './clock.ts';
import { madePayment, type MadePayment } from './earlier-event.ts';
import { inTurnByName } from './in-turn.ts';
import type { PayeeRegister } from './payee-register.ts';
import type { PaymentsOnVouchers } from './payments-on-vouchers.ts';
import type { PlaceRegister } from './place-register.ts';
import { rulesFor, type AnyRules, type Streams } from './stream-rules.ts';

type Outcome = CommandOutcome<Refusal>;
type Asked = Omit<CommandContext, 'recordedAt'>;

export interface PayingOnce {
  readonly store: EventStore;
  readonly streams: Streams;
  readonly payments: PaymentsOnVouchers;
  readonly payees: PayeeRegister;
  readonly register: PlaceRegister;
  readonly clock: Clock;
}

/** Carries a payment out, by the rules of its stream or by others. */
export type CarryOut = (change?: (rules: AnyRules) => AnyRules) => Promise<Outcome>;

export type PayOnce = (
  command: CommandNamed<'DisburseFunds'>,
  asked: Asked,
  carryOut: CarryOut,
) => Promise<Outcome>;

/**
 * One slip, one payment. Payments on a slip take turns within this process, and each looks for an earlier
 * one in the log; where other machines write too, it claims the slip first, on a stream of the slip's own,
 * and frees it when it was not made. Payees that are merged are one payee: the slip is looked for, and claimed,
 * under each of them, so that a machine that has not heard of the merger yet meets the same claim. A payment that is in its stream already is carried out as it is: a
 * repeated command is then answered as before.
 */
export const payOnce = (ledger: PayingOnce): PayOnce => {
  const inTurn = inTurnByName();
  const attempt: PayOnce = async (command, asked, carryOut) => {
    const { state, commands } = await ledger.streams.fund.open(`fund-${command.data.allocationId}`);
    // States of funds are those of their decider.
    const claim = claimOf(command, state as FundState);
    const isKnown =
      (state as FundState).payments.has(command.data.paymentId) ||
      typeof commands.find(asked.commandId) === 'object';
    if (claim === undefined || isKnown) return carryOut(withoutPaying);
    // Of whatever payee: two that take turns here may be merged in between.
    return inTurn(`${claim.amountFen} ${foldVoucher(claim.voucher)}`, async () => {
      const claims = await claimsAlike(ledger, claim);
      const earlier = await earlierPayment(ledger, claims);
      if (earlier !== undefined) return alreadyPaid(ledger, claim, earlier);
      return ledger.store.isShared
        ? payClaimed(ledger, { claim, claims }, asked, carryOut)
        : carryOut();
    });
  };
  return async (...payment) => {
    let outcome = await attempt(...payment);
    while (isNotLookedAt(outcome)) outcome = await attempt(...payment);
    return outcome;
  };
};

/** The rules, but a payment that they accept is not made: its slip was not looked at. */
const withoutPaying = (rules: AnyRules): AnyRules => ({
  ...rules,
  decide: (command, state) => {
    const decision = rules.decide(command, state);
    return decision.kind === 'accepted' ? NOT_LOOKED_AT : decision;
  },
});

/** Never answered: the payment is looked at once more, with what made it acceptable. */
const NOT_LOOKED_AT = {
  kind: 'refused',
  refusal: { code: 'request-not-found', requestId: '' },
  events: [],
} as const;

const isNotLookedAt = (outcome: Outcome): boolean =>
  outcome.kind === 'refused' && outcome.refusal === NOT_LOOKED_AT.refusal;

/** The slip as the payment names it; undefined where the payment has no request, and will be refused. */
const claimOf = (
  { data }: CommandNamed<'DisburseFunds'>,
  { requests }: FundState,
): Claim | undefined => {
  const asked = data.ground === 'statement' ? data : requests.get(data.requestId)?.asked;
  if (asked === undefined) return undefined;
  const { payeeId, amountFen } = asked;
  const { allocationId, paymentId, voucher, voucherReason: reason } = data;
  const voucherId = voucherIdOf(voucher, payeeId, amountFen);
  const claim = { voucherId, kind: 'payment', voucher, payeeId, amountFen } as const;
  return { ...claim, allocationId, paymentId, ...(reason === undefined ? {} : { reason }) };
};

/**
 * The claim under every payee that is one with its own, by their ids: on every machine in the same order,
 * so that of two payments that claim several slips one goes on.
 */
const claimsAlike = async ({ payees }: PayingOnce, claim: Claim): Promise<readonly Claim[]> =>
  oneWith(await payees.upToDate(), claim.payeeId).map((payeeId) => ({
    ...claim,
    payeeId,
    voucherId: voucherIdOf(claim.voucher, payeeId, claim.amountFen),
  }));

/** Another payment on the slip that was made and not taken back in whole; none where a reason is given. */
const earlierPayment = async (
  { store, payments }: PayingOnce,
  claims: readonly Claim[],
): Promise<MadePayment | undefined> => {
  for (const { voucherId, paymentId, reason } of claims) {
    if (reason !== undefined) continue;
    for (const reference of await payments.find(voucherId)) {
      if (reference.paymentId === paymentId) continue;
      const made = await madePayment(store, reference);
      if (made?.isTakenBack === false) return made;
    }
  }
  return undefined;
};

const alreadyPaid = async (
  { register }: Pick<PayingOnce, 'register'>,
  { voucher, payeeId, amountFen }: Claim,
  { paymentId, allocationId, occurredOn, position, placeId }: MadePayment,
): Promise<Outcome> => {
  const place = pathOf(await register.upToDate(), placeId);
  const by = { paymentId, allocationId, occurredOn, position, place };
  const code = 'voucher-already-paid';
  return { kind: 'refused', refusal: { code, voucher, payeeId, amountFen, ...by } };
};

const payClaimed = async (
  ledger: PayingOnce,
  { claim: own, claims }: ClaimsOfPayment,
  asked: Asked,
  carryOut: CarryOut,
): Promise<Outcome> => {
  const claimed: Claimed[] = [];
  for (const claim of claims) {
    const outcome = await claimVoucher(ledger, claim, asked);
    if (!('revision' in outcome)) {
      await freeClaims(ledger, claimed, notMade(outcome) ?? 'unavailable', asked);
      return outcome;
    }
    claimed.push({ claim, revision: outcome.revision });
  }
  // Another machine may have paid on the slip between the look above and the claim, and without a claim.
  const earlier = await earlierPayment(ledger, claims);
  const outcome = earlier === undefined ? await carryOut() : undefined;
  const why = outcome === undefined ? 'voucher-already-paid' : notMade(outcome);
  if (why !== undefined) await freeClaims(ledger, claimed, why, asked);
  return outcome ?? alreadyPaid(ledger, own, earlier ?? never());
};

interface ClaimsOfPayment {
  /** Under the payee that the payment names. */
  readonly claim: Claim;
  /** That one, and those under the payees that are one with it. */
  readonly claims: readonly Claim[];
}

/** A claim that was made, and the revision of its slip's stream after it. */
interface Claimed {
  readonly claim: Claim;
  readonly revision: bigint;
}

const freeClaims = async (
  ledger: PayingOnce,
  claimed: readonly Claimed[],
  why: string,
  asked: Asked,
): Promise<void> => {
  for (const { claim, revision } of claimed) {
    const { voucherId, paymentId } = claim;
    const command = { type: 'FreeVoucher', data: { voucherId, paymentId, why } } as const;
    // Only if nothing came after this claim: a claim of a later try of the same payment holds.
    await onVoucher(ledger, voucherId, command, asked, revision);
  }
};

const never = (): never => {
  throw new Error('A payment is carried out unless an earlier one was found.');
};

/** Why a payment was not made, where that is certain. */
const notMade = (outcome: Outcome): string | undefined => {
  switch (outcome.kind) {
    case 'happened':
    case 'repeated':
      return undefined;
    case 'refused':
      return outcome.refusal.code;
    case 'failed':
      return outcome.failure.kind === 'unavailable' ? undefined : outcome.failure.kind;
    case 'conflicting':
    case 'stale':
    case 'raced':
      return outcome.kind;
  }
};

/** Claims the slip, past the claims of payments that were taken back since. */
const claimVoucher = async (ledger: PayingOnce, claim: Claim, asked: Asked): Promise<Outcome> => {
  const takenBack: string[] = [];
  for (;;) {
    const command = { type: 'ClaimVoucher', data: { ...claim, takenBack } } as const;
    const outcome = await onVoucher(ledger, claim.voucherId, command, asked);
    if (outcome.kind !== 'refused' || outcome.refusal.code !== 'voucher-claimed') return outcome;
    const made = await madePayment(ledger.store, outcome.refusal);
    if (made === undefined) return outcome;
    if (!made.isTakenBack) return alreadyPaid(ledger, claim, made);
    takenBack.push(made.paymentId);
  }
};

const onVoucher = (
  { store, streams, clock }: PayingOnce,
  voucherId: string,
  command: VoucherCommand,
  asked: Asked,
  ifRevision?: bigint,
): Promise<Outcome> => {
  const contentHash = contentHashOf(command, asked.occurredOn);
  const key = {
    commandId: newId(),
    contentHash,
    ...(ifRevision === undefined ? {} : { ifRevision }),
  };
  const { commandId } = key;
  const correlationId = asked.correlationId ?? asked.commandId;
  const rules = rulesFor('voucher', { ...asked, commandId, correlationId }, contentHash, clock);
  const stream = `voucher-${voucherId}`;
  return retryRaced(() => handleCommand(store, streams.voucher, stream, rules, command, key));
};
