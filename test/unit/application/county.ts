import { randomUUID } from 'node:crypto';
import type { Execute } from '#application/commands/envelope';
import type { LedgerCommand } from '#ledger/ledger-events';
import { COMMANDS } from '../ledger/command-examples.ts';
import { county, enterprise } from '../ledger/examples.ts';
import { allocation, yuan } from '../ledger/fund-examples.ts';
import { clerk } from '../ledger/given.ts';

const notice: LedgerCommand = {
  type: 'IssueNotice',
  data: {
    ...COMMANDS.IssueNotice.data,
    annexes: COMMANDS.IssueNotice.data.annexes.map((annex) => ({
      ...annex,
      lines: annex.lines.map((line) => ({ ...line, placeId: county.placeId })),
    })),
  },
};

const allocationNamed = (allocationId: string): readonly LedgerCommand[] => [
  { type: 'AllocateFunds', data: { ...allocation, allocationId, placeId: county.placeId } },
  { type: 'ReceiveFunds', data: { allocationId, amountFen: yuan(100_000) } },
];

/** A county with an enterprise to pay, and allocations with 10 万元 on hand each. Throws where one is refused. */
export const givenCounty = async (
  execute: Execute,
  allocationIds: readonly string[],
): Promise<void> => {
  const commands: readonly LedgerCommand[] = [
    { type: 'RegisterPlace', data: county },
    { type: 'RegisterPayee', data: { ...enterprise, payeeId: 'qinghonglv' } },
    notice,
    ...allocationIds.flatMap(allocationNamed),
  ];
  for (const command of commands) {
    const by = { commandId: randomUUID(), actor: clerk, occurredOn: '2024-06-03' };
    const outcome = await execute(command, by);
    if (outcome.kind !== 'happened') throw new Error(JSON.stringify([command.type, outcome]));
  }
};
