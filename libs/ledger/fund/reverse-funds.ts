import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { lowestFrom } from './day-balances.ts';
import type { AmountToReverse } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import { beyondFundsOnHand } from './funds-on-hand.ts';
import { freeInTreasury, repayments, repaymentsTakenBack } from './pay-in-advance.ts';
import { reverseAmount } from './reversed-entry.ts';
import type { Transfer } from './transfer.ts';

type Asked = { readonly data: AmountToReverse };

/**
 * 冲回到账: the treasury must still have the money; an arrival that was spent stays. What it repaid of
 * advances is owed again.
 */
export const reverseArrival = (
  { data }: Asked,
  fund: FundState,
  context: CommandContext,
): Decision<FundEvent> =>
  reverseAmount(data, ['FundsArrived'], fund, context, (reversal) => {
    const { occurredOn } = context;
    const { amountFen } = reversal;
    const reversed: FundEvent = { type: 'ArrivalReversed', data: reversal };
    const refusal = beyondFundsOnHand(fund, 'treasury', amountFen, occurredOn);
    if (refusal === undefined) return accept(reversed);
    const sums = [freeInTreasury(fund), lowestFrom(fund.days, occurredOn, freeInTreasury).fen];
    const lackingFen = sums.map((fen) => amountFen - fen).reduce((a, b) => (a > b ? a : b));
    const owedAgain = repaymentsTakenBack(fund, lackingFen, reversal, occurredOn);
    return owedAgain.length === 0 ? refuse(refusal) : accept(...owedAgain, reversed);
  });

/** 冲回核拨: back from the unit, which must still have the money, to the treasury. */
export const reverseRelease = (
  { data }: Asked,
  fund: FundState,
  context: CommandContext,
): Decision<FundEvent> =>
  reverseAmount(data, ['FundsReleased'], fund, context, (reversal) => {
    const { amountFen } = reversal;
    const refusal = beyondFundsOnHand(fund, 'unit', amountFen, context.occurredOn);
    if (refusal !== undefined) return refuse(refusal);
    const transfer = { from: 'unit', to: 'treasury', amountFen } as const;
    return comesBack({ type: 'ReleaseReversed', data: reversal }, transfer, fund, context);
  });

/** 冲回缴回: the account that gave the money back has it again. */
export const reverseReturn = (
  { data }: Asked,
  fund: FundState,
  context: CommandContext,
): Decision<FundEvent> =>
  reverseAmount(data, ['FundsReturned'], fund, context, (reversal, { from }) => {
    const to = from === 'unit' ? 'unit' : 'treasury';
    const transfer = { from: 'returned', to, amountFen: reversal.amountFen } as const;
    return comesBack(
      { type: 'ReturnReversed', data: { ...reversal, to } },
      transfer,
      fund,
      context,
    );
  });

/** 冲回收回: quota, treasury or unit has again what was taken back from it. */
export const reverseRecall = (
  { data }: Asked,
  fund: FundState,
  context: CommandContext,
): Decision<FundEvent> =>
  reverseAmount(
    data,
    ['AllocationRecalled', 'FundsRecalled'],
    fund,
    context,
    (reversal, { from }) => {
      const to = from === 'unit' || from === 'quota' ? from : 'treasury';
      const transfer = { from: 'source', to, amountFen: reversal.amountFen } as const;
      return comesBack(
        { type: 'RecallReversed', data: { ...reversal, to } },
        transfer,
        fund,
        context,
      );
    },
  );

/** Money that comes back to the treasury repays what was paid in advance. */
const comesBack = (
  event: Extract<FundEvent, { readonly data: { readonly reversedEventId: string } }>,
  transfer: Transfer,
  fund: FundState,
  { occurredOn }: CommandContext,
): Decision<FundEvent> =>
  accept<FundEvent>(
    event,
    ...(transfer.to === 'treasury'
      ? repayments(fund, event.data.allocationId, transfer, occurredOn)
      : []),
  );
