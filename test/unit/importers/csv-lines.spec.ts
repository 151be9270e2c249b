import { describe, expect, test } from '@jest/globals';
import { cutIntoLines } from '#importers/plan/csv-lines';
import { fc } from '../../support/property.ts';
import { amountsOf, faultsOf, GIVEN, noticeOf, sentencesOf, withLines } from './given-csv.ts';

const GOOD = [30_000_000n, 12_500_000n];

describe('a table is read whole, however it was saved', () => {
  const given = GIVEN.join('\n');
  const padded = GIVEN.map((line) => line + ','.repeat(15 - line.split(',').length)).join('\r\n');
  test.each([
    ['as it is', given],
    [
      'with line ends of three kinds',
      GIVEN.map((l, n) => l + ['\r\n', '\n', '\r'][n % 3]).join(''),
    ],
    ['padded to one width by a spreadsheet', padded],
    ['with as many blank cells at the end of every line', GIVEN.map((l) => `${l},,,`).join('\n')],
    ['with lines of nothing but commas', GIVEN.join('\n,,,\n\n')],
    ['with byte order marks in the middle', GIVEN.join('\n\uFEFF')],
    ['with every cell in quotation marks', given.replace(/[^,\n]+/g, '"$&"')],
    [
      'with wide kinds and numbers',
      given.replace('row,1,1', 'ｒｏｗ,１,１').replace(',30,', ',３０,'),
    ],
    ['with its rows before all that they belong to', [...GIVEN].reverse().join('\n')],
  ])('%s', (_how, text) => {
    expect(amountsOf(text).toSorted()).toEqual(GOOD.toSorted());
  });

  test('with thousands separators that quotation marks guard', () => {
    const text = withLines({
      12: 'annex,1,项目表,元,"425,000"',
      13: 'row,1,1,柳县,北关镇,前营村,"300,000",水渠,基础设施,前营合作社,,',
      14: 'row,1,2,柳县,北关镇,前营村,"125,000.00","大棚,两座",产业发展,前营合作社,,',
    });
    expect(amountsOf(text)).toEqual(GOOD);
  });
});

describe('a line that cannot be what it says is a fault at its place', () => {
  test.each([
    [
      'thousands separators cut an amount and the stated total',
      { 12: 'annex,1,项目表,元,425,000', 13: 'row,1,1,柳县,北关镇,前营村,300,000,水渠,,,,' },
      ['行 12 列 F', '行 13 列 M'],
    ],
    [
      'a comma in a text moves cells to the right',
      { 14: 'row,1,2,柳县,北关镇,前营村,12.5,大棚,两座,产业发展,前营合作社,,' },
      ['行 14 列 M'],
    ],
    [
      'the last column that is filled is one too many',
      { 14: 'row,1,2,柳县,北关镇,前营村,12.5,大棚,产业发展,前营合作社,,2024,备注' },
      ['行 14 列 M'],
    ],
    [
      'a comma moves the type of the project, though the row ends early',
      { 14: 'row,1,2,柳县,北关镇,前营村,12.5,大棚,两座,产业发展' },
      ['行 14 列 J'],
    ],
    [
      'what a separator cut off is read as the project, though the row ends early',
      { 12: 'annex,1,项目表,元,', 13: 'row,1,1,柳县,北关镇,前营村,300,000,水渠' },
      ['行 13 列 H'],
    ],
    ['the title of a notice has a comma', { 3: 'notice,title,下达,资金' }, ['行 3 列 D']],
    [
      'a row is of an annex that no line declares',
      { 14: GIVEN[13].replace(',1,2', ',2,2') },
      ['行 14 列 B'],
    ],
    ['a row names no annex', { 14: GIVEN[13].replace(',1,2', ',,2') }, ['行 14 列 B']],
    ['a first cell is blank', { 14: GIVEN[13].replace('row', '') }, ['行 14 列 A']],
    ['a title is above the head', { 1: ['2024年计划表,,', GIVEN[0]] }, ['行 1']],
    ['cells are separated by tabs', { 14: GIVEN[13].replaceAll(',', '\t') }, ['行 14']],
    ['cells are separated by wide commas', { 14: GIVEN[13].replaceAll(',', '\uFF0C') }, ['行 14']],
    ['a quotation mark is not closed', { 14: GIVEN[13].replace('大棚', '"大棚') }, ['行 14']],
    ['a quotation mark is within a text', { 14: GIVEN[13].replace('大棚', '大"棚"') }, ['行 14']],
    [
      'two marks that are not closed hold a row between them',
      {
        13: GIVEN[12].replace('水渠', '"水渠'),
        14: [GIVEN[13], GIVEN[13].replace(',1,2', ',1,3').replace('大棚', '大棚"')],
      },
      ['行 13', '行 15'],
    ],
    ['a line is a remark', { 14: ['# 以下待定', GIVEN[13]] }, ['行 14']],
    ['a spreadsheet has lost a reference', { 14: GIVEN[13].replace('row', '#REF!') }, ['行 14']],
    [
      'the village alone is filled',
      { 14: GIVEN[13].replace('柳县,北关镇', ',') },
      ['行 14 列 D', '行 14 列 E'],
    ],
    [
      'the town is blank',
      { 11: 'place,柳县,,前营村,' },
      ['行 11 列 C', '行 13 列 D', '行 14 列 D'],
    ],
    ['a title is said twice', { 3: [GIVEN[2], 'notice,title,另一个标题'] }, ['行 4 列 B']],
    [
      'an annex has two totals',
      { 12: [GIVEN[11], 'annex,1,项目表,万元,43'] },
      ['行 13 列 B', '行 13'],
    ],
    [
      'an amount is negative',
      { 13: GIVEN[12].replace(',30,', ',-30,') },
      ['行 13 列 G', '行 12 列 E'],
    ],
  ])('where %s', (_what, changes, places) => {
    const faults = faultsOf(withLines(changes));
    expect(faults.toSorted()).toEqual(places.toSorted());
  });

  test('where the separator is a tab, the sentence says which one it should be', () => {
    expect(sentencesOf(withLines({ 14: GIVEN[13].replaceAll(',', '\t') }))).toContain('英文逗号');
  });

  test('where a field has columns beyond Z, by the letters of a spreadsheet', () => {
    expect(faultsOf(withLines({ 14: `${GIVEN[13]}${','.repeat(15)}x` }))).toEqual(['行 14 列 AA']);
  });
});

