import { describe, expect, test } from '@jest/globals';
import { MAX_APPEND_BYTES } from '#event-store/port';
import {
  bundleOf,
  eventsOf,
  canonical,
  head,
  leafOf,
  linesOf,
  logSigner,
  body,
  note,
  uuid,
  type Deed,
} from '../../support/verifier/bundle-fixture.ts';
import { ADJUSTMENT, fund, paid, reversed, YEAR } from '../../support/verifier/county.ts';
import { isCampaign } from '../../support/property.ts';
import { runHere } from '../../support/verifier/run-here.ts';
import {
  argumentsFor,
  county,
  file,
  packageOf,
  POLICY,
  reportOf,
  run as runAsProcess,
  WITNESSES,
  type Ran,
  type Report,
} from '../../support/verifier/verifier.ts';

/** The attack table: what somebody does to the ledger, and what an auditor's run says of it. */

/** The campaign starts a process for each run; test/process/verifier-versions.spec.ts starts some. */
const run = async (args: readonly string[]): Promise<Ran> =>
  isCampaign ? runAsProcess(args) : runHere(args);
const verifyFile = async (bundle: string | Uint8Array, ...more: readonly string[]) =>
  reportOf(await run(argumentsFor(bundle, more)));

const good = county();
const old = file(good.notes[1] ?? '', 'old.checkpoint');
const policy = file(POLICY, 'policy.txt');
const leaves = file(good.leaves, 'leaves.bin');

const lines = good.text.split('\n');
const withLine = (number: number, change: (line: string) => string) =>
  lines.map((line, n) => (n === number - 1 ? change(line) : line)).join('\n');
const richer = (line: string) => line.replace('"amountFen":30000000', '"amountFen":39000000');
const PAYMENT_IN_12 = 13; // its line; it is event 12, so index 11
const edited = withLine(PAYMENT_IN_12, richer);

const firstBalance = (of: readonly string[]) =>
  of.findIndex((it) => it.includes('"kind":"balance"'));

const checksOf = ({ faults }: Report) => [...new Set(faults.map(({ check }) => check))];

