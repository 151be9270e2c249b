import { beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Execute, LedgerOutcome } from '#application/commands/envelope';
import { createExecutor } from '#application/commands/execute';
import { voucherIdOf } from '#event-codec/ids';
import { openMemoryStore } from '#event-store/memory-store';
import type { EventStore, RecordedEvent } from '#event-store/port';
import type { LedgerCommand } from '#ledger/ledger-events';
import { fc, times } from '../../support/property.ts';
import { COMMANDS } from '../ledger/command-examples.ts';
import { statementPayment } from '../ledger/fund-examples.ts';
import { clerk, finance } from '../ledger/given.ts';
import { givenCounty } from './county.ts';

const instant = '2024-06-03T02:00:00.000Z';
const OLD = 'qinghonglv';
const KEPT = 'xingzhang';
const payment = { ...statementPayment(1_000), voucher: 'zf-1' };

const greenhouse = { allocationId: 'greenhouse', amountFen: payment.amountFen };

const pay = (payeeId: string, changes: object = {}): LedgerCommand => ({
  type: 'DisburseFunds',
  data: { ...payment, payeeId, ...changes },
});
const another = { allocationId: 'orchard', paymentId: 'payment-2' };
const merge = (payeeId: string, intoPayeeId: string): LedgerCommand => ({
  type: 'MergePayee',
  data: { payeeId, intoPayeeId, reason: '重复登记' },
});
const revoke = (payeeId: string): LedgerCommand => ({
  type: 'RevokePayeeMerger',
  data: { payeeId, reason: '不是同一单位' },
});
const request = (payeeId: string): LedgerCommand => ({
  type: 'RequestDisbursement',
  data: { ...COMMANDS.RequestDisbursement.data, ...greenhouse, payeeId },
});

const asked = () => ({ commandId: randomUUID(), actor: finance, occurredOn: '2024-06-03' });
const eventsOf = async (store: EventStore): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of store.readAll()) events.push(event);
  return events;
};
const refusalOf = (outcome: LedgerOutcome) =>
  outcome.kind === 'refused' ? outcome.refusal : outcome.kind;

/** A county with two payees and two allocations. */
const begin = async (isShared: boolean) => {
  const store: EventStore = { ...openMemoryStore(), isShared };
  const execute = createExecutor(store, () => instant);
  await givenCounty(execute, ['greenhouse', 'orchard']);
  const data = { payeeId: KEPT, kind: 'enterprise', name: '兴张建设' } as const;
  await execute({ type: 'RegisterPayee', data }, asked());
  return { store, execute };
};

describe.each([
  ['a log of one machine', false],
  ['a log that machines share', true],
])('on %s', (_which, isShared) => {
  let store: EventStore;
  let execute: Execute;
  beforeEach(async () => {
    ({ store, execute } = await begin(isShared));
  });
  const done = async (command: LedgerCommand) =>
    expect(await execute(command, asked())).toMatchObject({ kind: 'happened' });

  test.each([
    ['a payee', OLD, KEPT],
    ['its successor', KEPT, OLD],
  ])('a slip that paid %s pays none that is one with it', async (_who, first, second) => {
    await done(pay(first));
    await done(merge(OLD, KEPT));
    expect(refusalOf(await execute(pay(second, another), asked()))).toMatchObject({
      ...{ code: 'voucher-already-paid', payeeId: second, paymentId: payment.paymentId },
    });
    await done(revoke(OLD));
    await done(pay(second, another));
  });

  test('a chain of mergers is one payee', async () => {
    const data = { payeeId: 'third', kind: 'enterprise', name: '第三建设' } as const;
    await done({ type: 'RegisterPayee', data });
    await done(pay(OLD));
    await done(merge(OLD, KEPT));
    await done(merge(KEPT, 'third'));
    expect(refusalOf(await execute(pay('third', another), asked()))).toMatchObject({
      code: 'voucher-already-paid',
    });
  });

  test('what was requested before the merger is approved and paid as asked for, and counts as paid', async () => {
    const { requestId } = COMMANDS.RequestDisbursement.data;
    const allocationId = 'greenhouse';
    expect(await execute(request(OLD), { ...asked(), actor: clerk })).toMatchObject({
      kind: 'happened',
    });
    await done(merge(OLD, KEPT));
    await done({ type: 'ApproveDisbursement', data: { allocationId, requestId } });
    const paid = { ground: 'request', allocationId, requestId } as const;
    await done({
      type: 'DisburseFunds',
      data: { ...paid, paymentId: 'payment-1', voucher: 'zf-1' },
    });
    expect(refusalOf(await execute(pay(KEPT, another), asked()))).toMatchObject({
      code: 'voucher-already-paid',
    });
  });

  test('a request or payment that names a merged payee is refused with its successor', async () => {
    await done(merge(OLD, KEPT));
    const refusal = { code: 'payee-is-merged', payeeId: OLD, successorId: KEPT, name: '兴张建设' };
    expect(refusalOf(await execute(request(OLD), asked()))).toEqual(refusal);
    expect(refusalOf(await execute(pay(OLD), asked()))).toEqual(refusal);
    expect((await eventsOf(store)).filter(({ type }) => type === 'FundsDisbursed')).toEqual([]);
  });

  test('a payee described as a merged one is the successor', async () => {
    await done(merge(KEPT, OLD));
    const data = { payeeId: 'again', kind: 'enterprise', name: '兴张建设' } as const;
    expect(refusalOf(await execute({ type: 'RegisterPayee', data }, asked()))).toMatchObject({
      ...{ code: 'payee-already-registered', payeeId: OLD, mergedPayeeId: KEPT },
    });
    const renamed = { payeeId: OLD, kind: 'enterprise', name: '兴张建设' } as const;
    await done({ type: 'ChangePayee', data: renamed });
  });
});

