import { afterAll, describe, expect, test } from '@jest/globals';
import { loadDemo } from '#importers/demo/load-demo';
import { idOf, noticeIdOf, placeIdOf } from '#event-codec/ids';
import { REFERENCE_PLAN } from '#importers/demo/reference-notice';
import { openLedger, type Ledger } from '#wiring/ledger';
import { USUAL_TIMING } from '#event-store-esdb/timing';
import { startDouble } from '../support/esdb-double/double.ts';
import { behave, misbehave } from '../support/esdb-double/misbehave.ts';
import { clerk, finance } from '../unit/ledger/given.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const COMMANDS = 10_000;
const WRITERS = 50;
const ALLOCATIONS = 40;

const { directory, remove } = temporaryDirectory();
const noticeId = noticeIdOf(REFERENCE_PLAN.notice.issuer, '朔区脱贫巩固组〔2024〕2号');

afterAll(remove);

/** Allocations of their own, so that nothing the demo did stands in the way of an arrival. */
const allocate = (ledger: Ledger, n: number) =>
  ledger.execute(
    {
      type: 'AllocateFunds',
      data: {
        allocationId: allocationOf(n),
        noticeId,
        placeId: placeIdOf(['朔城区']),
        annex: '9',
        row: n + 1,
        amountFen: BigInt(COMMANDS),
        programme: 'transition',
        fiscalYear: 2024,
        batch: '1',
        fundingLevel: 'municipal',
      },
    },
    { commandId: idOf('allocate', `${n}`), actor: clerk, occurredOn: '2024-12-29' },
  );

const allocationOf = (n: number): string => idOf('allocation in trouble', `${n % ALLOCATIONS}`);

const arrive = (ledger: Ledger, n: number) =>
  ledger.execute(
    { type: 'ReceiveFunds', data: { allocationId: allocationOf(n), amountFen: 1n } },
    { commandId: idOf('arrive', `${n}`), actor: finance, occurredOn: '2024-12-30' },
  );

describe('a node while its cluster is in trouble', () => {
  test(`of ${COMMANDS} commands none that was acknowledged is lost, none is doubled, and the views are those of a rebuild`, async () => {
    const double = await startDouble({ nodes: 3 });
    const ledger = await openLedger({
      directory,
      address: double.clusterAddress,
      timing: {
        ...USUAL_TIMING,
        callMs: 1_000,
        patienceMs: 600_000,
        longestPauseMs: 200,
        probeMs: 200,
      },
    });
    await loadDemo(ledger, () => undefined);
    for (let n = 0; n < ALLOCATIONS; n++) {
      expect(await allocate(ledger, n)).toMatchObject({ kind: 'happened' });
    }
    const begun = Number(await ledger.log.head());
    const seen: bigint[] = [];
    ledger.log.subscribeAll({ after: BigInt(begun) }).subscribe((message) => {
      if (message.kind === 'event') seen.push(message.event.position);
    });

    const acknowledged = new Map<number, bigint>();
    const unanswered: number[] = [];
    let next = 0;
    const { faults } = misbehave(double);
    const writer = async (): Promise<void> => {
      while (next < COMMANDS) {
        const n = next++;
        const answer = await arrive(ledger, n);
        if (answer.kind === 'happened' || answer.kind === 'repeated') {
          acknowledged.set(n, answer.position);
        } else unanswered.push(n);
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, writer));
    behave(double, {});
    // Whoever was not answered asks again with the same id.
    for (const n of unanswered) {
      const answer = await arrive(ledger, n);
      if (answer.kind === 'happened' || answer.kind === 'repeated') {
        acknowledged.set(n, answer.position);
      }
    }
    expect(faults()).toBeGreaterThan(50);
    expect(acknowledged.size).toBe(COMMANDS);
    expect(new Set(acknowledged.values()).size).toBe(COMMANDS);
    expect(double.log.events.filter(({ type }) => type === 'FundsArrived').length).toBe(
      COMMANDS + (await arrivalsOfTheDemo(ledger, begun)),
    );

    const head = Number(await ledger.log.head());
    expect(head).toBe(begun + COMMANDS);
    await ledger.views.waitFor(head, 10_000);
    expect(seen).toEqual(Array.from({ length: COMMANDS }, (_, n) => BigInt(begun + 1 + n)));
    const live = ledger.views.digest();
    await ledger.views.rebuild();
    expect(ledger.views.digest()).toEqual(live);
    await ledger.close();
    await double.stop();
  });
});

const arrivalsOfTheDemo = async (ledger: Ledger, through: number): Promise<number> => {
  let arrivals = 0;
  for await (const { type } of ledger.log.readAll({ limit: through })) {
    if (type === 'FundsArrived') arrivals += 1;
  }
  return arrivals;
};
