import { describe, expect, test } from '@jest/globals';
import type { Json } from '#integrity/jcs';
import { Malformed } from '#integrity/malformed';
import { parseStrict } from '#integrity/parse-strict';
import { MAX_LEAF_BYTES, strictBytes } from '#integrity/strict';
import { fixture } from './given.ts';
import { fc, times } from '../../support/property.ts';

const deep = (levels: number): Json => (levels === 0 ? 1 : [deep(levels - 1)]);
const deepFields = (levels: number): Json => (levels === 0 ? 1 : { a: deepFields(levels - 1) });

describe('a value of the strict profile', () => {
  test.each<[string, Json]>([
    ['the largest whole numbers', [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0]],
    ['eight levels', deep(8)],
    ['eight levels of fields', deepFields(8)],
    ['text of any script in NFC', { 村名: '蔬菜大棚 é 🌾', '': '' }],
    ['32 KB', 'a'.repeat(MAX_LEAF_BYTES - 2)],
    ['a field called __proto__', JSON.parse('{"__proto__":{"a":1}}') as Json],
  ])('may be %s', (_name, value) => {
    expect(parseStrict(strictBytes(value))).toEqual(value);
  });

  test.each<[string, Json, string]>([
    ['a fraction', { amount: [1, 1.5] }, 'not whole or beyond 2^53 − 1 at /amount/1'],
    ['a larger number', 2 ** 53, 'beyond 2^53 − 1 at the top'],
    ['−0', { a: { 'b/~': -0 } }, 'the number is −0 at /a/b~1~0'],
    ['text that is not in NFC', ['e\u0301'], 'not in NFC at /0'],
    ['a key that is not in NFC', { 'e\u0301': 1 }, 'not in NFC at /e\u0301'],
    ['half a surrogate pair', { a: '\udc00' }, 'a surrogate stands alone at /a'],
    ['nine levels', deep(9), 'more than 8 deep at /0/0/0/0/0/0/0/0'],
    ['nine levels of fields', deepFields(9), 'more than 8 deep at /a/a/a/a/a/a/a/a'],
    ['more than 32 KB', 'a'.repeat(MAX_LEAF_BYTES - 1), '32769 bytes are more than 32768'],
  ])('is not %s', (_name, value, reason) => {
    expect(() => strictBytes(value)).toThrow(reason);
  });
});

describe('the bytes of a leaf', () => {
  test.each<[string, string | Buffer, string]>([
    ['white space', '{"a": 1}', 'not canonical at byte 5'],
    ['a newline at the end', '{}\n', 'the value has ended at byte 2'],
    ['a byte order mark', '\ufeff{}', 'at byte 0'],
    ['a key twice', '{"a":1,"a":1}', 'the key is there already at byte 7'],
    ['a key twice, once escaped', '{"a":1,"\\u0061":1}', 'ill-formed at byte 7'],
    ['keys out of order', '{"镇":1,"a":2}', 'the key is out of order at byte 9'],
    ['a fraction of zero', '[1.0]', 'not canonical at byte 1'],
    ['an exponent', '[1e2]', 'not canonical at byte 1'],
    ['leading zeros', '[01]', 'not canonical at byte 1'],
    ['a plus', '[+1]', 'not canonical at byte 1'],
    ['−0', '[-0]', 'the number is −0 at byte 1'],
    ['a number beyond 2^53 − 1', '[9007199254740992]', 'beyond 2^53 − 1 at byte 1'],
    ['an escape too many', '["\\/"]', 'ill-formed at byte 1'],
    ['a long escape for a short one', '["\\u0008"]', 'the escape is not canonical at byte 1'],
    ['an escape in capitals', '["\\u001F"]', 'ill-formed at byte 1'],
    ['an escape in small letters is fine, elsewhere', '["\\u001f",]', 'at byte 10'],
    ['a raw control character', '["\u0001"]', 'ill-formed at byte 1'],
    ['an escaped letter', '["\\u6751"]', 'ill-formed at byte 1'],
    ['half a surrogate pair', '["\\ud83d"]', 'ill-formed at byte 1'],
    ['text that is not in NFC', '["e\u0301"]', 'not in NFC at byte 1'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'not UTF-8'],
    ['UTF-8 longer than needed', Buffer.from([0x22, 0xc0, 0x80, 0x22]), 'not UTF-8'],
    ['nine levels', '[[[[[[[[[1]]]]]]]]]', 'more than 8 deep at byte 8'],
    ['nine levels of fields', JSON.stringify(deepFields(9)), 'more than 8 deep at byte 40'],
    ['more than 32 KB', `"${'a'.repeat(MAX_LEAF_BYTES - 1)}"`, '32769 bytes are more than 32768'],
    ['a comma before the end', '[1,]', 'a value is missing, or the number is not canonical'],
    ['a missing comma', '[1 2]', 'a comma or ] is missing at byte 2'],
    ['a missing colon', '{"a"}', 'a colon is missing at byte 4'],
    ['half a word', '[tru]', 'a value is missing at byte 1'],
    ['the end too early', '{"a":', 'a value is missing'],
    ['nothing', '', 'a value is missing'],
    ['single quotes', "['a']", 'not canonical at byte 1'],
  ])('do not hold %s', (_name, text, reason) => {
    const read = () => parseStrict(Buffer.from(text));
    expect(read).toThrow(Malformed);
    expect(read).toThrow(reason);
  });

  test('are refused as quickly when a long text does not end', () => {
    const open = Buffer.from(`"${'a'.repeat(MAX_LEAF_BYTES - 1)}`);
    expect(() => parseStrict(open)).toThrow('ill-formed at byte 0');
  });

  test('are read as they are written', () => {
    const bytes = Buffer.from(fixture('leaf.txt').trimEnd());
    expect(strictBytes(parseStrict(bytes))).toEqual(bytes);
  });
});

const text = fc.string({ unit: 'grapheme', maxLength: 8 }).map((any) => any.normalize('NFC'));
const { value: values } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(null, true, false, '"\\\b\u0000'),
    fc.maxSafeInteger().map((n) => n + 0),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
}));

describe('whatever the value', () => {
  test('its bytes are read back', () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = strictBytes(value);
        expect(strictBytes(parseStrict(bytes))).toEqual(bytes);
        expect(parseStrict(bytes)).toEqual(JSON.parse(bytes.toString()));
      }),
      { numRuns: times(500, 2_000) },
    );
  });

  test('bytes with one byte changed, added or missing are refused, or those of another value', () => {
    fc.assert(
      fc.property(values, fc.nat(), fc.nat(255), fc.nat(2), (value, place, byte, removed) => {
        const bytes = strictBytes(value);
        const at = place % bytes.length;
        const added = removed === 2 ? [] : [byte];
        const end = removed === 0 ? at : at + 1;
        const other = Buffer.concat([
          bytes.subarray(0, at),
          Buffer.from(added),
          bytes.subarray(end),
        ]);
        expect(canonicalOrRefused(other)).toBe(true);
      }),
      { numRuns: times(2_000, 20_000) },
    );
  });
});

const canonicalOrRefused = (bytes: Buffer): boolean => {
  try {
    return strictBytes(parseStrict(bytes)).equals(bytes);
  } catch (error) {
    return error instanceof Malformed;
  }
};
