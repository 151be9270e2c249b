import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cpSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { setInterval } from 'node:timers/promises';
import { createExecutor } from '#application/commands/execute';
import { idOf } from '#event-codec/ids';
import { openMemoryStore } from '#event-store/memory-store';
import type { EventStore } from '#event-store/port';
import type { LedgerCommand } from '#ledger/ledger-events';
import type { RunningViews } from '#projections/engine/running-views';
import { openViews } from '#projections/open-views';
import type { View } from '#projections/engine/view';
import { VIEWS } from '#projections/registry';
import { allocations } from '#projections/allocation-register/query';
import { balancesAt } from '#history/questions/balances-at';
import { NO_DAY_LIMIT } from '#history/as-of/as-of-request';
import { villageBalances } from '#projections/village-balance/query';
import { villageBalanceView } from '#projections/village-balance/view';
import { openLedger, type Ledger } from '#wiring/ledger';
import { beginning } from '../../support/histories.ts';
import { copyDemo } from '../../support/shared-ledgers.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { clerk } from '../ledger/given.ts';

let directory: string;
let remove: () => void;
beforeEach(async () => {
  ({ directory, remove } = temporaryDirectory());
  await copyDemo(directory);
});
afterEach(() => remove());

const withLedger = async <Result>(
  where: string,
  ask: (ledger: Ledger) => Promise<Result> | Result,
): Promise<Result> => {
  const ledger = await openLedger({ directory: where });
  try {
    return await ask(ledger);
  } finally {
    await ledger.close();
  }
};
const opened = <Result>(ask: (ledger: Ledger) => Promise<Result> | Result) =>
  withLedger(directory, ask);

const inFile = (name: string, sql: string): void => {
  const db = new DatabaseSync(join(directory, name));
  db.exec(sql);
  db.close();
};

const haltsOf = ({ views }: { readonly views: Pick<RunningViews, 'status'> }) =>
  views.status().flatMap(({ name, halted }) => (halted ? [[name, halted.cause]] : []));

const MONEY = ['allocation-register', 'village-balance', 'spending-progress'];
const arrival: LedgerCommand = {
  type: 'ReceiveFunds',
  data: { allocationId: 'fund0', amountFen: 1n },
};
const asked = { commandId: idOf('asked', '1'), actor: clerk, occurredOn: '2024-07-01' };

describe('given views that do not add up', () => {
  test('because a row was changed, they are built anew from the log at the next start', async () => {
    const before = await opened(({ views }) => views.digest());
    inFile('views.sqlite', 'UPDATE village_balance__g1 SET paidFen = paidFen + 1');
    expect(await opened((ledger) => [ledger.views.digest(), haltsOf(ledger)])).toEqual([
      before,
      [],
    ]);
  });

  const wrongly = VIEWS.map((view): View =>
    view === villageBalanceView ? { ...view, bind: (open) => doubled(view.bind(open)) } : view,
  );
  /** Folds each event that moves money twice. */
  const doubled =
    (fold: ReturnType<typeof villageBalanceView.bind>): typeof fold =>
    (event) => {
      fold(event);
      if (event.transfer !== undefined) fold(event);
    };

  const halted = async () => {
    const store = openMemoryStore();
    const execute = createExecutor(store, () => '2024-07-01T00:00:00.000Z');
    for (const [index, command] of beginning().entries()) {
      await execute(command, { ...asked, commandId: idOf('beginning', `${index}`) });
    }
    const views = openViews({ file: ':memory:', store, views: wrongly });
    await views.catchUp();
    return { store, views };
  };

  test('whenever they are built, they halt, and the other views go on', async () => {
    const ledger = await halted();
    expect(haltsOf(ledger)).toEqual(MONEY.map((name) => [name, 'not-conserved']));
    expect(ledger.views.position()).toBe(Number(await ledger.store.head()));
    await ledger.views.close();
  });

  test('while they follow the log, they are built anew from it, and commands are carried out', async () => {
    const store = openMemoryStore();
    const record = createExecutor(store, () => '2024-07-01T00:00:00.000Z');
    for (const [index, command] of beginning().entries()) {
      await record(command, { ...asked, commandId: idOf('beginning', `${index}`) });
    }
    let isWrong = false;
    const once = VIEWS.map((view): View => {
      if (view !== villageBalanceView) return view;
      return {
        ...view,
        bind: (open) => {
          const right = view.bind(open);
          const twice = doubled(right);
          return (event) => {
            const fold = isWrong ? twice : right;
            isWrong = false;
            fold(event);
          };
        },
      };
    });
    const views = openViews({ file: ':memory:', store, views: once });
    await views.catchUp();
    const halts: unknown[] = [];
    const halted = new Promise<void>((resolve) => {
      views.commits.subscribe(() => {
        halts.push(...haltsOf({ views }));
        if (halts.length > 0) resolve();
      });
    });
    views.follow();
    isWrong = true;
    expect(await record(arrival, asked)).toMatchObject({ kind: 'happened' });
    await halted;
    expect(halts).toEqual(MONEY.map((name) => [name, 'not-conserved']));
    for await (const _ of setInterval(1)) if (views.halted() === undefined) break;
    const live = views.digest();
    await views.rebuild();
    expect(views.digest()).toEqual(live);
    await views.close();
  });

  test('a command is answered with the figures, and records nothing', async () => {
    const { store, views } = await halted();
    const before = await store.head();
    const execute = createExecutor(store, () => '2024-07-01T00:00:00.000Z', {
      halted: () => views.halted(),
    });
    expect(await execute(arrival, asked)).toMatchObject({
      kind: 'halted',
      halt: { cause: 'not-conserved', reason: expect.stringContaining('fen') },
    });
    expect(await store.head()).toBe(before);
    await views.close();
  });
});

