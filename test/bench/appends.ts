import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { asciiJson, canonicalJson } from '#event-store/canonical-json';
import { toNewEvents } from '#event-codec/encode';
import type { NewEvent } from '#event-store/port';
import type { LedgerCommand } from '#ledger/ledger-events';
import { idOf } from '#event-codec/ids';
import { openSqliteStore } from '#event-store-sqlite/open';
import { HOT_COLUMN_NAMES, hotColumnsOf } from '#event-codec/hot-columns';
import { systemClock } from '#application/commands/clock';
import type { Execute } from '#application/commands/envelope';
import { createExecutor } from '#application/commands/execute';
import { openLedger, type Ledger } from '#wiring/ledger';
import { DEMO_CLERK as clerk, DEMO_FINANCE as finance } from '#importers/demo/illustrative-year';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { best, bestOf, percentile, speedOf, type Figure, type Speed } from './measure.ts';

const SINGLE = 1_500;
const CONCURRENT = 24_000;
const WRITERS = 64;
const BULK = 60_000;
const SEEN = 6_000;
const FUNDS = 64;
const occurredOn = '2024-06-03';

/** Appends through the whole command path and through the store, beside a bare node:sqlite loop. */
export const benchAppends = async (): Promise<{
  readonly figures: readonly Figure[];
  readonly visible: VisibleFigures;
}> => {
  const events = sampleEvents();
  const toMany = payments(CONCURRENT, FUNDS);
  const toOne = payments(CONCURRENT, 1);
  const bareSingle = await bare(events, SINGLE, 1);
  const bareGrouped = await bare(events, CONCURRENT, WRITERS);
  const bareBulk = await bare(events, BULK, 1_000);
  const oneByOne = await throughLedger((path) => pay(path, payments(SINGLE, FUNDS), 1));
  const concurrent = await throughLedger((path) => pay(path, toMany, WRITERS));
  const hot = await throughLedger((path) => pay(path, toOne, WRITERS));
  const bulk = await throughLedger((ledger) => appendBulk(ledger, events));
  const visible = await visibleAfter();
  const unit = 'events/s';
  return {
    visible,
    figures: [
      { name: 'commands one by one', ours: oneByOne, limit: bareSingle, unit, goal: 0.6 },
      { name: '64 concurrent commands', ours: concurrent, limit: bareGrouped, unit, goal: 0.5 },
      {
        name: 'one hot allocation, against many',
        ours: hot,
        limit: concurrent.perSecond,
        unit,
        goal: 0.9,
      },
      { name: 'bulk append', ours: bulk, limit: bareBulk, unit, goal: 0.6 },
    ],
  };
};

const fundId = (fund: number) => idOf('bench', `${fund}`);
const noticeId = idOf('bench-notice');
const placeId = idOf('bench-place');
const payeeId = idOf('bench-payee');

const payment = (fund: number, number: number): LedgerCommand => ({
  type: 'DisburseFunds',
  data: {
    ground: 'statement',
    allocationId: fundId(fund),
    paymentId: idOf('p', `${number}`),
    payeeId,
    amountFen: 100n,
    from: 'treasury',
    stage: 'progress',
    voucher: `凭证-${number}`,
  },
});

const beginning = (): readonly LedgerCommand[] => {
  const issued = {
    noticeId,
    programme: 'transition',
    fiscalYear: 2024,
    batch: '1',
    fundingLevel: 'county',
  } as const;
  const amountFen = 1_000_000_000n;
  const stated = { text: '1000', unit: '万元' } as const;
  const funds = Array.from({ length: FUNDS }, (_, n) => n);
  return [
    {
      type: 'RegisterPlace',
      data: { placeId, level: 'county', name: '县', validFrom: '2024-01-01' },
    },
    { type: 'RegisterPayee', data: { payeeId, kind: 'enterprise', name: '甲公司' } },
    {
      type: 'IssueNotice',
      data: {
        ...issued,
        title: '计划',
        documentNumber: { raw: '甲〔2024〕1号' },
        issuer: '甲',
        basis: [],
        annexes: [
          {
            annex: '1',
            title: '表',
            lines: funds.map((n) => ({ row: n + 1, placeId, placeText: '县', amountFen, stated })),
          },
        ],
      },
    },
    ...funds.flatMap((n): readonly LedgerCommand[] => [
      {
        type: 'AllocateFunds',
        data: { ...issued, allocationId: fundId(n), annex: '1', row: n + 1, placeId, amountFen },
      },
      { type: 'ReceiveFunds', data: { allocationId: fundId(n), amountFen } },
    ]),
  ];
};

/** What takes commands: the whole path from command to acknowledged event. */
type CommandPath = Pick<Ledger, 'execute' | 'store'>;

/** Without views, whose cost `visibleAfter` shows: in a county they share the machine, not the path. */
const throughLedger = (run: (path: CommandPath) => Promise<number>): Promise<Speed> =>
  bestOf(async () => {
    const { directory, remove } = temporaryDirectory();
    const store = openSqliteStore({
      directory,
      hotColumns: { names: HOT_COLUMN_NAMES, of: hotColumnsOf },
    });
    const execute = createExecutor(store, systemClock);
    await begin(execute);
    const speed = await speedOf(() => run({ store, execute }));
    await store.close();
    remove();
    return speed;
  });

