import { describe, expect, test } from '@jest/globals';
import { formatCheckpoint, MAX_ORIGIN_BYTES, parseCheckpoint } from '#integrity/checkpoint';
import { leafOf } from './given.ts';
import { fc } from '../../support/property.ts';

const ROOT = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';
const text = `county.example/ledger\n20852163\n${ROOT}\n`;

describe('a checkpoint', () => {
  test('is three lines', () => {
    const checkpoint = parseCheckpoint(text);
    expect(checkpoint).toEqual({
      origin: 'county.example/ledger',
      size: 20_852_163,
      root: Buffer.from(ROOT, 'base64').toString('hex'),
      extensions: [],
    });
    expect(formatCheckpoint(checkpoint)).toBe(text);
  });

  test('may have lines of its own', () => {
    expect(parseCheckpoint(`${text}镇\nb\n`).extensions).toEqual(['镇', 'b']);
  });

  test.each([
    ['nothing', ''],
    ['two lines', 'a\n1\n'],
    ['no newline at the end', text.trimEnd()],
    ['an empty origin', text.replace(/^.*/, '')],
    ['an origin longer than 255 bytes', text.replace(/^.*/, '镇'.repeat(86))],
    ['an empty extension', `${text}\na\n`],
    ['a size with a leading zero', text.replace('20852163', '020852163')],
    ['a negative size', text.replace('20852163', '-1')],
    ['a size with a sign', text.replace('20852163', '+1')],
    ['a size with a space', text.replace('20852163', ' 1')],
    ['a size in hexadecimal', text.replace('20852163', '0x1')],
    ['a size in other digits', text.replace('20852163', '１')],
    ['a size of 2^53', text.replace('20852163', '9007199254740992')],
    ['a size of 2^64', text.replace('20852163', '18446744073709551616')],
    ['a root that is too short', text.replace(ROOT, 'CsUY')],
    ['a root with spare bits', text.replace('q2I=', 'q2J=')],
    ['a root without padding', text.replace('q2I=', 'q2I')],
  ])('is not %s', (_name, other) => {
    expect(() => parseCheckpoint(other)).toThrow('Not a checkpoint');
  });

  const line = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((any) => !any.includes('\n'));
  test('is read as it was written, whatever it says', () => {
    const checkpoints = fc.record({
      origin: line,
      size: fc.maxSafeNat(),
      root: fc.nat().map((n) => leafOf(n)),
      extensions: fc.array(line, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(checkpoints, (any) => {
        fc.pre(Buffer.byteLength(any.origin) <= MAX_ORIGIN_BYTES);
        expect(parseCheckpoint(formatCheckpoint(any))).toEqual(any);
      }),
    );
  });
});
