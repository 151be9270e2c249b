import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  body,
  canonical,
  head,
  logSigner,
  note,
  witness,
} from '../../support/verifier/bundle-fixture.ts';
import { core, county, verifyHere, WITNESSES } from '../../support/verifier/verifier.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const PUBLISHED = new URL('../../../shared/vectors/', import.meta.url).pathname;

function ofVectors(folder: string, tests: (path: string) => void): void {
  const path = join(PUBLISHED, folder);
  if (existsSync(path)) return void describe(`the vectors of ${folder}`, () => tests(path));
  console.log(`The vectors of ${folder} are not beside this repository: their tests are skipped.`);
  describe.skip(`the vectors of ${folder}`, () => test.todo('are not here'));
}

describe('SHA-256 of our own (FIPS 180-4)', () => {
  test('is that of Node for every length up to 300 bytes, and for a million', () => {
    for (let length = 0; length <= 300; length += 1) {
      const bytes = Buffer.alloc(length, length);
      expect(Buffer.from(core.sha256Here(bytes)).equals(sha256(bytes))).toBe(true);
    }
    const million = Buffer.alloc(1_000_000, 'a');
    expect(Buffer.from(core.sha256Here(million)).equals(sha256(million))).toBe(true);
  });
});

describe('the tree (RFC 6962)', () => {
  test('in one walk has the heads that the recursive definition has, at every size up to 130', () => {
    const leaves = Array.from({ length: 130 }, (_, n) => sha256(Buffer.from([0, n])));
    const sizes = [...leaves.keys(), 130];
    const kept = { at: (n: number) => leaves[n] };
    const heads = core.headsAt(kept, sizes, sha256);
    for (const size of sizes) {
      expect(heads.get(size)).toBe(head(leaves.slice(0, size)).toString('base64'));
    }
  });
});

describe('canonical JSON (RFC 8785)', () => {
  test('sorts keys by UTF-16 code units, at any depth, even keys that look like numbers', () => {
    const value = { '\ufb33': 1, '\ud83d\ude00': 2, '10': 3, '9': { b: [], a: '\u0007"\\\n' } };
    expect(core.canonical(value)).toBe(canonical(value));
    expect(core.canonical(value).indexOf('😀')).toBeLessThan(
      core.canonical(value).indexOf('\ufb33'),
    );
  });

  test.each([[1.5], [2 ** 53], [null], [true], ['\ud800'], [{ '\udc00': 1 }]])(
    'has no %p',
    (value) => {
      expect(() => core.canonical({ value })).toThrow();
    },
  );

  ofVectors('json-canonicalization', (folder) => {
    const file = (kind: string, name: string) => join(folder, 'testdata', kind, name);
    const parse = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as unknown;
    const names = readdirSync(join(folder, 'testdata', 'input'));
    test.each(names)(
      '%s is written as published, or holds a value that a bundle may not',
      (name) => {
        const published = readFileSync(file('output', name), 'utf8');
        const isInProfile = !/true|false|null|\d[.e]\d/.test(published);
        const write = () => core.canonical(parse(file('input', name)));
        if (isInProfile) expect(write()).toBe(published);
        else expect(write).toThrow();
      },
    );
  });
});

interface NoteVectors {
  readonly cases: readonly {
    readonly name: string;
    readonly trust: readonly string[];
    readonly note?: string;
    readonly noteBase64?: string;
    readonly ok: boolean;
    readonly verified?: readonly string[];
  }[];
  readonly badVkeys: readonly string[];
  readonly validVkey: string;
}

describe('signed notes (C2SP)', () => {
  const read = (text: string) => core.readNote(text);
  const good = note(body(1, sha256(Buffer.from([0]))), [logSigner()]);

  test.each([
    ['no signature', good.split('\n\n')[0] ?? ''],
    ['no end', good.slice(0, -1)],
    ['a control character', good.replace('\n', '\u0001\n')],
    ['a hyphen for a dash', good.replace('— ', '- ')],
    ['base64 in another spelling', good.replace(/=\n$/, '\n')],
    ['more than a hundred signatures', good + (good.split('\n\n')[1] ?? '').repeat(100)],
  ])('with %s is none', (_name, text) => {
    expect(read(good)).toBeDefined();
    expect(read(text)).toBeUndefined();
  });

  ofVectors('signed-note', (folder) => {
    const vectors = JSON.parse(
      readFileSync(join(folder, 'note-vectors.json'), 'utf8'),
    ) as NoteVectors;
    const key = (vkey: string) => core.readKey(vkey, 1, sha256);

    test.each(vectors.cases.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
      const text = one.note ?? Buffer.from(one.noteBase64 ?? '', 'base64').toString();
      const opened = await core.openNote(text, one.trust.map(key), core.nodeTools.ed25519);
      const isGood = opened !== undefined && opened.forged === undefined && opened.signed.size > 0;
      expect(isGood).toBe(one.ok);
      if (one.verified)
        expect([...(opened?.signed ?? [])].map(({ name }) => name)).toEqual(one.verified);
    });

    test('keys: no part of a key, no changed byte, none of the published bad ones', () => {
      const { validVkey, badVkeys } = vectors;
      expect(() => key(validVkey)).not.toThrow();
      const parts = Array.from(validVkey, (_, n) => [
        validVkey.slice(0, n),
        validVkey.slice(n + 1),
      ]);
      const changed = Array.from(validVkey, (char, n) => {
        const next = String.fromCharCode(char.charCodeAt(0) + 1);
        return validVkey.slice(0, n) + next + validVkey.slice(n + 1);
      });
      for (const bad of [...badVkeys, ...parts.flat(), ...changed])
        expect(() => key(bad)).toThrow();
    });
  });
});

