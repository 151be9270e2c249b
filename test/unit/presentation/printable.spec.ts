import { describe, expect, test } from '@jest/globals';
import { printable, printableJson, printableLines } from '#presentation/printable';
import { fc, times } from '../../support/property.ts';

const CONTROLS = [
  ...['\u0000', '\t', '\n', '\r', '\u001b', '\u001f', '\u007f'],
  ...['\u0080', '\u0085', '\u009b', '\u009f'],
  ...['\u061c', '\u200e', '\u200f', '\u202a', '\u202e', '\u2066', '\u2069'],
  ...['\u2028', '\u2029'],
];
const isControl = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

describe('given a text with a control character, a terminal shows', () => {
  test.each(CONTROLS)('its four digits for %j', (control) => {
    const digits = control.charCodeAt(0).toString(16).padStart(4, '0');
    expect(printable(`凭证${control}1`)).toBe(`凭证\\u${digits}1`);
  });

  test('every other text as it is', () => {
    for (const text of ['', '甲 乙 1,000.00 元', '\u{20000}😀', '\\n', 'é', '\u3000']) {
      expect(printable(text)).toBe(text);
    }
  });

  test('the lines of an answer as lines', () => {
    expect(printableLines('甲\n乙\r\u001b[2J')).toBe('甲\n乙\\u000d\\u001b[2J');
  });
});

const texts = fc.array(fc.oneof(fc.constantFrom(...CONTROLS), fc.string())).map((t) => t.join(''));

test('given any texts, JSON for a terminal has no control character and the same value', () => {
  fc.assert(
    fc.property(fc.dictionary(texts, texts), (value) => {
      const json = printableJson(value);
      expect(JSON.parse(json)).toEqual(value);
      expect(json.split('\n').filter((line) => isControl.test(line))).toEqual([]);
    }),
    { numRuns: times(100, 1_000, 10_000) },
  );
});
