import { describe, expect, test } from '@jest/globals';
import { fundDecider } from '#ledger/fund/fund-decider';
import type { FundCommand } from '#ledger/fund/fund-commands';
import type { FundEvent } from '#ledger/fund/fund-events';
import { allocated, allocationId, yuan } from './fund-examples.ts';
import { given } from './given.ts';

const slip = { allocationId, amountFen: yuan(1_000), voucher: 'gk-2024-7' };
const from = 'treasury' as const;
const onHand: readonly FundEvent[] = [
  allocated,
  { type: 'FundsArrived', data: { allocationId, amountFen: yuan(100_000) } },
];

type OnSlip = Extract<
  FundCommand,
  { type: 'ReceiveFunds' | 'ReleaseFunds' | 'ReturnFunds' | 'RecallFunds' }
>;

/** Each movement of money on a slip, as it is asked for and as it is recorded. */
const MOVEMENTS: readonly (readonly [OnSlip, FundEvent])[] = [
  [
    { type: 'ReceiveFunds', data: slip },
    { type: 'FundsArrived', data: slip },
  ],
  [
    { type: 'ReleaseFunds', data: { ...slip, unit: '北旺庄街道办' } },
    { type: 'FundsReleased', data: { ...slip, unit: '北旺庄街道办' } },
  ],
  [
    { type: 'ReturnFunds', data: { ...slip, from, reason: '结余' } },
    { type: 'FundsReturned', data: { ...slip, from, reason: '结余' } },
  ],
  [
    { type: 'RecallFunds', data: { ...slip, from, approval: '〔2024〕9号' } },
    { type: 'FundsRecalled', data: { ...slip, from, approval: '〔2024〕9号' } },
  ],
];

const refusal = {
  code: 'voucher-already-recorded',
  voucher: 'gk-2024-7',
  amountFen: yuan(1_000),
  eventId: `event-${onHand.length}`,
  occurredOn: '2024-01-01',
} as const;

/** The command with other fields of its slip. */
const but = (command: OnSlip, changes: Partial<typeof slip> & { voucherReason?: string }): OnSlip =>
  // The same command: only fields of its slip differ.
  ({ type: command.type, data: { ...command.data, ...changes } }) as OnSlip;

describe.each(MOVEMENTS)('$type on a voucher that this allocation has', (command, event) => {
  const recorded = given(fundDecider, ...onHand, event);

  test('is refused, and the refusal names the earlier event', () => {
    recorded.when(command).thenRefused(refusal);
  });

  test.each([
    'GK-2024-7',
    ' gk-2024-7',
    'gk\uFF0D\uFF12\uFF10\uFF12\uFF14\uFF0D7',
    'gk - 2024 - 7',
  ])('is refused where the number is written %j', (voucher) => {
    recorded.when(but(command, { voucher })).thenRefused({ ...refusal, voucher });
  });

  test('is accepted with a reason, which the event has', () => {
    const { decision } = recorded.when(but(command, { voucherReason: '同一凭证两笔' }));
    expect(decision).toMatchObject({
      kind: 'accepted',
      events: [{ data: { voucher: 'gk-2024-7', voucherReason: '同一凭证两笔' } }],
    });
  });

  test('is accepted with another amount', () => {
    const { decision } = recorded.when(but(command, { amountFen: yuan(999) }));
    expect(decision).toMatchObject({ kind: 'accepted' });
  });

  test('is accepted where the earlier event moved money another way', () => {
    const [other] = MOVEMENTS.flatMap(([, one]) => (one.type === event.type ? [] : [one]));
    const { decision } = given(fundDecider, ...onHand, ...(other ? [other] : [])).when(command);
    expect(decision).toMatchObject({ kind: 'accepted' });
  });
});

test('two movements without a voucher are two movements', () => {
  const { voucher: _voucher, ...bare } = slip;
  const event: FundEvent = { type: 'FundsArrived', data: bare };
  given(fundDecider, ...onHand, event)
    .when({ type: 'ReceiveFunds', data: bare })
    .then(event);
});