describe('a bundle that is in order', () => {
  test('ends with 0 and says so as one would tell a colleague', async () => {
    const report = await verifyFile(good.text, '--since', old, '--policy', policy);
    expect(report).toMatchObject({ exit: 0, faults: [], warnings: [], covered: 23 });
    expect(report.verdict).toEqual({
      zh: '共 23 个事件,自 2024-04-26 起未被改动,3 个见证方中有 3 个见证。',
      en: '23 events since 2024-04-26, unaltered, witnessed by 3 of 3.',
    });
    expect(report['figures']).toMatchObject({ allocatedFen: 310000000, arrivedFen: 250000000 });
    expect(report.checks.every(({ ok }) => ok === true)).toBe(true);
  });

  test('is told in both languages unless one is asked for', async () => {
    const args = [file(good.text), '--key', logSigner().vkey];
    const both = (await run(args)).stdout;
    expect(both).toMatch(/^共 23 个事件,.*\n23 events since/);
    expect(both).toContain('没有给出以前的检查点(--since)');
    expect(both).toContain(good.notes.at(-1));
    const english = (await run([...args, '--lang', 'en'])).stdout;
    expect(english).toContain('a rewritten history signed with the same key would not be noticed');
    expect(english).not.toMatch(/未被改动|没有核对/);
  });

  test('is preceded by help for whoever asks', async () => {
    const { status, stdout } = await run(['--help']);
    expect(status).toBe(0);
    for (const code of [0, 2, 10, 11, 12, 13, 14, 15, 16])
      expect(stdout).toMatch(new RegExp(`\\b${code} `));
  });

  test('leaves its checkpoint behind, to be used the next time', async () => {
    const kept = file('', 'kept.checkpoint');
    expect((await verifyFile(good.text, '--save-checkpoint', kept)).exit).toBe(0);
    expect((await verifyFile(good.text, '--since', kept)).exit).toBe(0);
    const fewer = county({}, YEAR.slice(0, 15));
    expect((await verifyFile(fewer.text, '--since', kept)).exit).toBe(12);
  });

  test('says the root at every published size', async () => {
    const hashes = linesOf(YEAR).map(leafOf);
    const roots = [5, 12, 23].map((size) => ({
      size,
      root: head(hashes.slice(0, size)).toString('base64'),
      agrees: true,
    }));
    expect((await verifyFile(good.text))['roots']).toEqual(roots);
  });

  test('says whose signatures it could not look at', async () => {
    const told = (report: Report) => JSON.stringify(report['notChecked']);
    expect(told(await verifyFile(good.text))).toContain('audit.example/w1');
    expect(told(await verifyFile(good.text, '--policy', policy))).not.toContain('audit.example/w1');
  });

  test('with a tail that nobody signed is in order where the tail is allowed, and its money is told apart', async () => {
    const whole = file(county({ sizes: [5, 20] }).text);
    const args = [whole, '--key', logSigner().vkey, '--allow-unsigned-tail'];
    const report = JSON.parse((await run([...args, '--json'])).stdout) as Report;
    const signed = await verifyFile(county({}, YEAR.slice(0, 20)).text);
    expect(report).toMatchObject({ exit: 0, covered: 20, events: 23 });
    expect(report.verdict.en).toMatch(/^20 events since 2024-04-26, unaltered; after them 3 more/);
    expect(report['figures']).toEqual(signed['figures']);
    expect(report['tail']).toMatchObject({ events: 3 });
    expect((await run([...args, '--lang', 'en'])).stdout).toContain(
      'apart, in 3 events that are not signed: ',
    );
  });

  test('tells of one event when asked', async () => {
    const id = String(eventsOf(YEAR)[11]?.['id']);
    const report = await verifyFile(good.text, '--event', id);
    expect(report['event']).toMatchObject({
      number: 12,
      line: 13,
      place: '里仁村',
      amountFen: 30000000,
    });
    expect((await verifyFile(good.text, '--event', 'x')).exit).toBe(2);
  });

  test('may have no events at all, once that is signed', async () => {
    expect(await verifyFile(bundleOf([]).text)).toMatchObject({ exit: 0, events: 0 });
  });
});

