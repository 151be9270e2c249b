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
import { county } from '../ledger/examples.ts';
import { statementPayment, yuan } from '../ledger/fund-examples.ts';
import { clerk, finance } from '../ledger/given.ts';
import { COMMANDS } from '../ledger/command-examples.ts';
import { givenCounty } from './county.ts';

const instant = '2024-06-03T02:00:00.000Z';
const occurredOn = '2024-06-03';
const payeeId = 'qinghonglv';
const payment = { ...statementPayment(1_000), payeeId, voucher: 'zf-2024-0001' };
const voucherId = voucherIdOf(payment.voucher, payeeId, payment.amountFen);

const pay = (
  changes: Partial<Extract<LedgerCommand, { type: 'DisburseFunds' }>['data']> & {
    readonly amountFen?: bigint;
    readonly payeeId?: string;
  } = {},
): LedgerCommand =>
  // The same command: only its fields differ.
  ({ type: 'DisburseFunds', data: { ...payment, ...changes } }) as LedgerCommand;
const other = { allocationId: 'orchard', paymentId: 'payment-2' };

const reverse = (amount: number): LedgerCommand => ({
  type: 'ReverseDisbursement',
  data: {
    allocationId: 'greenhouse',
    paymentId: payment.paymentId,
    reversalId: randomUUID(),
    amountFen: yuan(amount),
    reason: '收款账号有误',
  },
});

const asked = (commandId: string = randomUUID()) => ({ commandId, actor: finance, occurredOn });

const eventsOf = async (store: EventStore): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of store.readAll()) events.push(event);
  return events;
};
const typesIn = async (store: EventStore, stream: string): Promise<readonly string[]> =>
  (await eventsOf(store)).filter((event) => event.stream === stream).map(({ type }) => type);
const paymentsIn = async (store: EventStore): Promise<readonly unknown[]> =>
  (await eventsOf(store))
    .filter(({ type }) => type === 'FundsDisbursed')
    .map(({ data }) => data['paymentId']);

/** A county with two allocations; `isShared` says whether other machines write to its log. */
const begin = async (isShared: boolean) => {
  const memory = openMemoryStore();
  const store: EventStore = { ...memory, isShared };
  const execute = createExecutor(store, () => instant);
  await givenCounty(execute, ['greenhouse', 'orchard']);
  return { memory, store, execute };
};

