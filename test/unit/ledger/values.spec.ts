import { describe, expect, test } from '@jest/globals';
import {
  addDays,
  businessDateOf,
  clockTimeOf,
  dateOfDayNumber,
  dayNumber,
  isBusinessDate,
  isInstant,
  timeProgress,
} from '#ledger/calendar';
import { completeCreditCode, isCreditCode } from '#ledger/credit-code';
import { divisionLevel } from '#ledger/division-code';
import { parseDocumentNumber } from '#ledger/document-number';
import { fromFenJson, toFenJson } from '#ledger/fen-json';
import { formatWan, formatYuan, MAX_FEN, parseAmount } from '#ledger/money';
import { fc } from '../../support/property.ts';

describe('amounts', () => {
  test.each([
    ['254.55', '万元', 254_550_000n],
    ['87.680651', '万元', 87_680_651n],
    ['0.000001', '万元', 1n],
    ['1,600,000.00', '元', 160_000_000n],
    ['１６０', '万元', 160_000_000n],
    [' 0 ', '元', 0n],
    ['90071992547409.91', '元', MAX_FEN],
  ] as const)('%s %s is %s fen', (text, unit, amountFen) => {
    expect(parseAmount(text, unit)).toEqual({ kind: 'amount', amountFen });
  });

  test.each([
    ['', '元', 'not-a-number'],
    ['十万', '元', 'not-a-number'],
    ['1e5', '元', 'not-a-number'],
    ['16,00', '元', 'not-a-number'],
    ['1.', '元', 'not-a-number'],
    ['-5', '万元', 'negative'],
    ['1.0000001', '万元', 'too-many-decimals'],
    ['0.001', '元', 'too-many-decimals'],
    ['90071992547409.92', '元', 'too-large'],
  ] as const)('%j %s is %s', (text, unit, fault) => {
    expect(parseAmount(text, unit)).toEqual({ kind: 'fault', fault });
  });

  test('any amount reads back from its own text', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: MAX_FEN }), (amountFen) => {
        expect(parseAmount(formatYuan(amountFen), '元')).toEqual({ kind: 'amount', amountFen });
        expect(parseAmount(formatWan(amountFen), '万元')).toEqual({ kind: 'amount', amountFen });
        expect(fromFenJson(toFenJson({ amountFen }))).toEqual({ amountFen });
      }),
    );
  });

  test('万元 are shown without trailing zeros, and fen that are not there', () => {
    expect(formatWan(749_550_000n)).toBe('749.55');
    expect(formatWan(5_000_000n)).toBe('5');
    expect(formatYuan(0n)).toBe('0.00');
  });

  test('negative sums are shown with their sign', () => {
    expect(formatYuan(-123_456_789n)).toBe('-1,234,567.89');
    expect(formatWan(-5n)).toBe('-0.000005');
  });
});

describe('JSON of the log', () => {
  test('carries amounts as integers and leaves absent fields out', () => {
    expect(toFenJson({ amountFen: 5n, remark: undefined, rows: [{ sumFen: 7n, row: 1 }] })).toEqual(
      { amountFen: 5, rows: [{ sumFen: 7, row: 1 }] },
    );
  });

  test('has its keys in order, so that equal data have equal text', () => {
    expect(JSON.stringify(toFenJson({ b: 1, a: { d: '', c: 2 }, aFen: -MAX_FEN }))).toBe(
      '{"a":{"c":2,"d":""},"aFen":-9007199254740991,"b":1}',
    );
  });

  test('reads as amounts the whole numbers of fields named …Fen, and no others', () => {
    const json = { amountFen: 5, row: 1, statedFen: null, Fen: '5', rows: [{ sumFen: 7 }, 8] };
    expect(fromFenJson(json)).toEqual({ ...json, amountFen: 5n, rows: [{ sumFen: 7n }, 8] });
  });

  test.each([[2n ** 53n], [-(2n ** 53n)], [0.5], [Number.NaN], [() => 1], [null], [true]])(
    'refuses %s, which an outside verifier could not read exactly',
    (value) => {
      expect(() => toFenJson({ value })).toThrow();
    },
  );
});