export const begin = async (execute: Execute): Promise<void> => {
  for (const command of beginning()) {
    await execute(command, { commandId: randomUUID(), actor: clerk, occurredOn });
  }
};

/** Ledgers in directories of their own, each begun with the same few events. */
const withLedgers = async <Result>(
  work: (next: () => Promise<Ledger>) => Promise<Result>,
): Promise<Result> => {
  const undo: (() => Promise<void>)[] = [];
  const next = async () => {
    for (const close of undo.splice(0)) await close();
    const { directory, remove } = temporaryDirectory();
    const ledger = await openLedger({ directory });
    undo.push(async () => {
      await ledger.close();
      remove();
    });
    await begin(ledger.execute);
    return ledger;
  };
  const result = await work(next);
  for (const close of undo) await close();
  return result;
};

export const payments = (count: number, funds: number): readonly LedgerCommand[] =>
  Array.from({ length: count }, (_, number) => payment(number % funds, number));

/** Each writer takes the next command when its last one is answered. */
export const pay = async (
  path: CommandPath,
  commands: readonly LedgerCommand[],
  writers: number,
) => {
  const next = commands.values();
  const write = async (): Promise<void> => {
    for (const command of next) {
      const asked = { commandId: randomUUID(), actor: finance, occurredOn };
      const { kind } = await path.execute(command, asked);
      if (kind !== 'happened') throw new Error(`A payment was ${kind}.`);
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  return commands.length;
};

const appendBulk = async (ledger: CommandPath, events: readonly NewEvent[]): Promise<number> => {
  const batches = Array.from({ length: BULK / 1_000 }, (_, n) =>
    ledger.store.append(`bulk-${n}`, 'no_stream', events.slice(0, 1_000)),
  );
  await Promise.all(batches);
  return BULK;
};

/** Commands until the views hold what happened, under 64 writers. */
interface VisibleFigures {
  /** From the call of a command. */
  readonly p99Ms: number;
  /** µs of CPU a command. */
  readonly cpuUs: number;
}

const visibleAfter = (): Promise<VisibleFigures> =>
  withLedgers(async (next) => {
    const ledger = await next();
    const waits: number[] = [];
    let number = 0;
    const write = async (): Promise<void> => {
      while (number < SEEN) {
        const mine = number++;
        const start = performance.now();
        const asked = { commandId: randomUUID(), actor: finance, occurredOn };
        const answer = await ledger.execute(payment(mine % FUNDS, mine), asked);
        if (answer.kind !== 'happened') throw new Error(`A payment was ${answer.kind}.`);
        await ledger.views.waitFor(Number(answer.position), 5_000);
        waits.push(performance.now() - start);
      }
    };
    const { cpuUs } = await speedOf(async () => {
      await Promise.all(Array.from({ length: WRITERS }, write));
      return SEEN;
    });
    return { p99Ms: percentile(waits.slice(500), 0.99), cpuUs };
  });

export const sampleEvents = (): readonly NewEvent[] =>
  Array.from({ length: 1_000 }, (_, n) => {
    const command = payment(n % FUNDS, n);
    if (command.type !== 'DisburseFunds' || command.data.ground !== 'statement') throw new Error();
    const data = { ...command.data, ground: { kind: 'statement' } as const };
    const context = {
      commandId: randomUUID(),
      actor: finance,
      occurredOn,
      recordedAt: '2024-06-03T02:00:00.000Z',
    };
    const [event] = toNewEvents(
      [{ type: 'FundsDisbursed', data }],
      context,
      'a'.repeat(64),
      undefined,
    );
    if (event === undefined) throw new Error('One event in, one out.');
    return event;
  });

/** The limit: the same bytes into the same table, durable, with nothing around it. */
const bare = async (events: readonly NewEvent[], count: number, group: number): Promise<number> => {
  const { perSecond } = await best(() => {
    const { directory, remove } = temporaryDirectory();
    const db = new DatabaseSync(join(directory, 'bare.sqlite'));
    db.exec(`PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      CREATE TABLE event (position INTEGER PRIMARY KEY, stream INTEGER, revision INTEGER,
        type INTEGER, path INTEGER, amount_fen INTEGER, day INTEGER, id TEXT, meta TEXT, data TEXT,
        UNIQUE (stream, revision)) STRICT`);
    const texts = events.map(({ id, data, meta }) => ({
      id,
      data: asciiJson(canonicalJson(data)),
      meta: asciiJson(canonicalJson(meta)),
    }));
    const insert = db.prepare('INSERT INTO event VALUES (?, ?, ?, 1, 4, 100, 19877, ?, ?, ?)');
    for (let done = 0; done < count; done += group) {
      db.exec('BEGIN IMMEDIATE');
      for (let n = done; n < Math.min(count, done + group); n++) {
        const { id, meta, data } = texts[n % texts.length] ?? { id: '', meta: '', data: '' };
        insert.run(n + 1, n % FUNDS, Math.floor(n / FUNDS), id, meta, data);
      }
      db.exec('COMMIT');
    }
    db.close();
    remove();
    return count;
  });
  return perSecond;
};
