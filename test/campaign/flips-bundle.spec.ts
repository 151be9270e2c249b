import { beforeAll, describe, expect, test } from '@jest/globals';
import { ALL_OF_THEM, county, packageOf, run, verifyHere } from '../support/verifier/verifier.ts';
import { flipAnywhere, flipped, FLIPS } from './flips.ts';
import { logSigner } from '../support/verifier/bundle-fixture.ts';
import { fc } from '../support/property.ts';

/** The bundle of an audit package, one byte of which was changed on the way. */

interface Named {
  readonly index: number;
  readonly type: string;
  readonly place: string;
  readonly amountFen: number | null;
  readonly was: Omit<Named, 'was'> | null;
}

const facts = ({ type, place, amountFen }: Omit<Named, 'was'>) => ({ type, place, amountFen });

const good = county();

describe.each([
  ['signed to its end', good],
  ['whose last events no checkpoint covers', county({ sizes: [5, 12] })],
])('of a bundle %s', (_which, { text, leaves }) => {
  const bytes = Buffer.from(text);
  const asked = { policy: ALL_OF_THEM, leaves: () => leaves };
  /** What an auditor is told of each event of the bundle as it was exported. */
  const asExported: Named[] = [];

  beforeAll(async () => {
    for (const line of text.split('\n').slice(1, 1 + leaves.length / 32)) {
      const { id } = JSON.parse(line) as { readonly id: string };
      asExported.push((await verifyHere(bytes, { ...asked, event: id }))['event'] as Named);
    }
  });

  /** The event in whose line a byte stands, its end included; undefined outside of events. */
  const eventAt = (at: number): Named | undefined => {
    const before = bytes.subarray(0, at).filter((byte) => byte === 0x0a).length;
    return asExported[before - 1];
  };

  test('every flip is found; one in an event is named with its index, village and amount', async () => {
    await fc.assert(
      fc.asyncProperty(flipAnywhere(bytes.length), async (flip) => {
        const report = await verifyHere(flipped(bytes, flip), asked);
        expect(report.exit).not.toBe(0);
        const event = eventAt(flip.at);
        if (event === undefined) return;
        const [found] = report.faults.filter(({ index }) => index !== undefined);
        const [named] = found?.['events'] as readonly Named[];
        expect(named?.index).toBe(event.index);
        // What it says now may be another village or amount; then what was exported is told as well.
        expect(facts(named?.was ?? (named as Named))).toEqual(facts(event));
        expect(report.verdict.en).toContain(`event ${event.index + 1}`);
      }),
      { numRuns: FLIPS, seed: 20240426 },
    );
  }, 3_600_000);
});

test('the command says so with nothing but the key', () => {
  const [amount] = fc.sample(fc.constantFrom(...'012456789'), { numRuns: 1, seed: FLIPS });
  const altered = good.text.replace('"amountFen":30000000', `"amountFen":${amount}0000000`);
  const { status, stdout } = run([packageOf(altered, good.leaves), '--key', logSigner().vkey]);
  expect([status === 0, stdout]).toEqual([false, expect.stringMatching(/第 12 个事件.*里仁村/)]);
  expect(stdout).toContain('300,000.00 元');
});