describe('business dates', () => {
  test.each(['2024-02-29', '2000-02-29', '2024-12-31', '0001-01-01'])('%s is a day', (text) => {
    expect(isBusinessDate(text)).toBe(true);
  });

  test.each([
    '2024-02-30',
    '2023-02-29',
    '1900-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '2024-01-00',
    '0000-01-01',
    '2024-4-26',
    '2024-04-26T',
    ' 2024-04-26',
    '',
  ])('%j is none', (text) => {
    expect(isBusinessDate(text)).toBe(false);
  });

  test('number and date are inverse, and agree with the proleptic calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (number) => {
        const date = dateOfDayNumber(number);
        expect(dayNumber(date)).toBe(number);
        expect(date).toBe(new Date(number * 86_400_000).toISOString().slice(0, 10));
      }),
    );
  });

  test('an instant falls on the day that Shanghai has', () => {
    expect(businessDateOf('2024-12-31T15:59:59.999Z')).toBe('2024-12-31');
    expect(businessDateOf('2024-12-31T16:00:00.000Z')).toBe('2025-01-01');
  });

  test.each([
    ['2024-06-03T02:00:00.000Z', true],
    ['2024-02-30T02:00:00.000Z', false],
    ['2024-06-03T24:00:00.000Z', false],
    ['2024-06-03T02:00:00Z', false],
    ['2024-06-03T02:00:00.000Z ', false],
    ['2024-06-032024-06-03T02:00:00.000Z', false],
  ])('%s is an instant: %s', (text, expected) => {
    expect(isInstant(text)).toBe(expected);
  });

  test('a clock in China shows an instant eight hours later', () => {
    expect(clockTimeOf('2024-12-31T16:05:06.789Z')).toBe('2025-01-01 00:05:06');
    expect(clockTimeOf('2024-12-31T01:05:06.789Z')).toBe('2024-12-31 09:05:06');
  });

  test('序时进度 counts days of the year', () => {
    expect(timeProgress('2024-12-31')).toEqual({ day: 366, days: 366 });
    expect(timeProgress('2023-01-01')).toEqual({ day: 1, days: 365 });
  });

  test('days follow each other over the end of a month', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
  });
});

describe('codes and numbers', () => {
  test('a credit code carries its own check', () => {
    const code = completeCreditCode('91140602MA0000000');
    expect(code).toHaveLength(18);
    expect(isCreditCode(code ?? '')).toBe(true);
  });

  test.each(['91350100M000100Y43', '91110000600037341L'])('%s is sound', (code) => {
    expect(isCreditCode(code)).toBe(true);
  });

  test('no single wrong character passes', () => {
    const code = '91350100M000100Y43';
    for (let place = 0; place < code.length; place++) {
      for (const other of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
        if (other === code[place]) continue;
        expect(isCreditCode(code.slice(0, place) + other + code.slice(place + 1))).toBe(false);
      }
    }
  });

  test.each([16, 17, 19])('%i zeros check by the sum alone, and are no code', (length) => {
    expect(isCreditCode('0'.repeat(length))).toBe(false);
  });

  test.each(['0'.repeat(16), '0'.repeat(18), `${'0'.repeat(16)}I`])(
    '%s cannot be completed to a code',
    (text) => {
      expect(completeCreditCode(text)).toBeUndefined();
    },
  );

  test.each(['', '91350100M000100Y4', '91350100M000100Y4I', '91350100m000100y43'])(
    '%j is none',
    (code) => {
      expect(isCreditCode(code)).toBe(false);
    },
  );

  test.each([
    ['140602000000', 'county'],
    ['140602100000', 'town'],
    ['140602003000', 'town'],
    ['140602100201', 'village'],
    ['140600000000', undefined],
    ['140602000201', undefined],
    ['14060210000', undefined],
    ['1140602100000', undefined],
    ['140602100000x', undefined],
  ])('division code %s is of a %s', (code, level) => {
    expect(divisionLevel(code)).toBe(level);
  });

  test.each([
    ['朔区脱贫巩固组〔2024〕2 号', '朔区脱贫巩固组〔2024〕2号'],
    ['朔农发[2024]6号', '朔农发〔2024〕6号'],
    ['朔农发﹝2024﹞06号', '朔农发〔2024〕6号'],
    ['国开办发【2018】第11号', '国开办发〔2018〕11号'],
    ['晋财农（2024）6号', '晋财农〔2024〕6号'],
  ])('%s reads %s', (raw, normalised) => {
    expect(parseDocumentNumber(raw)).toEqual({ raw, normalised });
  });

  test.each([
    '朔农发〔2024〕6号文',
    '（一）1朔农发〔2024〕6号',
    '朔农发2024 6号',
    '〔2024〕6号',
    '朔农发〔2024〕号',
    '朔农发〔24〕6号',
  ])('%s is damaged and stays as it is', (raw) => {
    expect(parseDocumentNumber(raw)).toEqual({ raw });
  });
});
