import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ageing } from '#application/queries/ageing';
import { allocation } from '#application/queries/allocation';
import { announcements } from '#application/queries/announcements';
import { ask, type When } from '#application/queries/ask';
import { balances } from '#application/queries/balances';
import { difference } from '#application/queries/difference';
import { explain } from '#application/queries/explain';
import { journal } from '#application/queries/journal';
import { notices } from '#application/queries/notices';
import { explainedPayments, payeePayments } from '#application/queries/payee-payments';
import { payees } from '#application/queries/payees';
import { placeBalance } from '#application/queries/place-balance';
import { places } from '#application/queries/places';
import { progress } from '#application/queries/progress';
import type { Query } from '#application/queries/query';
import { register } from '#application/queries/register';
import { between, frame, namedDays } from '#application/queries/replay';
import { search } from '#application/queries/search';
import { statement } from '#application/queries/statement';
import { trace } from '#application/queries/trace';
import { allocations } from '#projections/allocation-register/query';
import { payeeSums } from '#projections/payee-payments/query';
import { demoLedger, type OpenedLedger } from '../history/ledgers.ts';

let opened: OpenedLedger;
beforeAll(async () => {
  opened = await demoLedger();
});
afterAll(() => opened.close());

const position = () => opened.ledger.views.position();
const now = (): When => ({ asOf: {}, now: { position: position() } });
const then = (at: number): When => ({ ...now(), asOf: { position: `${at}` } });

/** Asks the same twice: of now, and of the position that now is at. */
const bothWays = async <Parameters, Answer>(
  query: Query<Parameters, Answer>,
  parameters: Parameters,
) => {
  const { ledger } = opened;
  return [
    await ask(ledger, query, parameters, now()),
    await ask(ledger, query, parameters, then(position())),
  ] as const;
};

const on = '2024-12-31';
const whole = { scope: {} };
const someLine = () => {
  const [line] = allocations(opened.ledger.views.db, { limit: 1 }).lines;
  if (line === undefined) throw new Error('The demo has allocations.');
  return line;
};

const somePayee = () => {
  const [sum] = payeeSums(opened.ledger.views.db);
  if (sum === undefined) throw new Error('Payees of the demo are paid.');
  return sum.payeeId;
};

describe('a question about the newest position is answered as one about now', () => {
  test.each([
    ['balances', () => bothWays(balances, {})],
    ['the balance of a place', () => bothWays(placeBalance, { placeId: someLine().placeId })],
    ['progress', () => bothWays(progress, { by: 'town' as const, on })],
    ['notices', () => bothWays(notices, {})],
    ['the register', () => bothWays(register, { limit: 5 })],
    ['an allocation', () => bothWays(allocation, { allocationId: someLine().allocationId })],
    ['announcements', () => bothWays(announcements, { on })],
    ['the journal', () => bothWays(journal, { limit: 1_000 })],
    ['places', () => bothWays(places, {})],
    ['payees', () => bothWays(payees, {})],
    ['payments by payee', () => bothWays(payeePayments, {})],
    [
      'the payments to a payee',
      () => bothWays(explainedPayments, { payeeId: somePayee(), page: { skip: 1, limit: 2 } }),
    ],
    [
      'an explanation',
      () =>
        bothWays(explain, { figure: 'paidFen' as const, ...whole, page: { skip: 0, limit: 9 } }),
    ],
    [
      'a difference',
      () =>
        bothWays(difference, {
          from: { asOf: '2024-06-30' },
          by: 'town' as const,
          measure: 'paidFen' as const,
          ...whole,
          limit: 5,
        }),
    ],
    ['a statement', () => bothWays(statement, { placeId: someLine().placeId })],
    ['ageing', () => bothWays(ageing, { on, ...whole })],
    ['a search', () => bothWays(search, { text: '160万', limit: 10 })],
    ['a trace', () => bothWays(trace, { of: '160万' })],
    ['named days', () => bothWays(namedDays, {})],
    ['a step of a replay', () => bothWays(frame, { handle: 'issue', digest: true })],
    ['what changed between two steps', () => bothWays(between, { from: 'start', to: 'end' })],
  ])('%s', async (_name, both) => {
    const [live, past] = await both();
    expect(live.kind).toBe('answered');
    expect(past).toEqual(live);
  });
});

test('an answer about the past reflects its point, and takes in nothing after it', async () => {
  const asked = await ask(opened.ledger, journal, { limit: 1_000 }, then(7));
  expect(asked).toMatchObject({ kind: 'answered', reflects: { position: 7 } });
  const entries = asked.kind === 'answered' ? asked.answer.entries : [];
  expect(entries.map((entry) => entry.position)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

describe('a question is refused', () => {
  test('where its point is named wrongly', async () => {
    const when = { ...now(), asOf: { asOf: '2024-02-30', position: '-1' } };
    expect(await ask(opened.ledger, balances, {}, when)).toEqual({
      kind: 'refused',
      refusal: {
        kind: 'faulty-point',
        which: 'point',
        faults: [
          { kind: 'not-a-day', field: 'asOf', text: '2024-02-30' },
          { kind: 'not-a-position', field: 'position', text: '-1' },
        ],
      },
    });
  });

  test('where the earlier point is named wrongly', async () => {
    const from = { knownAt: 'gestern' };
    const question = { from, by: 'town', measure: 'paidFen', ...whole, limit: 5 } as const;
    expect(await ask(opened.ledger, difference, question, now())).toMatchObject({
      refusal: { which: 'earlier-point', faults: [{ kind: 'not-an-instant' }] },
    });
  });

  test.each([
    ['place', { placeId: 'none' }],
    ['place', { townId: 'none' }],
    ['allocation', { allocationId: 'none' }],
    ['notice', { noticeId: 'none' }],
  ] as const)(
    'where its scope names a %s that the ledger does not have: %j',
    async (what, scope) => {
      expect(await ask(opened.ledger, ageing, { on, scope }, now())).toEqual({
        kind: 'refused',
        refusal: { kind: 'not-found', what },
      });
    },
  );

  test('where it asks for the payments to a payee that the ledger does not have', async () => {
    const question = { payeeId: 'none', page: { skip: 0, limit: 9 } };
    expect(await ask(opened.ledger, explainedPayments, question, now())).toEqual({
      kind: 'refused',
      refusal: { kind: 'not-found', what: 'payee' },
    });
  });

  test('where its text names nothing, or more than one thing', async () => {
    const { ledger } = opened;
    expect(await ask(ledger, trace, { of: '没有这样的' }, now())).toMatchObject({
      refusal: { kind: 'unknown-subject' },
    });
    expect(await ask(ledger, trace, { of: '神头' }, now())).toMatchObject({
      refusal: { kind: 'ambiguous-subject' },
    });
    expect(await ask(ledger, frame, { handle: '9999', digest: false }, now())).toMatchObject({
      refusal: { kind: 'unknown-handle', handle: { kind: 'beyond-the-end' } },
    });
  });
});