describe('11: the events are not those that were signed', () => {
  test('an amount was edited in the store: the range is named, event by event', async () => {
    const { faults, exit } = await verifyFile(edited);
    const [fault] = faults;
    expect(exit).toBe(11);
    expect(fault).toMatchObject({ what: 'root', from: 6, to: 12 });
    expect(fault?.['events']).toHaveLength(7);
  });

  test('with the leaves of an earlier export the very event is named, its village and amount', async () => {
    const report = await verifyFile(edited, '--leaves', leaves);
    expect(report.faults[0]).toMatchObject({ code: 11, index: 11 });
    expect(report.verdict.en).toContain('event 12, FundsDisbursed, 里仁村, 390,000.00 yuan');
  });

  test('in a package the leaves lie beside the bundle, and what was signed is told as well', async () => {
    const inPackage = packageOf(edited, good.leaves);
    const { status, stdout } = await run([inPackage, '--key', logSigner().vkey]);
    expect(status).toBe(11);
    expect(stdout).toContain('第 12 个事件 FundsDisbursed,里仁村,390,000.00 元');
    expect(stdout).toContain('签名时为 FundsDisbursed,里仁村,300,000.00 元');
    expect(stdout).toContain('which was signed as FundsDisbursed, 里仁村, 300,000.00 yuan');
  });

  test.each([3, 100])('in a notice of %s rows, the row is named that was changed', async (rows) => {
    const line = { amountFen: 700_00, placeId: uuid('place 里仁村'), placeText: '里仁村' };
    const others = Array.from({ length: rows - 1 }, (_, n) => ({
      ...{ amountFen: 100_00 + n, placeId: uuid('place 北曹村'), row: n + 1 },
    }));
    const data = { annexes: [{ annex: '1', lines: [...others, { ...line, row: rows }] }] };
    const deed = { stream: 'n', type: 'NoticeIssued', data };
    const { text, leaves: kept } = county({}, [...YEAR, deed]);
    const altered = packageOf(text.replace('"amountFen":70000', '"amountFen":90000'), kept);
    const { stdout } = await run([altered, '--key', logSigner().vkey, '--lang', 'en']);
    expect(stdout).toContain('event 24, NoticeIssued, 里仁村, 900.00 yuan');
    expect(stdout).toContain('signed as NoticeIssued, 里仁村, 700.00 yuan');
    expect(stdout).toContain('("amountFen":70000 was changed to "amountFen":90000)');
  });

  test('leaves beside a bundle that are of no use are no hindrance', async () => {
    const { status } = await run([
      packageOf(good.text, Buffer.from('abc')),
      '--key',
      logSigner().vkey,
    ]);
    expect(status).toBe(0);
    const altered = await run([packageOf(edited, Buffer.from('abc')), '--key', logSigner().vkey]);
    expect(altered.status).toBe(11);
  });

  test('leaves that do not give the signed root accuse nobody', async () => {
    const report = await verifyFile(edited, '--leaves', file(Buffer.alloc(32 * 23)));
    expect(report).toMatchObject({ exit: 11, warnings: [{ what: 'other-leaves' }] });
    expect(report.faults[0]).not.toHaveProperty('index');
  });

  test('edited, and all that follows from it written anew, except the signatures', async () => {
    const deeds = YEAR.map((deed, n) => (n === 11 ? paid(2, 310_000_00, 2, 'unit') : deed));
    const anew = county({}, deeds)
      .text.split('\n')
      .filter((it) => !it.startsWith('{"kind":"ch'));
    const [last] = [lines.findIndex((it) => it.startsWith('{"kind":"checkpoint"'))];
    anew.splice(last, 0, ...lines.filter((it) => it.startsWith('{"kind":"checkpoint"')));
    expect((await verifyFile(anew.join('\n'))).exit).toBe(11);
  });

  test('two events were swapped', async () => {
    const swapped = [...lines];
    [swapped[7], swapped[8]] = [lines[8] ?? '', lines[7] ?? ''];
    expect((await verifyFile(swapped.join('\n'))).exit).toBe(11);
  });

  test('an event was taken out, and the file left as it was otherwise', async () => {
    const report = await verifyFile(lines.filter((_, n) => n !== 9).join('\n'));
    expect(report.exit).toBe(11);
    expect(checksOf(report)).toEqual(expect.arrayContaining(['tree', 'history', 'books']));
  });
});

