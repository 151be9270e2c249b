import { beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openMemoryStore } from '#event-store/memory-store';
import type { AppendOutcome, EventStore } from '#event-store/port';
import type { LedgerCommand } from '#ledger/ledger-events';
import { neverBack } from '#application/commands/clock';
import type { Execute } from '#application/commands/envelope';
import { createExecutor } from '#application/commands/execute';
import { leg } from '../ledger/adjustment-examples.ts';
import { clerk, finance } from '../ledger/given.ts';
import { allocation, statementPayment, yuan } from '../ledger/fund-examples.ts';

const instant = '2024-06-03T02:00:00.000Z';
const occurredOn = '2024-06-03';
const asked = (commandId: string = randomUUID()) => ({ commandId, actor: finance, occurredOn });

const place: LedgerCommand = {
  type: 'RegisterPlace',
  data: { placeId: 'yehujian', level: 'county', name: '野狐涧', validFrom: occurredOn },
};
const payee: LedgerCommand = {
  type: 'RegisterPayee',
  data: { payeeId: 'qinghonglv', kind: 'enterprise', name: '青红绿农牧' },
};
const notice: LedgerCommand = {
  type: 'IssueNotice',
  data: {
    noticeId: allocation.noticeId,
    title: '项目计划',
    documentNumber: { raw: '〔2024〕2号' },
    issuer: '领导小组',
    basis: [],
    programme: 'transition',
    fiscalYear: 2024,
    batch: '1',
    fundingLevel: 'municipal',
    annexes: [
      {
        annex: '3',
        title: '项目',
        lines: [
          {
            row: 1,
            placeId: 'yehujian',
            placeText: '野狐涧',
            amountFen: yuan(1_600_000),
            stated: { text: '160', unit: '万元' },
          },
        ],
      },
    ],
  },
};
const allocate: LedgerCommand = { type: 'AllocateFunds', data: allocation };
const arrive = (amount: number): LedgerCommand => ({
  type: 'ReceiveFunds',
  data: { allocationId: allocation.allocationId, amountFen: yuan(amount) },
});
const pay = (amount: number, paymentId: string): LedgerCommand => ({
  type: 'DisburseFunds',
  data: { ...statementPayment(amount, paymentId), voucher: `zf-${paymentId}` },
});

/** Types in the order of the log, but for claims on slips. */
const eventTypes = async (store: EventStore): Promise<readonly string[]> => {
  const types: string[] = [];
  for await (const event of store.readAll())
    if (!event.stream.startsWith('voucher-')) types.push(event.type);
  return types;
};

