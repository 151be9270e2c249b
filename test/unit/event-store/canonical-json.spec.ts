import { createHash, hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { canonicalJson } from '#event-store/canonical-json';
import type { Json } from '#event-store/port';
import { describePublished, readJson } from '../integrity/given.ts';

describe('canonical JSON (RFC 8785)', () => {
  test.each<[string, Json, string]>([
    [
      'keys stand in the order of their UTF-16 code units',
      { b: 1, a: 2, '😀': 3, ﬀ: 4 },
      '{"a":2,"b":1,"😀":3,"ﬀ":4}',
    ],
    ['keys that look like numbers are text', { '10': 1, '9': 2 }, '{"10":1,"9":2}'],
    [
      'a key may be called __proto__',
      JSON.parse('{"b":0,"__proto__":1}') as Json,
      '{"__proto__":1,"b":0}',
    ],
    ['lists keep their order', [3, [2, {}], []], '[3,[2,{}],[]]'],
    ['numbers are written as ECMAScript writes them', [1e21, 1e-7, 4.5, -0], '[1e+21,1e-7,4.5,0]'],
    [
      'only what must be is escaped',
      '"\\\b\u0001\u007f/\u2028镇',
      '"\\"\\\\\\b\\u0001\u007f/\u2028镇"',
    ],
    ['the words are the words', [null, true, false], '[null,true,false]'],
  ])('%s', (_name, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });
});

describePublished('json-canonicalization', (folder) => {
  test.each(['arrays', 'french', 'structures', 'unicode', 'values', 'weird'])('%s', (name) => {
    const value = readJson(join(folder, `testdata/input/${name}.json`)) as Json;
    const hex = readFileSync(join(folder, `testdata/outhex/${name}.txt`), 'utf8');
    expect(Buffer.from(canonicalJson(value)).toString('hex')).toBe(hex.replaceAll(/\s/g, ''));
  });

  test('100,000 numbers', () => {
    const readme = readFileSync(join(folder, 'testdata/README.md'), 'utf8');
    const fixed = [...readme.matchAll(/0x([0-9a-f]{16})n[,\s]/g)].map(([, hex]) => `${hex}`);
    const lines = createHash('sha256');
    for (const bits of numbers(fixed.slice(0, -1), 100_000)) {
      const number = Buffer.from(bits, 'hex').readDoubleBE();
      lines.update(`${bits.replace(/^0{1,15}/, '')},${canonicalJson(number)}\n`);
    }
    const sum = /([0-9a-f]{64}) \| 100000 /.exec(readme)?.[1];
    expect(lines.digest('hex')).toBe(sum);
  });
});

/** The sequence that the README of the vectors tells of, as big-endian hexadecimal. */
function* numbers(fixed: readonly string[], count: number): Iterable<string> {
  yield* fixed;
  const serial = 2_000;
  for (let n = 0; n < serial; n++)
    yield (0x0010000000000000n + BigInt(n)).toString(16).padStart(16, '0');
  let block = Buffer.alloc(32);
  for (let given = fixed.length + serial; given < count;) {
    block = Buffer.from(hash('sha256', block), 'hex');
    for (let at = 0; at < 32 && given < count; at += 8) {
      const number = block.readDoubleLE(at);
      if (number === 0 || !Number.isFinite(number)) continue;
      given += 1;
      yield Buffer.from(block.subarray(at, at + 8))
        .reverse()
        .toString('hex');
    }
  }
}