describe('a basis', () => {
  test.each([
    ['two lines', ['notice,basis,省农〔2024〕3号', 'notice,basis,市农〔2024〕8号']],
    ['one line, separated by 、', ['notice,basis,省农〔2024〕3号、市农〔2024〕8号']],
    ['one line, separated by a wide semicolon', ['notice,basis,省农〔2024〕3号；市农〔2024〕8号']],
    ['one cell with a comma', ['notice,basis,"省农〔2024〕3号,市农〔2024〕8号"']],
  ])('of several documents in %s is taken whole', (_how, lines) => {
    const { notice } = noticeOf(withLines({ 3: [GIVEN[2], ...lines] }));
    expect(notice.basis.map(({ raw }) => raw)).toEqual(['省农〔2024〕3号', '市农〔2024〕8号']);
  });
});

describe('no line is lost', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      '',
      ' ',
      '1',
      '2',
      '15',
      '150,000',
      '合计',
      '柳县',
      '前营村',
      '"',
      '\uFEFF',
      '\t',
    ),
    fc.string({ maxLength: 6 }),
  );
  const kind = fc.oneof(
    fc.constantFrom('row', 'annex', 'place', 'notice', 'confirmed', '', '#', 'ROW', '行'),
    fc.string({ maxLength: 4 }),
  );
  const line = fc
    .tuple(kind, fc.array(cell, { maxLength: 14 }))
    .map(([first, cells]) => [first, ...cells].join(','));

  test('in silence: each that is not blank is a line of the plan or has a fault', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.constantFrom('\n', '\r\n'), (some, end) => {
        const text = some.join(end);
        const { lines, faults } = cutIntoLines(text);
        const known = new Set([
          ...lines.map(({ number }) => number),
          ...faults.map(({ at }) => Number(/\d+/.exec(at)?.[0])),
        ]);
        text.split(/\r\n|\n|\r/).forEach((one, index) => {
          const isBlank = /^[\s,"\p{Default_Ignorable_Code_Point}\p{Cf}]*$/u.test(one);
          if (!isBlank) expect(known).toContain(index + 1);
        });
      }),
    );
  });

  test('from a good plan: a strange line makes it faulty, or is counted as a row', () => {
    fc.assert(
      fc.property(line, fc.nat({ max: GIVEN.length }), (strange, after) => {
        const text = [...GIVEN.slice(0, after), strange, ...GIVEN.slice(after)].join('\n');
        if (/^[\s,\p{Default_Ignorable_Code_Point}\p{Cf}"]*$/u.test(strange)) return;
        const faults = faultsOf(text);
        if (faults.length > 0) return;
        // Nothing but another place, another basis or an answer can be added to this plan in peace.
        expect(strange).toMatch(/^\s*(place|notice,\s*basis|confirmed)\b/i);
      }),
    );
  });

  test('however many rows there are, their sum is that of the amounts written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9_999_999 }), { minLength: 1, maxLength: 30 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        (amounts, end, isPadded) => {
          const rows = amounts.map(
            (amount, n) =>
              `row,1,${n + 1},柳县,北关镇,前营村,"${amount.toLocaleString('en')}",渠${n},,,,`,
          );
          const lines = [...GIVEN.slice(0, 11), 'annex,1,表,元,', ...rows];
          const text = lines.map((one) => (isPadded ? `${one},,` : one)).join(end);
          expect(amountsOf(text)).toEqual(amounts.map((amount) => BigInt(amount) * 100n));
        },
      ),
    );
  });
});