describe('policies (C2SP tlog-policy)', () => {
  const { text } = county({ witnesses: WITNESSES.slice(0, 2) });
  const [w1, w2, w3] = WITNESSES.map(({ vkey }) => vkey);
  const exit = async (policy: string) => (await verifyHere(text, { policy })).exit;
  const three = `witness a ${w1}\nwitness b ${w2} https://b.example/\nwitness c ${w3}\n`;

  test.each([
    ['quorum none\n', 0],
    [`${three}quorum a\n`, 0],
    [`${three}quorum c\n`, 10],
    [`${three}group g any b c\nquorum g\n`, 0],
    [`${three}group g all b c\nquorum g\n`, 10],
    [`# who\n\t ${three}group g 2 a b c\n\n quorum   g \t`, 0],
    [`${three}group g any a c\ngroup h all g b\nquorum h\n`, 0],
    [`${three}group g any c\ngroup h all g b\nquorum h\n`, 10],
    [`log ${logSigner().vkey} https://log.example/\nquorum none\n`, 0],
  ])('%j', async (policy, expected) => {
    expect(await exit(policy)).toBe(expected);
  });

  test.each([
    [three],
    [`${three}quorum d\n`],
    [`${three}quorum a\nquorum b\n`],
    [`${three}quorum a b\n`],
    [`${three}group g 0 a\nquorum g\n`],
    [`${three}group g 3 a b\nquorum g\n`],
    [`${three}group g any\nquorum g\n`],
    [`${three}group g some a\nquorum g\n`],
    [`${three}group g any none\nquorum g\n`],
    [`${three}group a any b\nquorum a\n`],
    [`${three}group g any a\ngroup h all g a\nquorum h\n`],
    [`group g any a\n${three}quorum g\n`],
    [`${three}witness d ${w1}\nquorum d\n`],
    [`witness none ${w1}\nquorum none\n`],
    [`log ${w1}\nquorum none\n`],
    [`log ${logSigner().vkey}\nlog ${logSigner().vkey}\nquorum none\n`],
    [`witness a ${logSigner().vkey}\nquorum a\n`],
    [`wittness a ${w1}\nquorum none\n`],
  ])('makes no sense: %j', async (policy) => {
    expect(await exit(policy)).toBe(2);
  });

  test('a cosignature whose instant is beyond 2^63 − 1 does not count', async () => {
    const exitAt = async (seconds: bigint) => {
      const { text: bundle } = county({ witnesses: [witness('audit.example/w1', seconds)] });
      return (await verifyHere(bundle, { policy: `${three}quorum a\n` })).exit;
    };
    expect(await exitAt(2n ** 63n - 1n)).toBe(0);
    expect(await exitAt(2n ** 63n)).toBe(10);
  });
});

describe('what is said', () => {
  const all = [...core.SENTENCES];
  const source = readFileSync(new URL('../../../audit/verify.mjs', import.meta.url), 'utf8');

  test('is said in both languages, with the same things named', () => {
    const named = (it = '') =>
      [...new Set(it.match(/\{\w+\}/g))].filter((name) => name !== '{s}').sort();
    for (const [what, [zh, en]] of all) {
      expect({ what, names: named(zh) }).toEqual({ what, names: named(en) });
      expect(zh === '' || en === '').toBe(false);
    }
  });

  test('is said somewhere', () => {
    const [code] = source.split('== What is said');
    const rest = source.slice(source.indexOf('const NOTHING'));
    const isSaid = (what: string) =>
      `${code}${rest.slice(rest.indexOf('== The command'))}`.includes(`'${what}'`) ||
      /^(?:bad|check)-/.test(what) ||
      what === 'differs-fen' ||
      what === 'differs';
    expect(all.map(([what]) => what).filter((what) => !isSaid(what))).toEqual(['no-ed25519']);
  });
});
