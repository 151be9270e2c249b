import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { frameAt } from '#history/questions/frame';
import { asOfOf, findHandle, type Handle } from '#history/questions/handle';
import { namedDays } from '#history/questions/named-days';
import { queryRefusalSentence } from '#presentation/query-refusal-sentence';
import { NO_DAY_LIMIT } from '#history/as-of/as-of-request';
import { balancesAt } from '#history/questions/balances-at';
import { presentFrame } from '#presentation/questions/frame';
import { VIEWS } from '#projections/registry';
import { villageBalances } from '#projections/village-balance/query';
import { demoLedger, type OpenedLedger } from './ledgers.ts';

let opened: OpenedLedger;
beforeAll(async () => {
  opened = await demoLedger();
});
afterAll(() => opened.close());

const at = (text: string): Handle => {
  const { ledger, history } = opened;
  const named = namedDays(history, ledger.views.db);
  const found = findHandle(text, history.position, named);
  if (found.kind === 'handle') return found.handle;
  throw new Error(queryRefusalSentence({ kind: 'unknown-handle', handle: found }).en);
};
const frame = async (text: string) =>
  presentFrame(await frameAt(opened.history, opened.ledger.store, at(text)));
const digestsAt = async (text: string) =>
  opened.ledger.historicalReads.readPast(asOfOf(at(text), opened.history.position), VIEWS, (past) =>
    past.digest(),
  );

describe('replaying the demo', () => {
  test('back to 2024-04-26 shows the ledger as issued', async () => {
    const { totals, places } = await frame('2024-04-26');
    expect(totals).toMatchObject({ allocatedFen: 749_550_000, arrivedFen: 0, paidFen: 0 });
    expect(places).toHaveLength(20);
    expect(places.every(({ arrivedFen, paidFen }) => arrivedFen + paidFen === 0)).toBe(true);
    expect(await frame('issue')).toEqual(await frame('2024-04-26'));
  });

  test('and forward again gives the live digest', async () => {
    expect(await digestsAt('2024-04-26')).not.toEqual(opened.ledger.views.digest());
    expect(await digestsAt('end')).toEqual(opened.ledger.views.digest());
  });

  test.each([
    ['events', '0'],
    ['days', '2024-04-26'],
  ])(
    'by %s every step forward is undone by a step back, and the last is today',
    async (_by, first) => {
      const seen: string[] = [];
      let current = await frame(first);
      for (;;) {
        seen.push(JSON.stringify(current));
        if (current.next === undefined) break;
        current = await frame(current.next);
      }
      expect(current.totals).toEqual(villageBalances(opened.ledger.views.db).totals);
      for (const step of [...seen].reverse()) {
        expect(JSON.stringify(current)).toBe(step);
        if (current.previous !== undefined) current = await frame(current.previous);
      }
    },
  );

  test('each step tells the very places whose figures it has changed', async () => {
    const { history } = opened;
    const placesAt = (position: number) =>
      balancesAt(history, { position, day: NO_DAY_LIMIT }).places;
    for (let position = 1; position <= history.position; position++) {
      const { changed, events } = await frame(`${position}`);
      const before = new Map(placesAt(position - 1).map((place) => [place.placeId, place]));
      const moved = placesAt(position).filter(
        (place) => JSON.stringify(before.get(place.placeId)) !== JSON.stringify(place),
      );
      expect(changed.map(({ after }) => after?.placeId)).toEqual(moved.map((p) => p.placeId));
      expect(events.map((event) => event.position)).toEqual([position]);
    }
  });

  test('a handle that means nothing is answered with what there is', () => {
    expect(() => at('2024-02-30')).toThrow(/no date, no position, and no named day \(issue/);
    expect(() => at('9999')).toThrow(/The log ends at position/);
    expect(at('year-end-2024')).toEqual(at('2024-12-31'));
  });
});
