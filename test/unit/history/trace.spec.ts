import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NO_DAY_LIMIT } from '#history/as-of/as-of-request';
import { chainText } from '#presentation/questions/chain';
import type { Chain } from '#history/trace/chain';
import { trace } from '#history/trace/trace';
import { findSubject } from '#history/trace/find-subject';
import { referenceOf, subjectOfHit, type Subject } from '#history/trace/subject';
import { allocations, payments } from '#projections/allocation-register/query';
import { openViews } from '#projections/open-views';
import { openMemoryStore } from '#event-store/memory-store';
import { createExecutor } from '#application/commands/execute';
import { createWorker } from '#application/work/worker';
import { streamOf } from '#ledger/commands';
import { clerk } from '../ledger/given.ts';
import { beginning, histories } from '../../support/histories.ts';
import { idOf } from '#event-codec/ids';
import { livedByTheHour } from './given.ts';
import { demoLedger, type OpenedLedger } from './ledgers.ts';
import { fc, times } from '../../support/property.ts';

const EVERYTHING = { position: Number.MAX_SAFE_INTEGER, day: NO_DAY_LIMIT };
const RUNS = times(25, 250, 1_000);

/** What went to ends of a kind along a chain, less what came back from them. */
const sumAt = ({ hops }: Chain, end: string): number =>
  hops.reduce((fen, { from, to, amountFen = 0 }) => {
    if (from.kind === end) return fen - amountFen;
    return to.kind === end ? fen + amountFen : fen;
  }, 0);

describe('over random histories', () => {
  test('sums along every chain conserve, and every payment leads back to its row and forth again', () =>
    fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        const store = await livedByTheHour(steps);
        const views = openViews({ file: ':memory:', store });
        await views.catchUp();
        const { db } = views;
        for (const line of allocations(db).lines) {
          const subject: Subject = { kind: 'allocation', allocationId: line.allocationId };
          const options = { direction: 'forward', asOf: EVERYTHING, depth: 0 } as const;
          const [chain] = (await trace(store, db, subject, options)).chains;
          if (chain === undefined) throw new Error('A chain was lost.');
          const { flow } = chain;
          expect(flow.allocated).toBe(
            flow.quota + flow.treasury + flow.unit + flow.paid + flow.returned + flow.advance,
          );
          expect(flow.allocated).toBe(line.allocatedFen);
          expect(sumAt(chain, 'payee')).toBe(flow.paid);
          expect(sumAt(chain, 'returned')).toBe(flow.returned);
          expect(sumAt(chain, 'quota')).toBe(flow.quota);
          for (const { kind, lots = [], amountFen = 0 } of chain.hops) {
            if (kind !== 'paid') continue;
            expect(lots.reduce((fen, lot) => fen + lot.fen, 0)).toBeLessThanOrEqual(amountFen);
          }
        }
        for (const { paymentId, allocationId } of payments(db)) {
          const subject: Subject = { kind: 'payment', paymentId };
          const options = { direction: 'backward', asOf: EVERYTHING } as const;
          const { chains } = await trace(store, db, subject, options);
          const [first] = chains;
          expect(first?.allocationId).toBe(allocationId);
          expect(first?.hops.some((hop) => hop.paymentId === paymentId)).toBe(true);
          expect(first?.hops[0]?.kind).toBe('allocated');
        }
        await views.close();
      }),
      { numRuns: RUNS },
    ));
});

const LEG = { amountFen: 10n, account: 'quota' } as const;

test('a circle of adjustments and refunds ends, each allocation told once', async () => {
  const store = openMemoryStore();
  const execute = createExecutor(store, () => '2024-07-01T00:00:00.000Z');
  const carryOut = createWorker(store, execute);
  const commands = [
    ...beginning(),
    ...['fund0', 'fund1', 'fund2'].flatMap((allocationId, n, funds) => [
      {
        type: 'ApproveAdjustment' as const,
        data: {
          adjustmentId: `a${n}`,
          approval: '甲〔2024〕2号',
          decidedOn: '2024-03-01',
          legs: [
            { ...LEG, ordinal: 1, allocationId, direction: 'decrease' as const },
            {
              ...LEG,
              ordinal: 2,
              allocationId: funds[(n + 1) % funds.length] ?? '',
              direction: 'increase' as const,
            },
          ],
        },
      },
      { type: 'ReceiveFunds' as const, data: { allocationId, amountFen: 30n } },
    ]),
    ...[1, 2, 3].flatMap((n) => [
      {
        type: 'DisburseFunds' as const,
        data: {
          ground: 'statement' as const,
          allocationId: 'fund0',
          paymentId: `p${n}`,
          payeeId: 'payee',
          amountFen: 30n,
          from: 'treasury' as const,
          stage: 'progress' as const,
          voucher: `v${n}`,
        },
      },
      {
        type: 'ReverseDisbursement' as const,
        data: {
          allocationId: 'fund0',
          paymentId: `p${n}`,
          reversalId: `r${n}`,
          amountFen: 30n,
          reason: '退',
        },
      },
    ]),
  ];
  for (const [n, command] of commands.entries()) {
    const told = { commandId: idOf('circle', `${n}`), actor: clerk, occurredOn: '2024-03-01' };
    expect((await execute(command, told)).kind).toBe('happened');
    if (command.type === 'ApproveAdjustment') await carryOut(streamOf(command));
  }
  const views = openViews({ file: ':memory:', store });
  await views.catchUp();
  const subject: Subject = { kind: 'allocation', allocationId: 'fund0' };
  const { chains, more } = await trace(store, views.db, subject, {
    direction: 'forward',
    asOf: EVERYTHING,
    depth: 50,
  });
  expect(chains.map(({ allocationId }) => allocationId)).toEqual(['fund0', 'fund1', 'fund2']);
  expect(more).toBe(0);
  const [first] = chains;
  expect(first?.flow).toMatchObject({ allocated: 100, treasury: 30, paid: 0 });
  expect(
    first?.hops.filter(({ kind }) => kind === 'paid').map(({ lots }) => lots?.[0]?.fen),
  ).toEqual([30, 30, 30]);
  await views.close();
});

