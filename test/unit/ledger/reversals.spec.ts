import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createExecutor } from '#application/commands/execute';
import { toLedgerEvent } from '#event-codec/decode';
import { openMemoryStore } from '#event-store/memory-store';
import type { EventStore } from '#event-store/port';
import { fundDecider } from '#ledger/fund/fund-decider';
import type { FundEvent } from '#ledger/fund/fund-events';
import type { FundState } from '#ledger/fund/fund-state';
import type { LedgerCommand } from '#ledger/ledger-events';
import { ACCOUNTS } from '#ledger/fund/transfer';
import { histories, live } from '../../support/histories.ts';
import { fc, times } from '../../support/property.ts';
import { finance } from './given.ts';

const ON = '2024-07-01';
const allocationId = 'fund0';

const fundIn = async (store: EventStore): Promise<FundState> => {
  let fund = fundDecider.initialState();
  for await (const recorded of store.readStream(`fund-${allocationId}`)) {
    const event = toLedgerEvent(recorded);
    fund = fundDecider.evolve(fund, event as FundEvent, event);
  }
  return fund;
};

/** Ways that money moves, each with the command that takes it back. */
const MOVES = (amountFen: bigint): readonly (readonly [LedgerCommand, ReversalType])[] => {
  const of = { allocationId, amountFen };
  const approval = '甲〔2024〕3号';
  return [
    [{ type: 'ReceiveFunds', data: of }, 'ReverseArrival'],
    [{ type: 'ReleaseFunds', data: { ...of, unit: '乡' } }, 'ReverseRelease'],
    [{ type: 'ReturnFunds', data: { ...of, from: 'treasury', reason: '余' } }, 'ReverseReturn'],
    [{ type: 'ReturnFunds', data: { ...of, from: 'unit', reason: '余' } }, 'ReverseReturn'],
    [{ type: 'RecallAllocation', data: { ...of, approval } }, 'ReverseRecall'],
    [{ type: 'RecallFunds', data: { ...of, from: 'treasury', approval } }, 'ReverseRecall'],
    [{ type: 'RecallFunds', data: { ...of, from: 'unit', approval } }, 'ReverseRecall'],
  ];
};

type ReversalType = 'ReverseArrival' | 'ReverseRelease' | 'ReverseReturn' | 'ReverseRecall';

test('whatever happened before, an entry that is taken back at once leaves every account as it was', () =>
  fc.assert(
    fc.asyncProperty(histories, fc.integer({ min: 1, max: 40 }), async (steps, amount) => {
      const store = openMemoryStore();
      const execute = createExecutor(store, () => '2024-12-31T00:00:00.000Z');
      await live(store, execute, steps);
      for (const [command, type] of MOVES(BigInt(amount))) {
        const before = await fundIn(store);
        const commandId = randomUUID();
        const made = await execute(command, { commandId, actor: finance, occurredOn: ON });
        if (made.kind !== 'happened') continue;
        const data = { allocationId, reversedEventId: commandId, reason: '误' };
        const asked = { commandId: randomUUID(), actor: finance, occurredOn: ON };
        expect(await execute({ type, data }, asked)).toMatchObject({ kind: 'happened' });
        const after = await fundIn(store);
        expect(after.accounts).toEqual(before.accounts);
        expect(ACCOUNTS.reduce((sum, account) => sum + after.accounts[account], 0n)).toBe(0n);
        const again = await execute({ type, data }, { ...asked, commandId: randomUUID() });
        expect(again).toMatchObject({
          kind: 'refused',
          refusal: { code: 'entry-already-reversed' },
        });
      }
    }),
    { numRuns: times(25, 250, 2_000) },
  ));
