import { describe, expect, test } from '@jest/globals';
import { NOTHING_KNOWN } from '#importers/plan/known-ledger';
import { repeatedKeys } from '#importers/plan/repeated-keys';
import { readPlan } from '#importers/plan/read-plan';
import { readPrintedDay } from '#importers/plan/printed-day';
import { placeIdOf } from '#event-codec/ids';
import { fc } from '../../support/property.ts';
import { amountsOf, faultsOf, GIVEN, noticeOf, sentencesOf, withLines } from './given-csv.ts';

const row = (number: number, amount: string, project = '', place = '柳县,北关镇,前营村') =>
  `row,1,${number},${place},${amount},${project},,,,`;
const ANNEX = 'annex,1,项目表,万元,';
const rows = (...some: readonly string[]) => withLines({ 12: ANNEX, 13: some, 14: [] });

describe('a row that is the sum of others', () => {
  const two = [row(1, '30', '水渠'), row(2, '12.5', '大棚')];

  test.each([
    ['it says 合计', [...two, row(3, '42.5', '合 计', '柳县,,')], '等于第 1、2 行之和'],
    [
      'it says 小计 within',
      [...two, row(3, '42.5', '北关镇小计'), row(4, '5', '桥')],
      '写的是合计',
    ],
    ['it says a total that is not their sum', [...two, row(3, '40', '总计(万元)')], '写的是合计'],
    ['it has no project and is last', [...two, row(3, '42.5', '', '柳县,,')], '等于第 1、2 行之和'],
    [
      'it has no project and is first',
      [row(9, '42.5', '', '柳县,,'), ...two],
      '等于第 1、2 行之和',
    ],
    [
      'it has no project and heads the villages of its town',
      [
        row(1, '7', '桥'),
        row(2, '42.5', '', '柳县,北关镇,'),
        row(3, '30', '渠'),
        row(4, '12.5', '棚'),
        row(5, '2', '路', '柳县,,'),
      ],
      '等于第 3、4 行之和',
    ],
    [
      'it has no project and sums those since the last such row',
      [...two, row(3, '42.5'), row(4, '1', '桥'), row(5, '2', '路'), row(6, '3')],
      '等于第 4、5 行之和',
    ],
    [
      'it has no project and sums all rows over such rows between them',
      [...two, row(3, '42.5'), row(4, '1', '桥'), row(5, '2', '路'), row(6, '3'), row(7, '45.5')],
      '等于第 1、2、4、5 行之和',
    ],
  ])('where %s, is not money', (_where, some, sentence) => {
    expect(sentencesOf(rows(...some))).toContain(sentence);
  });

  test('is money once the plan confirms that it is a row', () => {
    const text = rows(...two, row(3, '42.5'), 'confirmed,sumRow,1/3');
    expect(amountsOf(text)).toHaveLength(3);
    expect(noticeOf(text).remarks).toMatchObject([{ zh: expect.stringContaining('已确认') }]);
  });

  test.each([
    ['a project of its own', [...two, row(3, '42.5', '道路')]],
    ['the amount of one row only', [row(1, '30', '水渠'), row(2, '30')]],
    ['another amount', [...two, row(3, '42')]],
  ])('is not seen in a row with %s', (_what, some) => {
    expect(faultsOf(rows(...some))).toEqual([]);
  });

  test('is found by its sum, in whatever annex', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 2, maxLength: 12 }),
        (some) => {
          const total = some.reduce((sum, amount) => sum + amount, 0);
          const plain = some.map((amount, n) => row(n + 1, `${amount}`, `渠${n}`));
          expect(faultsOf(rows(...plain))).toEqual([]);
          expect(faultsOf(rows(...plain, row(99, `${total}`)))).toEqual([`行 ${13 + some.length}`]);
        },
      ),
    );
  });
});