describe('given an event that a later release wrote', () => {
  /** As that release would have written it: the newest event, but for its type or version. */
  const writtenLater = (change: string): void =>
    inFile(
      'events.sqlite',
      `DROP TRIGGER event_refuses_update;
       INSERT OR IGNORE INTO type (number, name) SELECT max(number) + 1, 'ContractSigned' FROM type;
       UPDATE event SET ${change} WHERE position = (SELECT max(position) FROM event WHERE type = (SELECT number FROM type WHERE name = 'FundsDisbursed'))`,
    );
  const ofNewType = "type = (SELECT number FROM type WHERE name = 'ContractSigned')";
  const ofNewVersion = `meta = replace(meta, '"schemaVersion":"', '"schemaVersion":"9')`;

  test.each([
    ['whose type is unknown', ofNewType],
    ['that moves money and whose version is unknown', ofNewVersion],
  ])('%s, every view halts before it, also when built anew', async (_which, change) => {
    writtenLater(change);
    inFile('views.sqlite', "UPDATE folded_log SET leaf = 'another log'");
    await opened(async (ledger) => {
      const halts = haltsOf(ledger);
      expect(halts).toHaveLength(VIEWS.length);
      expect(new Set(halts.map(([, cause]) => cause))).toEqual(new Set(['newer-release']));
      const { historicalReads } = ledger;
      const position = Number(await ledger.store.head());
      await expect(historicalReads.history({ position })).rejects.toThrow('does not know');
      const [halted] = ledger.views.status().flatMap(({ halted }) => halted ?? []);
      const before = (halted?.position ?? 0) - 1;
      const past = await historicalReads.history({ position: before });
      expect(past.position).toBe(before);
      const point = { position: before, day: NO_DAY_LIMIT };
      const states = await historicalReads.readPast(point, VIEWS, (views) => views.status());
      expect(states.flatMap(({ halted }) => halted ?? [])).toEqual([]);
      expect(await ledger.execute(arrival, asked)).toMatchObject({ kind: 'halted' });
    });
  });

  test('the release that knows it goes on where the views halted', async () => {
    const before = await opened(({ views }) => views.digest());
    const halt = { cause: 'newer-release', position: 60, eventId: '', reason: 'ContractSigned' };
    // As an earlier release left the views: level with event 59.
    const earlier = openViews({
      file: join(directory, 'earlier.sqlite'),
      store: await firstOf(59),
    });
    await earlier.catchUp();
    await earlier.close();
    cpSync(join(directory, 'earlier.sqlite'), join(directory, 'views.sqlite'));
    inFile('views.sqlite', `UPDATE view_generation SET halted = '${JSON.stringify(halt)}'`);
    expect(await opened((ledger) => [ledger.views.digest(), haltsOf(ledger)])).toEqual([
      before,
      [],
    ]);
  });

  const firstOf = async (count: number): Promise<EventStore> => {
    const store = openMemoryStore();
    await opened(async ({ log }) => {
      for await (const { stream, revision, id, type, data, meta } of log.readAll({
        limit: count,
      })) {
        const expected = revision === 0n ? 'no_stream' : revision - 1n;
        await store.append(stream, expected, [{ id, type, data, meta }]);
      }
    });
    return store;
  };
});

test('views and history that were folded from another log of the same length are built anew', async () => {
  const other = temporaryDirectory();
  cpSync(directory, other.directory, { recursive: true });
  /** Receives so much for the first line that has something to come, and asks for now and the past. */
  const receive = async (where: string, amountFen: bigint) => {
    const ledger = await openLedger({ directory: where });
    const line = allocations(ledger.views.db).lines.find(({ unarrivedFen }) => unarrivedFen > 100);
    const { allocationId = '' } = line ?? {};
    const answer = await ledger.execute(
      { type: 'ReceiveFunds', data: { allocationId, amountFen } },
      { ...asked, actor: { ...clerk, role: 'finance' }, occurredOn: '2024-12-30' },
    );
    expect(answer.kind).toBe('happened');
    await ledger.historicalReads.history({ position: 0 });
    await ledger.close();
  };
  const totals = (where: string) =>
    withLedger(where, async ({ views, historicalReads }) => {
      const history = await historicalReads.history({ position: 0 });
      const asOf = { position: history.position, day: NO_DAY_LIMIT };
      return [villageBalances(views.db).totals, balancesAt(history, asOf).totals];
    });
  await receive(directory, 1n);
  await receive(other.directory, 2n);
  const right = await totals(other.directory);
  cpSync(join(other.directory, 'events.sqlite'), join(directory, 'events.sqlite'));
  expect(await totals(directory)).toEqual(right);
  other.remove();
});