describe('12: history was rolled back, rewritten or forked', () => {
  const rewritten = YEAR.map((deed, n) => (n === 9 ? paid(1, 490_000_00, 1) : deed));

  test('edited and signed again with the stolen key: only an old checkpoint tells', async () => {
    const { text } = county({}, rewritten);
    expect((await verifyFile(text)).exit).toBe(0);
    const report = await verifyFile(text, '--since', old);
    expect(report).toMatchObject({ exit: 12, faults: [{ what: 'rewritten', from: 1, to: 12 }] });
    const exact = await verifyFile(text, '--since', old, '--leaves', leaves);
    expect(exact.faults[0]).toMatchObject({ code: 12, index: 9 });
    expect(exact.verdict.en).toContain('曹家村, 490,000.00 yuan');
  });

  test('the last events were deleted', async () => {
    const { text } = county({ sizes: [5, 10] }, YEAR.slice(0, 10));
    expect(await verifyFile(text, '--since', old)).toMatchObject({
      exit: 12,
      faults: [{ what: 'rolled-back' }],
    });
  });

  test('the last events were deleted, and a checkpoint over them was left', async () => {
    const kept = bundleOf(linesOf(YEAR.slice(0, 15)), { sizes: [15] });
    const both = kept.text.split('\n');
    both.splice(firstBalance(both), 0, ...lines.filter((it) => it.includes('ledger\\n23\\n')));
    expect(await verifyFile(both.join('\n'))).toMatchObject({
      exit: 12,
      faults: [{ what: 'rolled-back' }],
    });
  });

  test('a back-dated event was inserted', async () => {
    const deeds = [...YEAR.slice(0, 8), fund(3, 'FundsArrived', 1_00), ...YEAR.slice(8)];
    expect((await verifyFile(county({}, deeds).text, '--since', old)).exit).toBe(12);
  });

  test('a restored backup went on signing: two checkpoints contradict each other', async () => {
    const anew = county({}, rewritten).text.split('\n');
    const last = anew.findIndex((it) => it.startsWith('{"kind":"checkpoint"'));
    anew[last + 1] = lines[last + 1] ?? '';
    const report = await verifyFile(anew.join('\n'));
    expect(report.exit).toBe(11);
    expect(checksOf(report)).toEqual(['tree', 'history']);
  });
});

describe('13: events that nobody signed follow those that were', () => {
  test.each([
    [[]],
    [['--since', old]],
    [['--policy', policy]],
    [['--since', old, '--policy', policy]],
  ])('invented ones need no key, and are a fault whatever else is asked: %j', async (asked) => {
    const report = await verifyFile(county({ sizes: [5, 20] }).text, ...asked);
    expect(report).toMatchObject({
      exit: 13,
      covered: 20,
      faults: [{ what: 'tail', beyond: 3, size: 20 }],
      verdict: { en: expect.stringContaining('Some events are not signed') },
    });
  });

  test('are not what its figures speak of', async () => {
    const signed = await verifyFile(county({}, YEAR.slice(0, 20)).text);
    const report = await verifyFile(county({ sizes: [5, 20] }).text);
    expect(report['figures']).toEqual(signed['figures']);
    expect(signed['figures']).not.toEqual((await verifyFile(good.text))['figures']);
  });
});

describe('16: nothing is signed', () => {
  test.each([
    ['no checkpoint at all', { sizes: [] }],
    ['a checkpoint over nothing', { sizes: [0] }],
  ])('%s, also where an unsigned tail is allowed', async (_name, wishes) => {
    const { text } = county(wishes);
    expect(await verifyFile(text)).toMatchObject({ exit: 16, faults: [{ what: 'no-checkpoint' }] });
    expect((await verifyFile(text, '--allow-unsigned-tail')).exit).toBe(16);
  });
});