describe.each([
  ['a log of one machine', false],
  ['a log that machines share', true],
])('a payment on %s', (_which, isShared) => {
  let store: EventStore;
  let execute: Execute;
  beforeEach(async () => {
    ({ store, execute } = await begin(isShared));
  });
  const refusalOf = (outcome: LedgerOutcome) =>
    outcome.kind === 'refused' ? outcome.refusal : outcome.kind;

  test('on a slip that paid the same payee as much is refused with the day, place and number of that payment', async () => {
    const paid = await execute(pay(), asked());
    const position = 'position' in paid ? Number(paid.position) : 0;
    expect(refusalOf(await execute(pay(other), asked()))).toEqual({
      code: 'voucher-already-paid',
      voucher: payment.voucher,
      payeeId,
      amountFen: payment.amountFen,
      paymentId: payment.paymentId,
      allocationId: 'greenhouse',
      occurredOn,
      position,
      place: [county.name],
    });
    expect(await paymentsIn(store)).toEqual([payment.paymentId]);
  });

  test('on the same slip written otherwise is refused', async () => {
    await execute(pay(), asked());
    const written = { ...other, voucher: 'ZF - 2024\uFF0D0001' };
    expect(refusalOf(await execute(pay(written), asked()))).toMatchObject({
      code: 'voucher-already-paid',
    });
  });

  test.each([
    ['of another amount', { amountFen: yuan(999) }],
    ['on another slip', { voucher: 'zf-2024-0002' }],
    ['with a reason', { voucherReason: '分两笔支付' }],
  ])('%s is another payment', async (_how, changes) => {
    await execute(pay(), asked());
    expect(await execute(pay({ ...other, ...changes }), asked())).toMatchObject({
      kind: 'happened',
    });
  });

  test('asked for again is answered as before', async () => {
    const again = asked();
    const first = await execute(pay(), again);
    expect(await execute(pay(), again)).toEqual({ ...first, kind: 'repeated' });
    expect(await paymentsIn(store)).toHaveLength(1);
  });

  test('that was refused leaves its slip to another', async () => {
    const amountFen = yuan(900_000);
    expect(refusalOf(await execute(pay({ amountFen }), asked()))).toMatchObject({
      code: 'amount-exceeds-arrived-funds',
    });
    await execute(
      { type: 'ReceiveFunds', data: { allocationId: 'orchard', amountFen: yuan(1_000_000) } },
      asked(),
    );
    expect(await execute(pay({ ...other, amountFen }), asked())).toMatchObject({
      kind: 'happened',
    });
  });

  test('that was reversed in whole leaves its slip to another, in part it does not', async () => {
    await execute(pay(), asked());
    await execute(reverse(400), asked());
    expect(refusalOf(await execute(pay(other), asked()))).toMatchObject({
      code: 'voucher-already-paid',
    });
    await execute(reverse(600), asked());
    expect(await execute(pay(other), asked())).toMatchObject({ kind: 'happened' });
    expect(
      refusalOf(await execute(pay({ ...other, paymentId: 'payment-3' }), asked())),
    ).toMatchObject({
      code: 'voucher-already-paid',
      paymentId: 'payment-2',
    });
  });

  test('of an approved request claims the slip of the payee and the amount that were approved', async () => {
    await execute(pay(), asked());
    const request = { ...COMMANDS.RequestDisbursement.data, ...other, requestId: 'request-1' };
    const { paymentId, ...requested } = { ...request, payeeId, amountFen: payment.amountFen };
    const by = { ...asked(), actor: clerk };
    await execute({ type: 'RequestDisbursement', data: requested }, by);
    const approval = { allocationId: 'orchard', requestId: 'request-1' };
    await execute({ type: 'ApproveDisbursement', data: approval }, asked());
    const ground = 'request' as const;
    const data = { ground, ...approval, paymentId, voucher: payment.voucher };
    expect(refusalOf(await execute({ type: 'DisburseFunds', data }, asked()))).toMatchObject({
      code: 'voucher-already-paid',
    });
  });

  test('and another on the same slip at the same time are one', async () => {
    const payments = ['greenhouse', 'orchard', 'greenhouse', 'orchard'].map((allocationId, index) =>
      execute(pay({ allocationId, paymentId: `payment-${index}` }), asked()),
    );
    const kinds = (await Promise.all(payments)).map(refusalOf);
    expect(kinds.filter((kind) => kind === 'happened')).toHaveLength(1);
    expect(await paymentsIn(store)).toHaveLength(1);
  });
});

test('on a log of one machine a payment leaves no event but itself', async () => {
  const { store, execute } = await begin(false);
  await execute(pay(), asked());
  expect(await typesIn(store, `voucher-${voucherId}`)).toEqual([]);
});

test('a payment of a log without claims counts once the log is shared', async () => {
  const { memory, execute } = await begin(false);
  await execute(pay(), asked());
  const shared = createExecutor(memory, () => instant);
  expect(await shared(pay(other), asked())).toMatchObject({
    kind: 'refused',
    refusal: { code: 'voucher-already-paid', paymentId: payment.paymentId },
  });
});

