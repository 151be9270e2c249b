import { expect, test } from '@jest/globals';
import { bundleOf, linesOf, type Deed } from '../../support/verifier/bundle-fixture.ts';
import { paid, YEAR } from '../../support/verifier/county.ts';
import { ALL_OF_THEM, county, verifyHere, type Report } from '../../support/verifier/verifier.ts';
import { fc, times } from '../../support/property.ts';

const good = county();
const bytes = Buffer.from(good.text);
const ourFault = ({ faults }: Report) => faults.some(({ what }) => what === 'failed');

/** What nobody signs, and the report says so: the county's name and the instants of publication. */
const isUnsigned = (at: number) =>
  [...good.text.matchAll(/"(?:place|published)":"([^"]*)/g)].some(({ 0: all, 1: value, index }) => {
    const end = Buffer.byteLength(good.text.slice(0, index + all.length));
    return at >= end - Buffer.byteLength(value ?? '') && at < end;
  });

test('a bundle with any one byte changed is never in order', async () => {
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
  await fc.assert(
    fc.asyncProperty(change, async ([at, by]) => {
      fc.pre(!isUnsigned(at));
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ by;
      const report = await verifyHere(changed, { policy: ALL_OF_THEM, since: [good.notes[1]] });
      expect(report.exit).not.toBe(0);
      expect(ourFault(report)).toBe(false);
    }),
    { numRuns: times(50, 500), seed: 20240426 },
  );
}, 120_000);

test('a bundle cut short anywhere is unreadable', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
      expect((await verifyHere(bytes.subarray(0, length))).exit).toBe(2);
    }),
    { numRuns: times(20, 100), seed: 1 },
  );
});

test('lines shuffled, repeated and left out are never in order, and never a crash', async () => {
  const lines = good.text.split('\n').slice(0, -1);
  const some = fc.array(fc.constantFrom(...lines), { maxLength: lines.length + 3 });
  await fc.assert(
    fc.asyncProperty(some, async (chosen) => {
      fc.pre(chosen.join('\n') !== lines.join('\n'));
      const report = await verifyHere(chosen.map((line) => `${line}\n`).join(''));
      expect(report.exit).not.toBe(0);
      expect(ourFault(report)).toBe(false);
    }),
    { numRuns: times(20, 200), seed: 2 },
  );
});

test('whatever stands where data should be, nothing crashes', async () => {
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      fc.integer(),
      fc.string({ unit: 'binary' }),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('allocationId', 'placeId', '__proto__', 'a'), tie('value')),
    ),
  })).value;
  const names = ['allocationId', 'amountFen', 'from', 'to', 'paymentId', 'placeId', 'direction'];
  const data = fc.dictionary(fc.constantFrom(...names), value);
  const type = fc.constantFrom(...new Set(YEAR.map((deed) => deed.type)), 'constructor');
  await fc.assert(
    fc.asyncProperty(type, data, async (kind, it) => {
      const { text } = bundleOf(linesOf([{ stream: 's', type: kind, data: it }]));
      expect(ourFault(await verifyHere(text))).toBe(false);
    }),
    { numRuns: times(30, 300), seed: 3 },
  );
});

type Rewriting = (deeds: Deed[], at: number, other: number) => Deed[];

const REWRITINGS: Readonly<Record<string, Rewriting>> = {
  edit: (deeds, at) =>
    deeds.map((deed, n) => (n === at ? { ...deed, data: { ...deed.data, note: '补记' } } : deed)),
  insert: (deeds, at) => deeds.toSpliced(at, 0, paid(1, 1_00, 1000 + at)),
  delete: (deeds, at) => deeds.toSpliced(at, 1),
  swap: (deeds, at, other) => {
    const [a, b] = [deeds[at] as Deed, deeds[other] as Deed];
    return deeds.map((deed, n) => (n === at ? b : n === other ? a : deed));
  },
  truncate: (deeds, at) => deeds.slice(0, at),
};

test('history rewritten and signed again with the same key never continues an old checkpoint', async () => {
  const size = 12;
  const since = [good.notes[1]];
  const where = fc.tuple(fc.nat(size - 1), fc.nat(size - 1));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.entries(REWRITINGS)),
      where,
      async (how, [at, other]) => {
        const [name, rewrite] = how;
        fc.pre(name !== 'swap' || at !== other);
        const deeds = rewrite([...YEAR], at, other);
        const sizes = [3, deeds.length].filter((it) => it <= deeds.length);
        const { text } = bundleOf(linesOf(deeds), { sizes });
        const report = await verifyHere(text, { since });
        expect(report.exit).not.toBe(0);
        expect(report.faults.map(({ check }) => check)).toContain('history');
        expect(ourFault(report)).toBe(false);
      },
    ),
    { numRuns: times(20, 200), seed: 4 },
  );
});