describe('a command', () => {
  let store: EventStore;
  let execute: Execute;

  beforeEach(async () => {
    store = openMemoryStore();
    execute = createExecutor(store, () => instant);
    for (const command of [place, payee, notice, allocate, arrive(800_000)]) {
      expect(await execute(command, asked())).toMatchObject({ kind: 'happened' });
    }
  });

  test('happens, and says where in the log', async () => {
    expect(await execute(pay(1, 'p'), asked())).toEqual({
      kind: 'happened',
      stream: 'fund-greenhouse',
      revision: 2n,
      position: 7n,
    });
  });

  test('is refused by name, and the log is as before', async () => {
    const before = await eventTypes(store);
    const refused = await execute(arrive(800_001), asked());
    expect(refused).toMatchObject({
      kind: 'refused',
      refusal: { code: 'amount-exceeds-allocated-funds', availableFen: yuan(800_000) },
    });
    expect(await eventTypes(store)).toEqual(before);
  });

  test('repeated with its id answers the same and records nothing', async () => {
    const commandId = randomUUID();
    const first = await execute(pay(1, 'p'), asked(commandId));
    const again = await execute(pay(1, 'p'), asked(commandId));
    expect(again).toEqual({ ...first, kind: 'repeated' });
    expect(await eventTypes(store)).toHaveLength(6);
  });

  test('repeated after a restart answers the same too', async () => {
    const commandId = randomUUID();
    const first = await execute(pay(1, 'p'), asked(commandId));
    const restarted = createExecutor(store, () => instant);
    expect(await restarted(pay(1, 'p'), asked(commandId))).toEqual({ ...first, kind: 'repeated' });
  });

  test('with the id of another is a conflict, and nothing changes', async () => {
    const commandId = randomUUID();
    await execute(pay(1, 'p'), asked(commandId));
    expect(await execute(pay(2, 'p'), asked(commandId))).toEqual({ kind: 'conflicting' });
    expect(await eventTypes(store)).toHaveLength(6);
  });

  test('that overspent is refused again when repeated, and is recorded once', async () => {
    const commandId = randomUUID();
    const first = await execute(pay(800_001, 'p'), asked(commandId));
    const restarted = createExecutor(store, () => instant);
    expect(await restarted(pay(800_001, 'p'), asked(commandId))).toEqual(first);
    expect(first).toMatchObject({ refusal: { code: 'amount-exceeds-arrived-funds' } });
    expect((await eventTypes(store)).filter((type) => type === 'DisbursementRefused')).toHaveLength(
      1,
    );
  });

  test('raced by another writer is decided again on what that one wrote', async () => {
    const other = createExecutor(store, () => instant);
    await other(pay(500_000, 'theirs'), asked());
    expect(await execute(pay(500_000, 'ours'), asked())).toMatchObject({
      kind: 'refused',
      refusal: { code: 'amount-exceeds-arrived-funds', availableFen: yuan(300_000) },
    });
  });

  test('that allocates money of a notice which another machine withdrew is refused', async () => {
    const { noticeId } = allocation;
    const other = createExecutor(store, () => instant);
    const withdrawal = { type: 'WithdrawNotice', data: { noticeId, reason: '文件有误' } } as const;
    expect(await other(withdrawal, { ...asked(), actor: clerk })).toMatchObject({
      kind: 'happened',
    });
    const late = { type: 'AllocateFunds', data: { ...allocation, allocationId: 'late', row: 2 } };
    expect(await execute(late as LedgerCommand, { ...asked(), actor: clerk })).toMatchObject({
      kind: 'refused',
      refusal: { code: 'notice-already-withdrawn' },
    });
  });

  test('that asks for an older revision is stale', async () => {
    expect(await execute(pay(1, 'p'), { ...asked(), ifRevision: 0n })).toEqual({
      kind: 'stale',
      actual: 1n,
    });
    expect(await execute(pay(1, 'p'), { ...asked(), ifRevision: 1n })).toMatchObject({
      kind: 'happened',
    });
  });

  test('of 16 that together want more than there is, as many happen as there is money for', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, (_, n) => execute(pay(100_000, `p-${n}`), asked())),
    );
    expect(outcomes.filter(({ kind }) => kind === 'happened')).toHaveLength(8);
    expect(outcomes.filter(({ kind }) => kind === 'refused')).toHaveLength(8);
  });

  test.each<[string, LedgerCommand]>([
    ['unknown-place', { type: 'AllocateFunds', data: { ...allocation, placeId: 'nowhere' } }],
    ['unknown-notice', { type: 'AllocateFunds', data: { ...allocation, noticeId: 'none' } }],
    [
      'unknown-payee',
      { type: 'DisburseFunds', data: { ...statementPayment(1), payeeId: 'nobody' } },
    ],
    [
      'unknown-allocation',
      {
        type: 'ApproveAdjustment',
        data: {
          adjustmentId: 'a',
          approval: '〔2024〕9号',
          decidedOn: '2024-06-03',
          legs: [{ ...leg, allocationId: 'nothing' }],
        },
      },
    ],
    ['unknown-adjustment', { type: 'ReserveAdjustment', data: { ...leg, adjustmentId: 'none' } }],
    [
      'unknown-notice',
      {
        type: 'ApproveAdjustment',
        data: {
          adjustmentId: 'a',
          approval: '〔2024〕9号',
          decidedOn: '2024-06-03',
          legs: [{ ...leg, line: { noticeId: 'none', annex: '1', row: 1 } }],
        },
      },
    ],
  ])('that names what nobody recorded is refused: %s', async (code, command) => {
    expect(await execute(command, { ...asked(), actor: clerk })).toMatchObject({
      kind: 'refused',
      refusal: { code },
    });
  });
});

describe('a store that fails', () => {
  test('is never answered with success, and the next command starts from the log', async () => {
    const store = openMemoryStore();
    let failing = false;
    const failure: AppendOutcome = { kind: 'unavailable', outcome: 'not-applied', reason: 'full' };
    const flaky: EventStore = {
      ...store,
      append: (...request) => (failing ? Promise.resolve(failure) : store.append(...request)),
    };
    const execute = createExecutor(flaky, () => instant);
    failing = true;
    expect(await execute(place, asked())).toEqual({ kind: 'failed', failure });
    failing = false;
    expect(await execute(place, asked())).toMatchObject({ kind: 'happened', revision: 0n });
  });
});

describe('the clock', () => {
  test('never goes back, not even behind the newest event', () => {
    const times = ['2024-06-03T01:00:00.000Z', '2024-06-03T03:00:00.000Z', instant];
    const clock = neverBack(() => times.shift() ?? '', instant).now;
    expect([clock(), clock(), clock()]).toEqual([
      instant,
      '2024-06-03T03:00:00.000Z',
      '2024-06-03T03:00:00.000Z',
    ]);
  });
});
