import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Role } from '#ledger/context';
import type { EventType } from '#ledger/event-types';
import { startDemoApi, type DemoApi } from '../../support/demo-api.ts';
import { mz as runMz } from '../../support/mz.ts';
import { copyDemo } from '../../support/shared-ledgers.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { ON } from './doors.ts';
import { ENTRIES, PAYEE, READ } from './money-entries.ts';

const LINE = '朔区脱贫巩固组〔2024〕2号/1/901';

const { directory, remove } = temporaryDirectory();
afterAll(remove);
const tokens = new Map<Role, string>();

const mz = async (role: Role, ...parameters: readonly string[]) => {
  const told = await runMz(
    [...parameters, ...(parameters[0] === 'journal' ? [] : ['--token', tokens.get(role) ?? ''])],
    { MZ_DATA: directory },
  );
  expect({ code: told.code, stderr: told.stderr }).toEqual({ code: 0, stderr: '' });
  return told.stdout;
};

const written = async (role: Role, ...parameters: readonly string[]) =>
  JSON.parse(await mz(role, ...parameters, '--on', ON, '--json')) as { readonly position: number };

interface Answer {
  readonly requests: unknown;
  readonly payments: unknown;
  readonly reflects: unknown;
}

interface Told {
  readonly position: number;
  readonly id: string;
  readonly type: EventType;
  readonly corrects: readonly { readonly eventId: string }[];
  readonly correctedBy: readonly { readonly eventId: string }[];
  readonly sentence: { readonly zh: string; readonly en: string };
}

describe('a wrong entry taken back by mz', () => {
  beforeAll(async () => {
    await copyDemo(directory);
    for (const role of ['clerk', 'finance', 'auditor'] as const) {
      const { stdout } = await runMz(['token', '--role', role, '--name', `某${role}`], {
        MZ_DATA: directory,
      });
      tokens.set(role, stdout.trim());
    }
    const place = ['--annex', '1', '--row', '901', '--place', '朔城区'];
    await written('clerk', 'allocate', '1万元', '--notice', '朔区脱贫巩固组〔2024〕2号', ...place);
    await written('finance', 'arrive', LINE, '7000元');
    await written('finance', 'release', LINE, '2000元', '--unit', '神头镇');
    figures = await sums();
  });

  /** The line of the register after the entry before. */
  let figures: unknown;

  const sums = async () => {
    const told = JSON.parse(
      (await runMz(['register', '--json'], { MZ_DATA: directory })).stdout,
    ) as { readonly lines: readonly { readonly line: number }[] };
    return told.lines.find(({ line }) => line === 901);
  };

  /** Numbers in the journal of what was entered and of what took it back, by type. */
  const numbers = new Map<EventType, readonly [made: number, undone: number]>();

  test.each(ENTRIES)('$type: the sums are as before', async ({ type, role, mz: words }) => {
    const entry = words.map((word) => (word === 'LINE' ? LINE : word));
    const made = await written(role, ...entry);
    const back = ['reverse', `${made.position}`, '--reason', '录入有误'];
    const undone = await written(role, ...back);
    numbers.set(type, [made.position, undone.position]);
    const before = figures;
    figures = await sums();
    expect(figures).toEqual(before);
  });

  describe('is linked with its reversal, both ways', () => {
    let entries: readonly Told[] = [];
    let trace = '';
    beforeAll(async () => {
      const journal = await mz('auditor', 'journal', '--allocation', LINE, '--json');
      ({ entries } = JSON.parse(journal) as { readonly entries: readonly Told[] });
      trace = (await runMz(['trace', LINE], { MZ_DATA: directory })).stdout;
    });

    test.each(ENTRIES)('$type: by journal and trace', ({ type, takenBackAs }) => {
      const [wrong, reversal] = (numbers.get(type) ?? []).map((position) =>
        entries.find((told) => told.position === position),
      );
      expect([wrong?.type, reversal?.type]).toEqual([type, takenBackAs]);
      expect([wrong?.sentence, reversal?.sentence]).toEqual(READ[type]);
      if (type === 'DisbursementRequested') return;
      expect(wrong?.correctedBy).toEqual([{ kind: 'reversal', eventId: reversal?.id }]);
      expect(reversal?.corrects).toEqual([{ kind: 'reversal', eventId: wrong?.id }]);
      if (type === 'AllocationClosed') return;
      expect(trace).toContain(`已由 ${reversal?.id.slice(0, 8)} 冲销`);
    });
  });

  test('is read aloud by the journal, the reversal beside what it takes back', async () => {
    const journal = await mz('auditor', 'journal', '--allocation', LINE);
    const lines = journal.split('\n');
    expect(lines.find((line) => line.includes('冲回到账(录入有误) 100.00 元'))).toMatch(
      /冲销 [0-9a-f]{8}$/,
    );
    expect(lines.find((line) => line.includes('缴回(结余) 100.00 元'))).toMatch(
      /已由 [0-9a-f]{8} 冲销$/,
    );
  });

  test('is read aloud in English to who reads English, the links too', async () => {
    const journal = await mz('auditor', 'journal', '--allocation', LINE, '--lang', 'en');
    const lines = journal.split('\n');
    expect(lines[0]).toMatch(/^ *position +business date +recorded +actor +entry +corrections/);
    const taken = lines.find((line) => line.includes('Arrival taken back (录入有误) 100.00 yuan'));
    expect(taken).toMatch(/takes back [0-9a-f]{8}$/);
    const returned = lines.find((line) => line.includes('Returned (结余) 100.00 yuan'));
    expect(returned).toMatch(/taken back by [0-9a-f]{8}$/);
  });

  test('may be a part: what is left of it is taken back next, and no more', async () => {
    const { position } = await written('finance', 'arrive', LINE, '300元', '--voucher', '部分-1');
    const back = ['reverse', `#${position}`, '--reason', '多记'];
    await written('finance', ...back, '100元');
    await written('finance', ...back);
    const again = await runMz([...back, '--token', tokens.get('finance') ?? ''], {
      MZ_DATA: directory,
    });
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('已经全部冲回') });
    // What was taken back leaves its slip free.
    await written('finance', 'arrive', LINE, '300元', '--voucher', '部分-1');
  });

  test('that is no such entry is refused with what is recorded in its place', async () => {
    const journal = await mz('auditor', 'journal', '--type', 'AllocationClassified', '--json');
    const { entries } = JSON.parse(journal) as { readonly entries: readonly Told[] };
    const told = await runMz(
      [
        'reverse',
        `${entries[0]?.position}`,
        '--reason',
        '误',
        '--token',
        tokens.get('clerk') ?? '',
      ],
      { MZ_DATA: directory },
    );
    expect(told).toMatchObject({ code: 1, stderr: expect.stringContaining('请另记一笔“归类”') });
  });
});

