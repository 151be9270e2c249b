import type { Execute } from '#application/commands/envelope';
import { createExecutor } from '#application/commands/execute';
import { createWorker, resumeWork, type CarryOut, type Resumed } from '#application/work/worker';
import { openMemoryStore } from '#event-store/memory-store';
import type { EventStore } from '#event-store/port';
import { idOf } from '#event-codec/ids';
import type { AdjustmentDocument, AdjustmentLeg } from '#ledger/adjustment/adjustment-events';
import type { FundingAccount } from '#ledger/fund/transfer';
import type { LedgerCommand } from '#ledger/ledger-events';
import { openViews } from '#projections/open-views';
import { adjustment, type AdjustmentEntry } from '#projections/adjustments/query';
import { allocations } from '#projections/allocation-register/query';
import { beginning } from '../../support/histories.ts';
import { clerk, finance } from '../ledger/given.ts';

const NOW = '2024-12-31T00:00:00.000Z';
const ON = '2024-06-03';

/** A process that was killed: it appends no more. */
export class Killed extends Error {}

/** A store that dies with the append that comes after a number of them; what it holds stays. */
export const dyingAfter = (store: EventStore, appends: number): EventStore => {
  let left = appends;
  return {
    ...store,
    append: (...request) => {
      if (left === 0) throw new Killed('The process was killed.');
      left -= 1;
      return store.append(...request);
    },
  };
};

/** Four allocations of 1 元 each, 40 fen of the first two arrived, 10 of each of these released. */
export const county = async (): Promise<EventStore> => {
  const store = openMemoryStore();
  const execute = createExecutor(store, () => NOW);
  const arrivals = ['fund0', 'fund1'].flatMap((allocationId): LedgerCommand[] => [
    { type: 'ReceiveFunds', data: { allocationId, amountFen: 40n } },
    { type: 'ReleaseFunds', data: { allocationId, amountFen: 10n, unit: '乡' } },
  ]);
  for (const [n, command] of [...beginning(), ...arrivals].entries()) {
    const { kind } = await execute(command, asked(`beginning ${n}`));
    if (kind !== 'happened') throw new Error(`${command.type}: ${kind}`);
  }
  return store;
};

export const asked = (key: string) => ({
  commandId: idOf(key),
  actor: key.startsWith('beginning') ? clerk : finance,
  occurredOn: ON,
});

/** One node: what it does ends where its store dies. */
export const node = (store: EventStore): { execute: Execute; carryOut: CarryOut } => {
  const execute = createExecutor(store, () => NOW);
  return { execute, carryOut: createWorker(store, execute) };
};

/** Records a document and carries it out, up to the death of the store. */
export const approve = async (store: EventStore, document: AdjustmentDocument): Promise<void> => {
  const { execute, carryOut } = node(store);
  const command = { type: 'ApproveAdjustment', data: document } as const;
  try {
    await execute(command, asked(document.adjustmentId));
    await carryOut(`adjustment-${document.adjustmentId}`);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
};

/** What a start does with what a crash left open. */
export const start = async (store: EventStore): Promise<readonly Resumed[]> => {
  const views = openViews({ file: ':memory:', store });
  await views.catchUp();
  try {
    return await resumeWork(views.db, node(store).carryOut);
  } finally {
    await views.close();
  }
};

export interface Sums {
  readonly quotaFen: number;
  readonly treasuryFen: number;
  readonly unitFen: number;
}

/** What each allocation has on each account, by its id. */
export type Books = Readonly<Record<string, Sums>>;

export const booksOf = async (store: EventStore): Promise<Books> => {
  const views = openViews({ file: ':memory:', store });
  await views.catchUp();
  const { lines } = allocations(views.db, { limit: 1_000 });
  await views.close();
  return Object.fromEntries(
    lines.map(({ allocationId, unarrivedFen: quotaFen, treasuryFen, unitFen }) => [
      allocationId,
      { quotaFen, treasuryFen, unitFen },
    ]),
  );
};

/** The books once every leg of a document is applied. */
export const adjusted = (before: Books, { legs }: AdjustmentDocument): Books => {
  const books = Object.fromEntries(Object.entries(before).map(([id, sums]) => [id, { ...sums }]));
  for (const { allocationId, direction, account, amountFen } of legs) {
    const sums = books[allocationId];
    if (sums === undefined) throw new Error(`There is no ${allocationId}.`);
    sums[`${account}Fen`] += Number(direction === 'increase' ? amountFen : -amountFen);
  }
  return books;
};

export const documentAs = async (
  store: EventStore,
  adjustmentId: string,
): Promise<AdjustmentEntry | undefined> => {
  const views = openViews({ file: ':memory:', store });
  await views.catchUp();
  const entry = adjustment(views.db, adjustmentId);
  await views.close();
  return entry;
};

export const lessens = (fund: number, fen: number, account: FundingAccount = 'quota') =>
  ({
    allocationId: `fund${fund}`,
    direction: 'decrease',
    amountFen: BigInt(fen),
    account,
  }) as const;

export const adds = (fund: number, fen: number, account: FundingAccount = 'quota') =>
  ({ ...lessens(fund, fen, account), direction: 'increase' }) as const;

export const documentOf = (
  adjustmentId: string,
  ...legs: readonly Omit<AdjustmentLeg, 'ordinal'>[]
): AdjustmentDocument => ({
  adjustmentId,
  approval: '甲〔2024〕9号',
  decidedOn: ON,
  legs: legs.map((leg, index) => ({ ...leg, ordinal: index + 1 })),
});
