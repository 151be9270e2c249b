import { describe, expect, test } from '@jest/globals';
import { masked, personalNumberIn } from '#ledger/personal-number';
import { textFault, tidiedData } from '#ledger/text';
import { fc } from '../../support/property.ts';

describe('a text that is given to the ledger', () => {
  test('is recorded as NFC and without space at both ends, wherever in the data it is', () => {
    const given = {
      name: ' 社e\u0301 ',
      lines: [{ project: { name: '　机井\t' } }],
      amountFen: 1n,
    };
    expect(tidiedData(given)).toEqual({
      data: { name: '社é', lines: [{ project: { name: '机井' } }], amountFen: 1n },
      faults: [],
    });
  });

  test.each([
    ['half a surrogate pair', '北\uD83C村', 'half-a-character'],
    ['a break of a line', '款\n2024-05-05 缴回', 'control-character'],
    ['an escape of a terminal', '\u001B[2J款', 'control-character'],
    ['a C1 control', '款\u009B31m', 'control-character'],
    ['a mark that turns the direction', '甲\u202E乙', 'control-character'],
    ['a separator of paragraphs', '甲\u2029乙', 'control-character'],
  ])('with %s is refused, also where it is a code', (_what, text, fault) => {
    expect([textFault(text, false), textFault(text, true)]).toEqual([fault, fault]);
  });

  test('is refused with the place of each of its faults', () => {
    const given = { reason: '甲\u0007', lines: [{ note: '打 13800138000' }, { note: '好' }] };
    expect(tidiedData(given).faults).toEqual([
      { at: '/reason', fault: 'control-character' },
      { at: '/lines/0/note', fault: 'mobile-number' },
    ]);
  });

  test.each(['', '甲', 'a b', 'fund/1', '-a', '.', 'a\u0000', 'x'.repeat(101)])(
    'is no id: “%s”',
    (allocationId) => {
      expect(
        tidiedData({ allocationId, allocationIds: ['ok-1.a_B', allocationId] }).faults,
      ).toMatchObject([{ at: '/allocationId' }, { at: '/allocationIds/1' }]);
    },
  );

  test('is refused where it lies deeper than a line of the log may be', () => {
    const nested = (levels: number): unknown =>
      levels === 1 ? { a: '' } : { a: nested(levels - 1) };
    expect(tidiedData(nested(15)).faults).toEqual([]);
    expect(tidiedData(nested(16)).faults).toEqual([{ at: '/a'.repeat(15), fault: 'too-deep' }]);
  });

  test.each([2 ** 53, -(2 ** 53), 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'is refused with a number beside it that is not exactly whole: %s',
    (households) => {
      expect(tidiedData({ rows: [{ households }] }).faults).toEqual([
        { at: '/rows/0/households', fault: 'not-whole' },
      ]);
      expect(tidiedData({ households: Number.MAX_SAFE_INTEGER }).faults).toEqual([]);
    },
  );

  test.each([null, true, false])(
    'is refused with %s beside it, which no verifier reads',
    (value) => {
      expect(tidiedData({ rows: [{ voucher: value }] }).faults).toEqual([
        { at: '/rows/0/voucher', fault: 'no-value' },
      ]);
    },
  );

  test('may hold the digits of a mobile where it is the number of a voucher', () => {
    const given = { voucher: '13800138000', purpose: '款' };
    expect(tidiedData(given).faults).toEqual([]);
  });
});

describe('the number of a person in a free text', () => {
  // Made up: region 110101, a day of birth, a serial number, and the check character that follows.
  test.each([
    ['收款人 11010519491231002X', 'identity-number'],
    ['11010519491231002x', 'identity-number'],
    ['110105 19491231 002X', 'identity-number'],
    ['１１０１０５１９４９１２３１００２Ｘ', 'identity-number'],
    ['电话13800138000。', 'mobile-number'],
    ['138-0013-8000', 'mobile-number'],
    ['+86 138 0013 8000', 'mobile-number'],
    ['卡号 6222 0200 0000 0000 000', 'bank-card-number'],
    ['4111111111111111', 'bank-card-number'],
  ])('“%s” is found', (text, kind) => {
    expect(personalNumberIn(text)).toBe(kind);
    expect(personalNumberIn(masked(text))).toBeUndefined();
  });

  test.each([
    ['110105194912310021', 'whose check character is wrong'],
    ['110105194913310022', 'of no month'],
    ['4111111111111112', 'whose last digit is wrong'],
    ['2380013800012345678901', 'that is longer'],
    ['12800138000', 'that begins as no mobile does'],
    ['2024-05-15 机井 3 眼 160.55 万元', 'of dates and amounts'],
    ['朔区财农〔2024〕12号', 'of a document'],
    ['140602100201', 'of a place'],
  ])('a number such as “%s”, %s, is none', (text) => {
    expect(personalNumberIn(text)).toBeUndefined();
    expect(masked(text)).toBe(text);
  });

  test('is starred but for three digits before and two behind', () => {
    expect(masked('找王工 13800138000 或 11010519491231002X')).toBe(
      '找王工 138******00 或 110*************2X',
    );
  });

  test('given any text, what was masked holds none', () => {
    const parts = fc.constantFrom(
      '13800138000',
      '4111111111111111',
      ' ',
      '-',
      '9',
      '村',
      '11010519491231002X',
    );
    fc.assert(
      fc.property(
        fc.array(parts).map((all) => all.join('')),
        (text) => {
          expect(personalNumberIn(masked(text))).toBeUndefined();
        },
      ),
    );
  });
});