describe('an amount', () => {
  test.each([
    ['13800138000', '元'],
    ['100000.000001', '万元'],
    ['3490000001', '万元'],
  ])('of %s %s is beyond what a row has, and is asked about', (amount, unit) => {
    const text = withLines({ 12: `annex,1,表,${unit},`, 13: row(1, amount, '渠'), 14: [] });
    expect(faultsOf(text)).toEqual(['行 13 列 G']);
    expect(sentencesOf(text)).toContain('10 亿元');
    expect(amountsOf(`${text}\nconfirmed,largeAmount,1/1`)).toHaveLength(1);
  });

  test('of 10 亿元 is the most that is not asked about', () => {
    expect(amountsOf(rows(row(1, '100000', '渠')))).toEqual([100_000_000_000n]);
  });

  test('that begins with 0 is a telephone number, whatever is confirmed', () => {
    const text = rows(row(1, '03490000001', '渠'), 'confirmed,largeAmount,1/1');
    expect(sentencesOf(text)).toContain('10 亿元');
    expect(faultsOf(text)).toContain('行 13 列 G');
    expect(faultsOf(rows(row(1, '0.5', '渠')))).toEqual([]);
  });

  test('is refused where rows in bounds sum beyond what a ledger counts, confirmed or not', () => {
    const confirmed = [1, 2, 3].map((n) => `confirmed,largeAmount,1/${n}`);
    const some = [1, 2, 3].map((n) => row(n, '3490000001', `渠${n}`));
    const text = rows(...some, ...confirmed);
    expect(faultsOf(text)).toEqual(['行 12']);
    expect(sentencesOf(text)).toContain('90,071,992,547,409.91 元');
  });

  test('is refused where annexes sum beyond it that are each within', () => {
    const annexes = [1, 2].flatMap((n) => [
      `annex,${n},表,万元,`,
      `row,${n},1,柳县,,,5000000001,渠,,,,`,
      `confirmed,largeAmount,${n}/1`,
    ]);
    expect(faultsOf(withLines({ 12: annexes, 13: [], 14: [] }))).toEqual(['行 12']);
  });

  test('that no row has cannot be confirmed', () => {
    expect(faultsOf(`${GIVEN.join('\n')}\nconfirmed,largeAmount,1/7`)).toEqual(['行 15']);
    expect(faultsOf(`${GIVEN.join('\n')}\nconfirmed,anything,1/1`)).toEqual(['行 15 列 B']);
  });
});

describe('a year', () => {
  test.each(['20245', '2204', '24', '2018', '2026', '0'])(
    'of %s is no fiscal year of a notice of 2024',
    (year) => {
      expect(faultsOf(withLines({ 6: `notice,fiscalYear,${year}` }))).toEqual(['行 6 列 C']);
    },
  );

  test.each(['2019', '2025', '２０２４'])('of %s is one', (year) => {
    expect(faultsOf(withLines({ 6: `notice,fiscalYear,${year}` }))).toEqual([]);
  });

  test('of a task that is far from the notice is a fault at its column', () => {
    expect(faultsOf(withLines({ 13: `${row(1, '30', '渠')}20233` }))).toContain('行 13 列 L');
  });

  test('of the notice is one of our time', () => {
    expect(faultsOf(withLines({ 4: 'notice,date,0204-05-08' }))).toEqual(['行 4 列 C']);
  });
});

describe('a day', () => {
  test.each([
    '2024/5/8',
    '2024.5.8',
    '2024年5月8日',
    '2024-5-08',
    '２０２４-05-08',
    '20240508',
    '2024/5/8 0:00',
  ])('written %s is read', (text) => {
    expect(readPrintedDay(text)).toBe('2024-05-08');
  });

  test.each(['5/8/2024', '8.5.2024', '2024/13/1', '2024/2/30', '2024', '', '2024/5/8 9:30'])(
    'written %j is none, or could be two',
    (text) => {
      expect(readPrintedDay(text)).toBeUndefined();
    },
  );

  test('that a spreadsheet counted says so', () => {
    expect(sentencesOf(withLines({ 4: 'notice,date,45420' }))).toContain('序号');
  });
});

describe('a division code', () => {
  const village = (code: string) => `place,柳县,北关镇,前营村,${code}`;
  test.each([
    ['a spreadsheet has rounded', { 9: 'place,柳县,,,1.40621E+11' }, ['行 9 列 E']],
    ['has eleven digits', { 9: 'place,柳县,,,14062100000' }, ['行 9 列 E']],
    ['is of another level', { 9: 'place,柳县,,,140621100000' }, ['行 9 列 E']],
    [
      'is a second one of its place',
      { 11: [village('140621100201'), village('140621100202')] },
      ['行 12 列 E'],
    ],
    [
      'another place has',
      { 11: [village('140621100201'), 'place,柳县,北关镇,后营村,140621100201'] },
      ['行 12 列 E'],
    ],
    ['is of another county', { 11: village('140622100201') }, ['行 11 列 E']],
  ])('that %s is a fault', (_what, changes, places) => {
    expect(faultsOf(withLines(changes))).toEqual(places);
  });

  test('that a spreadsheet has rounded says what happened', () => {
    expect(sentencesOf(withLines({ 9: 'place,柳县,,,1.40621E+11' }))).toContain('电子表格');
  });

  test('is kept where its place is listed twice, once without', () => {
    for (const lines of [
      [village('140621100201'), village('')],
      [village(''), village('140621100201')],
    ]) {
      const { places } = noticeOf(withLines({ 11: lines }));
      expect(places.map(({ command }) => command.data)).toContainEqual(
        expect.objectContaining({ name: '前营村', divisionCode: '140621100201' }),
      );
      expect(places).toHaveLength(3);
    }
  });

  test('that differs from the one in the ledger is a fault; one that the ledger lacks is remarked on', () => {
    const known = (divisionCode: string | null) => ({
      ...NOTHING_KNOWN,
      place: (id: string) => (id === placeIdOf(['柳县']) ? { divisionCode } : undefined),
    });
    const text = GIVEN.join('\n');
    expect(faultsOf(text, known('140622000000'))).toEqual(['行 9 列 E']);
    expect(faultsOf(text, known('140621000000'))).toEqual([]);
    expect(noticeOf(text, known(null)).remarks).toHaveLength(1);
  });
});