test('mergers of two machines into each other at one moment: the first holds, nothing hangs, and either is taken back', async () => {
  const { store, execute } = await begin(true);
  const racing: EventStore = {
    ...store,
    append: async (stream, ...rest) => {
      if (stream === `payee-${OLD}`) await execute(merge(KEPT, OLD), asked());
      return store.append(stream, ...rest);
    },
  };
  const behind = createExecutor(racing, () => instant);
  expect(await behind(merge(OLD, KEPT), asked())).toMatchObject({ kind: 'happened' });
  expect(refusalOf(await execute(pay(KEPT), asked()))).toMatchObject({ successorId: OLD });
  expect(await execute(pay(OLD), asked())).toMatchObject({ kind: 'happened' });
  expect(await execute(revoke(KEPT), asked())).toMatchObject({ kind: 'happened' });
  expect(refusalOf(await execute(pay(OLD, another), asked()))).toMatchObject({
    code: 'voucher-already-paid',
  });
  expect(refusalOf(await execute(request(OLD), asked()))).toMatchObject({ successorId: KEPT });
});

describe('a claim on a slip of merged payees', () => {
  const streamOf = (payeeId: string) =>
    `voucher-${voucherIdOf(payment.voucher, payeeId, payment.amountFen)}`;
  const claimsIn = async (store: EventStore) =>
    (await eventsOf(store))
      .filter(({ stream }) => stream.startsWith('voucher-'))
      .map(({ stream, type }) => [type, stream]);

  test('is made under each of them, and freed under each where the payment is not made', async () => {
    const { store, execute } = await begin(true);
    await execute(merge(OLD, KEPT), asked());
    await execute(pay(KEPT, { from: 'unit' }), asked());
    expect(await claimsIn(store)).toEqual([
      ...[OLD, KEPT].map((payeeId) => ['VoucherClaimed', streamOf(payeeId)]),
      ...[OLD, KEPT].map((payeeId) => ['VoucherFreed', streamOf(payeeId)]),
    ]);
    expect(await execute(pay(KEPT), asked())).toMatchObject({ kind: 'happened' });
  });

  test('stops a machine that has not heard of the merger: never do both pay', async () => {
    const waiting = fc.array(fc.nat(5), { minLength: 40, maxLength: 40 });
    const property = fc.asyncProperty(waiting, fc.boolean(), async (waits, isSwapped) => {
      const { store, execute } = await begin(true);
      await execute(merge(OLD, KEPT), asked());
      let next = 0;
      const pause = async () => {
        for (let turn = waits[next++ % waits.length] ?? 0; turn > 0; turn -= 1) await nextTurn();
      };
      const far: EventStore = {
        ...store,
        append: async (...given) => {
          await pause();
          const outcome = await store.append(...given);
          await pause();
          return outcome;
        },
      };
      const unaware: EventStore = {
        ...far,
        async *readAll(...given) {
          for await (const event of store.readAll(...given))
            if (event.type !== 'PayeeMerged') yield event;
        },
      };
      const both = [
        createExecutor(far, () => instant)(pay(KEPT), asked()),
        createExecutor(unaware, () => instant)(pay(OLD, another), asked()),
      ];
      await Promise.all(isSwapped ? both.toReversed() : both);
      const paid = (await eventsOf(store)).filter(({ type }) => type === 'FundsDisbursed');
      expect(paid.length).toBeLessThanOrEqual(1);
    });
    await fc.assert(property, { numRuns: times(60, 1_000) });
  });
});