describe('on the demo', () => {
  let opened: OpenedLedger;
  beforeAll(async () => {
    opened = await demoLedger();
  });
  afterAll(() => opened.close());

  const searched = () => ({ db: opened.ledger.views.db, store: opened.ledger.store });
  const follow = async (text: string, direction: 'forward' | 'backward', breadth = 20) => {
    const found = await findSubject(searched(), text);
    if (found.kind !== 'found') throw new Error(`${text} is ${found.kind}.`);
    const { store, db } = searched();
    return trace(store, db, found.subject, { direction, asOf: EVERYTHING, breadth });
  };

  test('the 160 万元 of annex 3 shows document, row, implementer and each payment', async () => {
    const { chains } = await follow('160万', 'forward');
    const [chain] = chains;
    expect(chains).toHaveLength(1);
    expect(chain).toMatchObject({
      documentNumber: '朔区脱贫巩固组〔2024〕2号',
      basis: '朔农发〔2024〕6号',
      issuedOn: '2024-04-26',
      annex: '3',
      row: 1,
      implementer: '朔州市朔城区青红绿农牧有限公司',
    });
    const paid = chain?.hops.filter(({ kind }) => kind === 'paid') ?? [];
    expect(paid.map(({ event, amountFen }) => [event.occurredOn, amountFen])).toEqual([
      ['2024-05-24', 48_000_000],
      ['2024-08-05', 80_000_000],
      ['2024-11-05', 24_000_000],
    ]);
    expect(paid[1]?.lots?.map(({ fen }) => fen)).toEqual([52_000_000, 28_000_000]);
    expect(chain?.hops.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['milestone', 'asset', 'benefit']),
    );
    expect(paid[0]).toMatchObject({
      from: { kind: 'treasury' },
      to: { kind: 'payee', name: '朔州市朔城区青红绿农牧有限公司' },
      stage: 'advance',
    });
    expect(chain?.hops[0]).toMatchObject({ from: { kind: 'notice' }, to: { kind: 'quota' } });
    for (const { event } of chain?.hops ?? []) {
      expect(event.actor.id).not.toBe('');
      expect(event.id).toMatch(/^[0-9a-f-]{36}$/);
    }
    const page = chain === undefined ? '' : chainText(chain);
    for (const told of ['附件3 第1行', '160万元', '朔农发〔2024〕6号', '青红绿', '验收']) {
      expect(page).toContain(told);
    }
  });

  test('a payee and a voucher lead back to the row, with what was paid and what was taken back', async () => {
    const byPayee = await follow('朔州市朔城区青红绿农牧有限公司', 'backward').catch(
      (error: Error) => error.message,
    );
    // The name is also the implementer's of a project: the search says so, and gives a reference to each.
    expect(byPayee).toMatch(/ambiguous/);
    const found = await findSubject(searched(), '朔州市朔城区青红绿农牧有限公司');
    const hit =
      found.kind === 'ambiguous' ? found.hits.find(({ kind }) => kind === 'payee') : undefined;
    const subject = hit && subjectOfHit(hit);
    const { chains } = await follow(subject === undefined ? '' : referenceOf(subject), 'backward');
    expect(chains.map(({ annex, row }) => [annex, row])).toEqual([['3', 1]]);
    expect(chains[0]?.hops.filter(({ kind }) => kind === 'paid')).toHaveLength(3);

    const reversed = await follow('示例-支付-20240605-c9df', 'backward');
    const [chain] = reversed.chains;
    expect(chain?.hops.map(({ kind }) => kind)).toEqual([
      ...['allocated', 'arrived', 'paid', 'reversed'],
    ]);
    const [, , paid, takenBack] = chain?.hops ?? [];
    expect(takenBack).toMatchObject({ ofPayment: paid?.paymentId, amountFen: paid?.amountFen });
    expect(chain === undefined ? '' : chainText(chain)).toContain('冲销支付');
  });

  test('an annex has as many chains as rows, and says what breadth left out', async () => {
    const { chains, more } = await follow('朔区脱贫巩固组〔2024〕2号/1', 'forward', 3);
    expect([chains.length, chains.length + more]).toEqual([3, 11]);
    const all = await follow('朔区脱贫巩固组〔2024〕2号', 'forward', 100);
    expect(all.chains.reduce((fen, { flow }) => fen + flow.allocated, 0)).toBe(749_550_000);
  });

  test('nothing leads on from what nobody knows', async () => {
    expect(await findSubject(searched(), '没有这样的')).toEqual({ kind: 'unknown' });
    expect(await findSubject(searched(), 'payment:none')).toEqual({ kind: 'unknown' });
    expect((await findSubject(searched(), '神头')).kind).toBe('ambiguous');
  });
});