describe('a place', () => {
  test.each([
    ['a village is a county', 'place,下营村,,,', 'B'],
    ['a town is a county', 'place,南关镇,,,', 'B'],
    ['a village is a town', 'place,柳县,下营村,,', 'C'],
  ])('in a column where %s is a fault', (_what, line, column) => {
    expect(faultsOf(withLines({ 11: [GIVEN[10], line] }))).toEqual([`行 12 列 ${column}`]);
  });

  test('is one however it was copied: radicals, marks that cannot be seen, spread characters', () => {
    for (const name of [
      '⾼家村',
      '高\u200B家村',
      '\uFEFF高家村',
      '高 家\u3000村',
      '高家村\uFE00',
    ]) {
      const text = withLines({
        11: `place,柳县,北关镇,${name},`,
        13: row(1, '30', '渠', '柳县,北关镇,高家村'),
        14: row(2, '12.5', '棚', '柳县,北关镇,高家村'),
      });
      const { places } = noticeOf(text);
      expect(places.map(({ command }) => command.data)).toContainEqual(
        expect.objectContaining({ name: '高家村' }),
      );
    }
  });
});

describe('a text', () => {
  const json = (value: string) => {
    const plan = readPlan('plan.json', Buffer.from(`{"notice":{"title":${value}}}`));
    return plan.faults.filter(({ at }) => at === '/notice/title').map(({ zh }) => zh);
  };

  test.each(['"两\\n行"', '"制\\t表"', '"半\\ud842"', '"\\u200b"', '"\\u0000"', '"两\\u2028行"'])(
    '%s is refused',
    (value) => {
      expect(json(value)).toHaveLength(1);
    },
  );

  test('of type and implementer without a project is a fault: nothing of it would be recorded', () => {
    expect(
      faultsOf(withLines({ 13: 'row,1,1,柳县,北关镇,前营村,30,,基础设施,前营合作社,,' })),
    ).toEqual(['行 13 列 H']);
  });
});

describe('a key that JSON says twice', () => {
  test.each([
    ['{"a":1,"b":{"a":2},"a":3}', ['/a']],
    ['[{"x":1},{"x":1,"x":2}]', ['/1/x']],
    ['{"a":["a","a"],"b":"{\\"a\\":1,\\"a\\":2}"}', []],
    ['{"\\u0061":1,"a":2}', ['/a']],
    ['{"a/b":[0,{"~":1,"~":2}]}', ['/a~1b/1/~0']],
  ])('%s', (text, pointers) => {
    expect(repeatedKeys(text)).toEqual(pointers);
  });

  test('is a fault of a plan at its pointer', () => {
    const plan = readPlan('plan.json', Buffer.from('{"notice":{"title":"一","title":"二"}}'));
    expect(plan.faults).toContainEqual(expect.objectContaining({ at: '/notice/title' }));
  });

  test('is not seen in what JSON writes by itself', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(repeatedKeys(JSON.stringify(value))).toEqual([]);
      }),
    );
  });
});

test('a personal number that a paper prints is starred, and the preview says where', () => {
  const text = withLines({
    13: 'row,1,1,柳县,北关镇,前营村,30,水渠 联系13800138000,基础设施,前营合作社,,',
  });
  const { notice, remarks } = noticeOf(text);
  expect(notice.annexes[0]?.lines[0]?.project?.name).toBe('水渠 联系138******00');
  expect(remarks.map(({ zh }) => zh)).toEqual([
    '附件 1 第 1 行里有个人号码,已遮盖为“水渠 联系138******00”。',
  ]);
});