describe('10: signatures and witnesses', () => {
  test('signed with a key of their own', async () => {
    const report = await verifyFile(county({ signers: [logSigner('thief')] }).text);
    expect(report).toMatchObject({
      exit: 10,
      verdict: { en: expect.stringContaining('Signatures') },
    });
  });

  test('two of three witnesses are enough, one is not', async () => {
    const by = (n: number) => county({ witnesses: WITNESSES.slice(0, n) }).text;
    const two = await verifyFile(by(2), '--policy', policy);
    expect(two).toMatchObject({ exit: 0, witnesses: { met: 2, of: 3 } });
    const one = await verifyFile(by(1), '--policy', policy);
    expect(one).toMatchObject({ exit: 10, faults: [{ what: 'too-few', before: 0 }] });
  });

  test('a witness whose line is false spoils the checkpoint', async () => {
    const forged = good.text.replace(
      /(audit\.example\/w1 .{30})(.)/,
      (_, before: string, it: string) => before.concat(it === 'A' ? 'B' : 'A'),
    );
    expect((await verifyFile(forged, '--policy', policy)).exit).toBe(10);
  });

  test('rotation: a note signed by both keys is good under either, a note by the new under the new', async () => {
    const [before, after] = [logSigner(), logSigner('new county')];
    const args = (...keys: string[]) => [...keys.flatMap((key) => ['--key', key]), '--json'];
    const both = file(county({ signers: [before, after] }).text);
    const late = file(county({ signers: [after] }).text);
    expect((await run([both, ...args(before.vkey)])).status).toBe(0);
    expect((await run([both, ...args(after.vkey)])).status).toBe(0);
    expect((await run([late, ...args(before.vkey)])).status).toBe(10);
    expect((await run([late, ...args(before.vkey, after.vkey), '--since', old])).status).toBe(0);
  });

  test('a log of the policy stands in for a key, and is asked for beside one', async () => {
    const withLog = file(`log ${logSigner().vkey}\n${POLICY}`);
    const other = file(`log ${logSigner('other').vkey}\n${POLICY}`);
    expect((await run([file(good.text), '--policy', withLog])).status).toBe(0);
    expect((await verifyFile(good.text, '--policy', other)).exit).toBe(10);
  });

  test('a checkpoint of another log, though the same hand signed it', async () => {
    const hand = logSigner();
    const text = body(23, head([]), 'other.example/ledger');
    const line = canonical({ kind: 'checkpoint', note: note(text, [hand]) });
    const last = firstBalance(lines);
    const more = [...lines.slice(0, last), line, ...lines.slice(last)];
    expect((await verifyFile(more.join('\n'))).exit).toBe(10);
  });

  test('every checkpoint of another log, whose key is trusted as well', async () => {
    const hand = logSigner('county', 'other.example/ledger');
    const others = good.text.replaceAll(/(?<="note":")[^"]*/g, () => {
      const text = body(0, head([]), hand.name);
      return JSON.stringify(note(text, [hand])).slice(1, -1);
    });
    const report = await verifyFile(others, '--key', hand.vkey);
    expect(report.faults[0]).toMatchObject({ code: 10, trouble: { en: 'is of another log' } });
  });
});

