import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { csvLine } from '#exports/audit-package/csv-line';

const asLibraryWrites = (cells: readonly (string | number | null)[]): string =>
  stringify([[...cells]], { escape_formulas: true, record_delimiter: 'windows' });

describe('a line for a spreadsheet', () => {
  test.each(['=1+1', '+86', '-', '-1+cmd', '@sum', '\tx', '\rx', '＝1', '＋1', '－1', '＠x'])(
    'does not let %j be taken for a formula',
    (text) => {
      expect(csvLine([text])).toMatch(/^"?'/);
    },
  );

  test.each([
    ['a,b'],
    ['a "b"'],
    ['two\nlines'],
    ['two\r\nlines'],
    ['神头镇'],
    [' padded '],
    ["'quoted"],
  ])('holds %j as readers read it', (text) => {
    expect(parse(csvLine([text, 'x']), { record_delimiter: '\r\n' })).toEqual([[text, 'x']]);
  });

  test('is what the library writes of formulas, numbers and nothing', () => {
    const cells = ['=1+1', '-cmd', '@"x"', 12, -7, 0, null, '', 'x'];
    expect(csvLine(cells)).toBe(asLibraryWrites(cells));
  });

  test('leaves an amount below zero a number', () => {
    expect(csvLine(['-5.00', -500])).toBe('-5.00,-500\r\n');
  });
});
