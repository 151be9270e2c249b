import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { search } from '#history/trace/search';
import { presentSearch } from '#presentation/questions/hits';
import { linesOfAmount } from '#projections/allocation-register/find';
import { places } from '#projections/place-directory/query';
import { demoLedger, type OpenedLedger } from './ledgers.ts';

let opened: OpenedLedger;
beforeAll(async () => {
  opened = await demoLedger();
});
afterAll(() => opened.close());

const hits = async (text: string) => {
  const { store, views } = opened.ledger;
  return presentSearch(await search({ db: views.db, store }, text)).hits;
};
const labels = async (text: string, kind: string) =>
  (await hits(text)).filter((hit) => hit.kind === kind).map(({ label }) => label);

describe('a search finds', () => {
  test.each([
    ['朔区脱贫巩固组〔2024〕2号', 'notice', '朔区脱贫巩固组〔2024〕2号'],
    ['朔区脱贫巩固组[2024]2号', 'notice', '朔区脱贫巩固组〔2024〕2号'],
    ['朔农发〔2024〕6号', 'notice', '朔区脱贫巩固组〔2024〕2号'],
    ['朔农发[2024]6号', 'notice', '朔区脱贫巩固组〔2024〕2号'],
    ['stz', 'place', '神头镇'],
    ['STZ', 'place', '神头镇'],
    ['神头镇', 'place', '神头镇'],
    ['140602100000', 'place', '神头镇'],
    ['蔬菜大棚', 'project', '蔬菜大棚改造工程'],
    ['青红绿', 'payee', '朔州市朔城区青红绿农牧有限公司'],
    ['160万', 'allocation', '蔬菜大棚改造工程'],
    ['160万元', 'allocation', '蔬菜大棚改造工程'],
    ['1600000', 'allocation', '蔬菜大棚改造工程'],
    ['1,600,000元', 'allocation', '蔬菜大棚改造工程'],
    ['示例-支付-20240605', 'voucher', '示例-支付-20240605-c9df'],
  ])('%s: %s %s', async (text, kind, label) => {
    expect((await labels(text, kind))[0]).toBe(label);
  });

  test('a notice by the document it rests on, and says so', async () => {
    const [hit] = await hits('朔农发〔2024〕6号');
    expect(hit?.detail).toMatch(/ 依据 朔农发〔2024〕6号$/);
    const [own] = await hits('朔区脱贫巩固组〔2024〕2号');
    expect(own?.detail).not.toContain('依据');
  });

  test('a place by a name it had, with both names', async () => {
    const { ledger, close } = await demoLedger();
    const { store, views, execute } = ledger;
    const [village] = places(views.db, { name: '东榆林村' });
    const { placeId = '' } = village ?? {};
    const renamed = await execute(
      { type: 'RenamePlace', data: { placeId, name: '西榆林新村' } },
      {
        commandId: '0197a000-0000-7000-8000-00000000000b',
        actor: { id: 'sun', organisation: '办', role: 'administrator' },
        occurredOn: '2024-12-24',
      },
    );
    expect(renamed.kind).toBe('happened');
    await views.catchUp();
    const found = presentSearch(await search({ db: views.db, store }, '东榆林村')).hits.filter(
      ({ kind }) => kind === 'place',
    );
    expect(found).toMatchObject([{ label: '西榆林新村', detail: '神头镇 曾用名 东榆林村' }]);
    await close();
  });

  test('a line by the sum it was issued with, and by what it is now', async () => {
    const { ledger, close } = await demoLedger();
    const { store, views, execute } = ledger;
    const line = linesOfAmount(views.db, 5_000_000, 1)[0];
    const data = {
      allocationId: line?.allocationId ?? '',
      amountFen: 100n,
      approval: '〔2024〕9号',
    };
    const recalled = await execute(
      { type: 'RecallAllocation', data },
      {
        commandId: '0197a000-0000-7000-8000-00000000000c',
        actor: { id: 'li', organisation: '财政局', role: 'finance' },
        occurredOn: '2024-12-24',
      },
    );
    expect(recalled.kind).toBe('happened');
    await views.catchUp();
    const found = async (text: string) =>
      (await search({ db: views.db, store }, text)).hits.flatMap((hit) =>
        hit.kind === 'allocation' ? hit.line.allocationId : [],
      );
    expect(await found('5万')).toContain(data.allocationId);
    expect(await found('49999')).toEqual([data.allocationId]);
    await close();
  });

  test('names that begin with the text before names that only hold it', async () => {
    expect((await labels('神头', 'place')).slice(0, 2)).toEqual(['神头街道', '神头镇']);
  });

  test('a payment by its amount', async () => {
    expect(await labels('48万', 'payment')).toEqual([
      '480,000.00 元 付 朔州市朔城区青红绿农牧有限公司',
    ]);
  });

  test.each([
    ['voucher', '示例-支付-20240605-c9df'],
    ['payment', '10万'],
  ])('a reversed payment by its %s, and says that it was reversed', async (kind, text) => {
    const found = (await hits(text)).filter((hit) => hit.kind === kind);
    const reversed = found.filter(({ reversedFen }) => reversedFen !== undefined);
    expect(reversed.map(({ note, reversedFen }) => ({ note, reversedFen }))).toEqual([
      { note: { zh: '已全部冲销', en: 'reversed in full' }, reversedFen: 10_000_000 },
    ]);
  });

  test('any event by its id, whether or not it moved money', async () => {
    for await (const { id, type } of opened.ledger.store.readAll()) {
      expect([type, (await hits(id)).length > 0]).toEqual([type, true]);
    }
  });

  test('nothing for nothing, and never the whole ledger', async () => {
    expect(await hits('  ')).toEqual([]);
    expect(await hits('没有这样的')).toEqual([]);
    const { store, views } = opened.ledger;
    const { hits: few, more } = await search({ db: views.db, store }, '村', 3);
    expect(few.filter(({ kind }) => kind === 'place')).toHaveLength(3);
    expect(more).toContain('place');
  });

  test.each(["' OR 1=1 --", '%', '_', '\u0000', '〔', '9'.repeat(400), '😀'])(
    'no more than it should for %j',
    async (text) => {
      expect((await hits(text)).filter(({ kind }) => kind !== 'notice')).toEqual([]);
    },
  );
});