describe('14: not canonical', () => {
  test.each([
    ['white space', (it: string) => it.replace(':', ': ')],
    [
      'keys out of order',
      (it: string) => it.replace(/^\{"data":(\{.*?\}),("id":"[^"]*"),/, '{$2,"data":$1,'),
    ],
    ['a key twice', (it: string) => it.replace('"from"', '"from":"unit","from"')],
    ['a float', (it: string) => it.replace('30000000', '30000000.5')],
    ['an integer written as a float', (it: string) => it.replace('30000000', '30000000.0')],
    ['an integer beyond 2^53 − 1', (it: string) => it.replace('30000000', '9007199254740992')],
    ['true', (it: string) => it.replace('30000000', 'true')],
    ['minus zero', (it: string) => it.replace('30000000', '-0')],
    ['an escape that is not needed', (it: string) => it.replace('一期', '\\u4e00期')],
    ['half of a surrogate pair', (it: string) => it.replace('一期', '\\ud800')],
    [
      'nested too deep',
      (it: string) => it.replace('30000000', `${'['.repeat(16)}${']'.repeat(16)}`),
    ],
    ['no JSON', (it: string) => it.slice(0, -1)],
    ['an empty line', () => ''],
    ['a list', () => '[]'],
    ['a field too many', (it: string) => it.replace('"meta"', '"kin":"x","meta"')],
    ['a field too few', (it: string) => it.replace('"actorId":"li",', '')],
    ['a field of another kind', (it: string) => it.replace('"actorId":"li"', '"actorId":1')],
    ['an id that is none', (it: string) => it.replace(/"id":"./, '"id":"x')],
  ])('%s', async (_name, change) => {
    const report = await verifyFile(withLine(PAYMENT_IN_12, change));
    expect(report.exit).toBe(14);
    expect(report.faults[0]).toMatchObject({ check: 'lines', line: PAYMENT_IN_12 });
  });

  test('bytes that are not UTF-8', async () => {
    const bytes = Buffer.from(good.text);
    bytes[bytes.indexOf('一期')] = 0xff;
    expect((await verifyFile(bytes)).faults[0]).toMatchObject({
      code: 14,
      line: 11,
      wrong: { en: 'is not UTF-8' },
    });
  });

  test('lines of an unknown kind, or in the wrong place', async () => {
    expect(
      (await verifyFile(withLine(25, (it) => it.replace('"checkpoint"', '"checkpaint"')))).exit,
    ).toBe(14);
    const [a, b] = [lines[24] ?? '', lines[25] ?? ''];
    const swapped = lines.map((it, n) => (n === 24 ? b : n === 25 ? a : it));
    expect((await verifyFile(swapped.join('\n'))).exit).toBe(14);
    expect((await verifyFile(`${good.text}${lines[28]}\n`)).exit).toBe(14);
    const [balance, at] = [lines[firstBalance(lines)] ?? '', firstBalance(lines)];
    const early = lines.toSpliced(at, 1).toSpliced(24, 0, balance);
    expect((await verifyFile(early.join('\n'))).exit).toBe(14);
  });
});

/** The first arrival of the year is event 1 of its stream. */
const ARRIVAL = uuid(`${fund(1, 'FundsArrived', 0).stream} 1`);
const takenBack = (n: number, type: string, amountFen: number, reversedEventId: string) =>
  fund(n, type, amountFen, { reversedEventId, reason: '录入有误' });

describe('15: the books do not agree', () => {
  test('a balance is not what the events give: allocation and both figures are named', async () => {
    const report = await verifyFile(good.text.replace('"paidFen":98000000', '"paidFen":98000001'));
    expect(report.exit).toBe(15);
    expect(report.faults[0]).toMatchObject({
      field: 'paidFen',
      stated: 98000001,
      counted: 98000000,
    });
    expect(report.faults[0]?.en).toContain('980,000.01 yuan, and the events give 980,000.00 yuan');
  });

  test.each([
    ['a total', (it: string) => it.replace('"allocatedFen":310000000', '"allocatedFen":310000001')],
    ['the number of events', (it: string) => it.replace('"events":23', '"events":24')],
    [
      'a balance that comes twice',
      (it: string) => it.replace(/\{"advanceFen"[^\n]*"kind":"balance"[^\n]*\n/, '$&$&'),
    ],
    ['the last instant', (it: string) => it.replace(/"to":"2024/, '"to":"2025')],
    ['the county', (it: string) => it.replace('"place":"朔城区"', '"place":"平鲁区"')],
    [
      'an allocation left out',
      (it: string) => it.replace(/\{"advanceFen"[^\n]*"kind":"balance"[^\n]*\n/, ''),
    ],
  ])('%s', async (_name, change) => {
    expect(change(good.text)).not.toBe(good.text);
    expect((await verifyFile(change(good.text))).exit).toBe(15);
  });

  test.each([
    ['an account below zero', fund(3, 'FundsReleased', 1)],
    ['more reversed than was paid', reversed(2, 1, 3)],
    ['a reversal of nothing', reversed(1, 1, 99)],
    ['an arrival taken back that never was', takenBack(1, 'ArrivalReversed', 1, 'no such id')],
    ['more taken back than arrived', takenBack(1, 'ArrivalReversed', 1_500_000_01, ARRIVAL)],
    ['a release taken back as an arrival', takenBack(1, 'ReleaseReversed', 1, ARRIVAL)],
    ['an arrival of another allocation taken back', takenBack(2, 'ArrivalReversed', 1, ARRIVAL)],
    ['a payment id used again', paid(1, 1, 1)],
    ['an allocation allocated again', fund(1, 'FundsAllocated', 1, { placeId: 'x' })],
    ['money moved in another stream', { ...fund(1, 'FundsArrived', 1), stream: 'fund-x' }],
    ['money of an unknown allocation', fund(9, 'FundsArrived', 1)],
    ['money from an account that is none', paid(1, 1, 9, 'pocket')],
    ['an amount below zero', fund(2, 'FundsArrived', -5)],
  ])('signed all the same: %s', async (_name, deed) => {
    const report = await verifyFile(county({}, [...YEAR, deed]).text);
    expect(report.exit).toBe(15);
    expect(report.faults[0]).toMatchObject({ check: 'books', index: 23 });
  });

  test('of what is wrong with the books, the event is named with its village and amount', async () => {
    const { verdict } = await verifyFile(county({}, [...YEAR, paid(1, 1_00, 1)]).text);
    expect(verdict.en).toContain('event 24, FundsDisbursed, 曹家村, 1.00 yuan');
  });

  test('a gap in a stream', async () => {
    const gap = linesOf(YEAR).filter((_, n) => n !== 9);
    expect((await verifyFile(bundleOf(gap).text)).faults[0]).toMatchObject({
      code: 15,
      what: 'revision',
    });
  });
});

describe('2: unreadable', () => {
  const key = ['--key', logSigner().vkey];
  const path = file(good.text);

  test.each([
    ['no such file', ['/nowhere/bundle.ndjson', ...key]],
    ['a directory', ['/', ...key]],
    ['no arguments', []],
    ['an option that is none', [path, '--kee', 'x']],
    ['no key', [path]],
    ['a key that is none', [path, '--key', 'county+00000000+AAAA']],
    ['the key of a witness', [path, '--key', WITNESSES[0]?.vkey ?? '']],
    ['a policy that makes no sense', [path, ...key, '--policy', file('quorum nobody\n')]],
    ['an old checkpoint that is none', [path, ...key, '--since', path]],
    ['leaves that are none', [path, ...key, '--leaves', file('abc')]],
    ['an empty file', [file(''), ...key]],
    ['a byte order mark', [file(`\ufeff${good.text}`), ...key]],
    ['more after the end', [file(`${good.text}{`), ...key]],
    ['cut short in a line', [file(good.text.slice(0, 3000)), ...key]],
    ['cut short after a line', [file(lines.slice(0, 20).join('\n') + '\n'), ...key]],
    ['a newer format', [file(good.text.replace('"format":2', '"format":3')), ...key]],
    ['a format that never was', [file(good.text.replace('"format":2', '"format":0')), ...key]],
    ['no bundle', [file('{"a":1}\n'), ...key]],
    ['where to save is nowhere', [path, ...key, '--save-checkpoint', '/nowhere/x']],
  ])('%s', async (_name, args) => {
    const { status, stdout, stderr } = await run([...args, '--json']);
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      exit: 2,
      verdict: { zh: expect.stringContaining('无法核验') },
    });
  });
});

describe('the format of a bundle', () => {
  test('a newer one is named as such, before anything of it is judged', async () => {
    const newer = good.text.replace('"format":2', '"format":3').replaceAll('returnedFen', 'gone');
    const { exit, verdict } = await verifyFile(newer);
    expect([exit, verdict.en]).toEqual([2, expect.stringContaining('newer than format 2')]);
  });

  test('the first one is read as before', async () => {
    expect(await verifyFile(county({ format: 1 }).text)).toMatchObject({ exit: 0 });
  });

  test('in the first one a payment in advance has no balance to stand in', async () => {
    const advance = { ...paid(1, 1_00, 9), data: { ...paid(1, 1_00, 9).data, from: 'advance' } };
    const { exit } = await verifyFile(county({ format: 1 }, [...YEAR, advance]).text);
    expect(exit).toBe(15);
  });

  test('more repaid than was paid in advance is a fault of the books', async () => {
    const { stream, data } = paid(1, 1_00, 9);
    const repaid = { stream, type: 'AdvanceRepaid', data: { ...data, amountFen: 1 } };
    const { exit, faults } = await verifyFile(county({}, [...YEAR, repaid]).text);
    expect([exit, faults[0]?.what]).toEqual([15, 'repaid-too-much']);
  });
});

describe('an event as long as', () => {
  const withText = (length: number) =>
    county({}, [
      ...YEAR,
      { stream: 'place-long', type: 'PlaceRenamed', data: { name: 'x'.repeat(length) } },
    ]);

  test('the ledger records is read', async () => {
    expect(await verifyFile(withText(MAX_APPEND_BYTES).text)).toMatchObject({ exit: 0 });
  });

  test('no ledger records is refused by its length', async () => {
    const { exit, faults } = await verifyFile(withText(1 << 20).text);
    expect([exit, faults[0]?.what]).toEqual([2, 'too-long']);
  });
});

describe('an adjustment document', () => {
  const [approved, less, more, completed] = ADJUSTMENT as readonly [Deed, Deed, Deed, Deed];
  const withData = (deed: Deed, data: object): Deed => ({
    ...deed,
    data: { ...deed.data, ...data },
  });
  const given = withData(more, { amountFen: 51_00 });
  const verified = async (...deeds: readonly Deed[]) => {
    const { exit, faults, warnings } = await verifyFile(county({}, [...YEAR, ...deeds]).text);
    return [exit, faults[0]?.what, warnings[0]?.what];
  };
  const abandoned = { ...completed, type: 'AdjustmentAbandoned' };

  test('whose legs all came is sound, and one that has not ended is told', async () => {
    expect(await verified(...ADJUSTMENT)).toEqual([0, undefined, undefined]);
    expect(await verified(approved, less)).toEqual([0, undefined, 'adjustments-open']);
    expect(await verified(approved, abandoned)).toEqual([0, undefined, undefined]);
  });

  test.each([
    ['that is completed without a leg', [approved, less, completed], 'adjustment-legs'],
    ['of which a leg came twice', [approved, less, less, more, completed], 'leg-odd'],
    ['of which a leg is of another sum', [approved, less, given, completed], 'leg-odd'],
    ['that was never approved', [less, more], 'leg-odd'],
    ['that is approved twice', [approved, ...ADJUSTMENT], 'adjustment-odd'],
    ['that ends twice', [...ADJUSTMENT, completed], 'adjustment-odd'],
    ['that is abandoned after a leg came', [approved, less, abandoned], 'adjustment-abandoned'],
    [
      'that is completed and does not sum to zero',
      [withData(approved, { legs: [{ ...less.data, account: 'treasury' }] }), less, completed],
      'adjustment-sum',
    ],
  ])('%s is a fault of the books', async (_how, deeds, what) => {
    expect((await verified(...deeds)).slice(0, 2)).toEqual([15, what]);
  });
});

describe('warnings, which are no faults', () => {
  test('a payment id that another allocation has used', async () => {
    const { exit, warnings } = await verifyFile(county({}, [...YEAR, paid(1, 1_00, 2)]).text);
    expect([exit, warnings]).toEqual([0, [expect.objectContaining({ what: 'paid-elsewhere' })]]);
  });

  test('a clock that went back by more than a minute, and an id that came twice', async () => {
    const events = eventsOf(YEAR);
    const changed = events.map((event, n) => {
      const meta = event['meta'] as Record<string, string>;
      const recordedAt = new Date(
        Date.parse(meta['recordedAt'] ?? '') - 2 * 3_600_000,
      ).toISOString();
      if (n === 8) return { ...event, meta: { ...meta, recordedAt } };
      return n === 9 ? { ...event, id: events[8]?.['id'] } : event;
    });
    const report = await verifyFile(bundleOf(changed.map(canonical)).text);
    expect(report).toMatchObject({
      exit: 0,
      warnings: [{ what: 'time', number: 9 }, { what: 'id-twice' }],
    });
  });
});