describe('a wrong entry taken back over HTTP', () => {
  let demo: DemoApi;
  let line = '';
  let payee = '';
  beforeAll(async () => {
    demo = await startDemoApi();
    const { lines } = (await (await demo.get('/api/v1/allocations')).json()) as {
      lines: { allocationId: string; unarrivedFen: number }[];
    };
    line = lines.find(({ unarrivedFen }) => unarrivedFen >= 1_000_000)?.allocationId ?? '';
    const { payees } = (await (await demo.get('/api/v1/payees')).json()) as {
      payees: { payeeId: string; name: string }[];
    };
    payee = payees.find(({ name }) => name === PAYEE)?.payeeId ?? '';
    await posted(`allocations/${line}/arrivals`, { amount: '7000', unit: '元' });
    await posted(`allocations/${line}/releases`, {
      ...{ amount: '2000', unit: '元', unitName: '神头镇' },
    });
  });
  afterAll(() => demo.close());

  const posted = async (path: string, body: object, role: Role = 'finance') => {
    const answer = await demo.post(`/api/v1/${path}`, { occurredOn: ON, ...body }, role);
    const read = (await answer.json()) as { position: number; code?: string; detail?: string };
    return { status: answer.status, ...read };
  };

  /** The line of the register, without the list of what was asked for and paid. */
  const sums = async () => {
    const answer = await demo.get(`/api/v1/allocations/${line}`);
    const { requests, payments, reflects, ...sumsOfLine } = (await answer.json()) as object &
      Answer;
    return {
      ...sumsOfLine,
      listed: [requests, payments, reflects].every((one) => one !== undefined),
    };
  };

  test.each(ENTRIES)('$type: by its number, and the sums are as before', async (one) => {
    const before = await sums();
    const body = { ...one.body, ...(one.body['payeeId'] === 'PAYEE' && { payeeId: payee }) };
    const made = await posted(`allocations/${line}/${one.path}`, body, one.role);
    expect(made.status).toBe(201);
    const reversal = `entries/${made.position}/reversal`;
    const undone = await posted(reversal, { reason: '录入有误' }, one.role);
    expect(undone.status).toBe(201);
    await demo.ledger.views.waitFor(undone.position, 5_000);
    expect(await sums()).toEqual(before);
    const { entries } = (await (await demo.get('/api/v1/journal?limit=1000')).json()) as {
      readonly entries: readonly Told[];
    };
    const read = [made, undone].map(
      ({ position }) => entries.find((told) => told.position === position)?.sentence,
    );
    expect(read).toEqual(READ[one.type]);
    const again = await posted(reversal, { reason: '再冲一次' }, one.role);
    expect([again.status, String(again.code)]).toEqual([409, expect.stringMatching(/already/)]);
  });

  test('names every field that does not belong to the entry, at once', async () => {
    const closing = await posted(`allocations/${line}/closing`, {}, 'clerk');
    const answer = await demo.post(
      `/api/v1/entries/${closing.position}/reversal`,
      { occurredOn: ON, reason: '误', amount: '1', unit: '元', kind: 'error', voucher: 'v' },
      'clerk',
    );
    const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
    expect(answer.status).toBe(422);
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/amount', '/kind', '/voucher']);
  });

  test('is not to be found under a number that the journal does not have', async () => {
    const { status, code } = await posted('entries/999999/reversal', { reason: '误' });
    expect([status, code]).toEqual([404, 'entry-not-found']);
  });
});