describe('a claim on a slip', () => {
  let memory: EventStore;
  let execute: Execute;
  beforeEach(async () => {
    ({ memory, execute } = await begin(true));
  });
  const claims = () => typesIn(memory, `voucher-${voucherId}`);

  /** A machine that loses power after it has claimed: what goes to the allocation is not written. */
  const dying = (): Execute => {
    const failure = { kind: 'unavailable', outcome: 'unknown', reason: 'power lost' } as const;
    const append: EventStore['append'] = (stream, ...rest) =>
      stream.startsWith('fund-') ? Promise.resolve(failure) : memory.append(stream, ...rest);
    return createExecutor({ ...memory, append }, () => instant);
  };

  test('is made before the payment, and names it', async () => {
    await execute(pay(), asked());
    const events = (await eventsOf(memory)).slice(-2);
    expect(events.map(({ type }) => type)).toEqual(['VoucherClaimed', 'FundsDisbursed']);
    expect(events[0]?.data).toEqual({
      voucherId,
      kind: 'payment',
      voucher: payment.voucher,
      payeeId,
      amountFen: Number(payment.amountFen),
      allocationId: 'greenhouse',
      paymentId: payment.paymentId,
    });
  });

  test('of a payment that was interrupted stops another, and the same command goes on', async () => {
    const command = asked();
    expect(await dying()(pay(), command)).toMatchObject({ kind: 'failed' });
    expect(await execute(pay(other), asked())).toMatchObject({
      kind: 'refused',
      refusal: { code: 'voucher-claimed', paymentId: payment.paymentId, occurredOn },
    });
    expect(await execute(pay(), command)).toMatchObject({ kind: 'happened' });
    expect(await paymentsIn(memory)).toEqual([payment.paymentId]);
  });

  test('of a payment that was interrupted is passed over with a reason; the first then needs one', async () => {
    const command = asked();
    await dying()(pay(), command);
    expect(await execute(pay({ ...other, voucherReason: '原笔作废' }), asked())).toMatchObject({
      kind: 'happened',
    });
    expect(await execute(pay(), command)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'voucher-already-paid', paymentId: 'payment-2' },
    });
    expect(await paymentsIn(memory)).toEqual(['payment-2']);
  });

  test('of a payment that was refused is freed, and says why', async () => {
    await execute(pay({ amountFen: yuan(900_000) }), asked());
    const stream = `voucher-${voucherIdOf(payment.voucher, payeeId, yuan(900_000))}`;
    expect(await typesIn(memory, stream)).toEqual(['VoucherClaimed', 'VoucherFreed']);
    const freed = (await eventsOf(memory)).at(-1);
    expect(freed?.data).toMatchObject({ why: 'amount-exceeds-arrived-funds' });
  });

  test('of a later try of the same payment is not freed by an earlier try that was refused', async () => {
    const requestId = 'request-1';
    const allocationId = 'greenhouse';
    const { paymentId, voucher } = payment;
    const request = { ...COMMANDS.RequestDisbursement.data, allocationId, requestId, payeeId };
    await execute(
      { type: 'RequestDisbursement', data: { ...request, amountFen: payment.amountFen } },
      { ...asked(), actor: clerk },
    );
    const data = { ground: 'request' as const, allocationId, requestId, paymentId, voucher };
    const command = asked();
    /** Between refusal and freeing the request is approved, and a machine that dies has claimed. */
    let isApproved = false;
    const append: EventStore['append'] = async (stream, expected, events) => {
      if (events[0]?.type === 'VoucherFreed' && !isApproved) {
        isApproved = true;
        const approval = { allocationId, requestId };
        await execute({ type: 'ApproveDisbursement', data: approval }, asked());
        await dying()({ type: 'DisburseFunds', data }, command);
      }
      return memory.append(stream, expected, events);
    };
    const first = createExecutor({ ...memory, append }, () => instant);
    expect(await first({ type: 'DisburseFunds', data }, command)).toMatchObject({
      refusal: { code: 'request-not-approved' },
    });
    expect(await claims()).toEqual(['VoucherClaimed', 'VoucherClaimed']);
    expect(await execute(pay(other), asked())).toMatchObject({
      refusal: { code: 'voucher-claimed', paymentId },
    });
  });
});

describe('two machines', () => {
  /** The store as a machine sees it over a network: each call takes a while of its own. */
  const far = (memory: EventStore, waits: () => number): EventStore => ({
    ...memory,
    append: async (...request) => {
      for (let turn = waits(); turn > 0; turn -= 1) await nextTurn();
      const outcome = await memory.append(...request);
      for (let turn = waits(); turn > 0; turn -= 1) await nextTurn();
      return outcome;
    },
    async *readStream(...request) {
      for (let turn = waits(); turn > 0; turn -= 1) await nextTurn();
      yield* memory.readStream(...request);
    },
  });

  test('never both pay on one slip, whatever happens in between', async () => {
    const waiting = fc.array(fc.nat(5), { minLength: 40, maxLength: 40 });
    const property = fc.asyncProperty(waiting, fc.boolean(), async (waits, isSameCommand) => {
      const { memory } = await begin(true);
      let next = 0;
      const wait = () => waits[next++ % waits.length] ?? 0;
      const machines = [far(memory, wait), far(memory, wait)].map((store) =>
        createExecutor(store, () => instant),
      );
      const command = asked();
      const outcomes = await Promise.all(
        machines.map((machine, index) =>
          isSameCommand || index === 0 ? machine(pay(), command) : machine(pay(other), asked()),
        ),
      );
      const answered = outcomes.filter(({ kind }) => kind === 'happened' || kind === 'repeated');
      expect(new Set(await paymentsIn(memory)).size).toBe((await paymentsIn(memory)).length);
      expect((await paymentsIn(memory)).length).toBeLessThanOrEqual(1);
      if (answered.length > 0) expect(await paymentsIn(memory)).toHaveLength(1);
      // A payment that a claim stops is refused by name and may be asked for again.
      const last = await createExecutor(memory, () => instant)(pay(), command);
      expect(['happened', 'repeated', 'refused']).toContain(last.kind);
      expect(await paymentsIn(memory)).toHaveLength(1);
    });
    await fc.assert(property, { numRuns: times(60, 1_000) });
  });
});
