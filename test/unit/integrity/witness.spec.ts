import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { formatAddCheckpoint, parseAddCheckpoint } from '#integrity/add-checkpoint';
import { formatCheckpoint } from '#integrity/checkpoint';
import type { Hash } from '#integrity/hash';
import { SIGNATURE, verifierKey, type Verifier } from '#integrity/key';
import { parseSignatureLines } from '#integrity/note';
import { openNote } from '#integrity/open-note';
import { proveConsistency } from '#integrity/prove';
import { signNote } from '#integrity/signer';
import type { TreeHead } from '#integrity/tree';
import { answerAddCheckpoint, type WitnessAnswer } from '#integrity/witness';
import { describePublished, fixture, flipped, grow, leafOf, readJson } from './given.ts';
import { AT, audit, foreignKey, logKey, nextLogKey, ORIGIN } from './keys.ts';
import { fc } from '../../support/property.ts';

const { roots, reader } = grow(20);
const headAt = (size: number): TreeHead => ({ size, root: roots[size] ?? '' });

interface Said {
  readonly origin?: string;
  readonly root?: Hash;
  readonly consistency?: readonly Hash[];
  readonly by?: typeof logKey;
}

const request = (oldSize: number, size: number, said: Said = {}): string => {
  const { origin = ORIGIN, root = roots[size] ?? '', by = logKey } = said;
  const text = formatCheckpoint({ origin, size, root, extensions: [] });
  const { consistency = oldSize <= size ? proveConsistency(oldSize, size, reader) : [] } = said;
  return formatAddCheckpoint({ oldSize, consistency, note: signNote(text, [by.signerAt(AT)]) });
};

/** A witness of some logs, with what it keeps. */
const openWitness = (keys: readonly Verifier[], origin = ORIGIN) => {
  const latest = new Map<string, TreeHead>();
  const ask = (body: string): WitnessAnswer => {
    const logOf = (name: string) =>
      name === origin ? { keys, latest: latest.get(name) } : undefined;
    const answer = answerAddCheckpoint(body, logOf, [audit.signerAt(AT)]);
    if (answer.cosigned) latest.set(answer.cosigned.origin, answer.cosigned.after);
    return answer;
  };
  return { ask, latest };
};

describe('a witness', () => {
  const witnessed = (...sizes: readonly number[]) => {
    const witness = openWitness([logKey.verifier, nextLogKey.verifier]);
    sizes.forEach((size, n) => witness.ask(request(sizes[n - 1] ?? 0, size)));
    return witness;
  };

  test('cosigns the first checkpoint it sees of a log, and larger ones that go on from it', () => {
    const { ask, latest } = witnessed();
    for (const [oldSize, size] of [
      [0, 3],
      [3, 8],
      [8, 20],
    ] as const) {
      const body = request(oldSize, size);
      const answer = ask(body);
      expect(answer.status).toBe(200);
      expect(answer.cosigned).toEqual({
        origin: ORIGIN,
        before: oldSize === 0 ? undefined : headAt(oldSize),
        after: headAt(size),
      });
      const { note } = parseAddCheckpoint(body);
      const signatures = parseSignatureLines(answer.body);
      expect(openNote({ ...note, signatures }, [audit.verifier]).kind).toBe('verified');
      expect(latest.get(ORIGIN)).toEqual(headAt(size));
    }
  });

  test('cosigns the same checkpoint again, and that of a tree without leaves', () => {
    expect(witnessed(5).ask(request(5, 5)).status).toBe(200);
    expect(witnessed().ask(request(0, 0)).status).toBe(200);
    expect(witnessed(0).ask(request(0, 7)).status).toBe(200);
  });

  test('takes either key of a log in rotation', () => {
    expect(witnessed(3).ask(request(3, 4, { by: nextLogKey })).status).toBe(200);
  });

  test.each<[number, string, string, string]>([
    [400, 'what is no request', 'old x\n\n', 'Not a note'],
    [
      400,
      'a note that is no checkpoint',
      request(3, 4).replace('\n4\n', '\n04\n'),
      'Not a checkpoint',
    ],
    [
      400,
      'a request without the old size',
      request(3, 4).replace('old 3', '3'),
      'the old size is missing',
    ],
    [400, 'a tree smaller than the old one', request(5, 4), 'the old size'],
    [403, 'another log', request(3, 4, { origin: 'elsewhere.example/log' }), 'unknown log'],
    [403, 'a key it does not know', request(3, 4, { by: foreignKey }), 'invalid signature'],
    [
      403,
      'a signature of something else',
      request(3, 4).replace('\n4\n', '\n5\n'),
      'invalid signature',
    ],
    [409, 'another old size', request(2, 4), '3\n'],
    [409, 'a start afresh', request(0, 4), '3\n'],
    [409, 'another tree of the same size', request(3, 3, { root: leafOf(9) }), '3\n'],
    [422, 'no proof', request(3, 4, { consistency: [] }), 'consistency proof'],
    [422, 'a proof too long', request(3, 3, { consistency: [leafOf(0)] }), 'consistency proof'],
    [422, 'another tree', request(3, 4, { root: flipped(roots[4] ?? '') }), 'consistency proof'],
  ])('answers %i to %s and remembers what it knew', (status, _name, body, contains) => {
    const { ask, latest } = witnessed(3);
    const answer = ask(body);
    expect(answer.status).toBe(status);
    expect(answer.body).toContain(contains);
    expect(answer.contentType).toBe(
      status === 409 ? 'text/x.tlog.size' : 'text/plain; charset=utf-8',
    );
    expect(answer.cosigned).toBeUndefined();
    expect(latest.get(ORIGIN)).toEqual(headAt(3));
  });

  test('answers 422 to a first proof that is not empty, and to a root of no leaves that is none', () => {
    expect(witnessed().ask(request(0, 4, { consistency: [leafOf(0)] })).status).toBe(422);
    expect(witnessed().ask(request(0, 0, { root: leafOf(0) })).status).toBe(422);
  });
});

describe('a request', () => {
  test('is written as it always was', () => {
    expect(request(3, 8)).toBe(fixture('add-checkpoint.txt'));
  });

  test.each([
    ['without an old size', request(3, 4).replace('old 3\n', '')],
    ['with an old size in other words', request(3, 4).replace('old', 'size')],
    ['with a leading zero', request(3, 4).replace('old 3', 'old 03')],
    ['with 64 hashes', request(3, 4, { consistency: Array<Hash>(64).fill(leafOf(0)) })],
    ['with an empty line too many', request(3, 4).replace('\n\n', '\n\n\n')],
    ['without an empty line', 'old 3\n'],
  ])('is none %s', (_name, body) => {
    expect(() => parseAddCheckpoint(body)).toThrow(/^Not a (request|note|checkpoint)/);
  });

  test('is read as it was written, whatever it says', () => {
    const hashes = fc.array(
      fc.nat().map((n) => leafOf(n)),
      { maxLength: 63 },
    );
    fc.assert(
      fc.property(fc.maxSafeNat(), hashes, (oldSize, consistency) => {
        const body = request(0, 7).replace('old 0\n', `old ${oldSize}\n`);
        const read = { ...parseAddCheckpoint(body), consistency };
        expect(parseAddCheckpoint(formatAddCheckpoint(read))).toEqual(read);
      }),
    );
  });
});

interface Exchanges {
  readonly log: { readonly origin: string; readonly publicKeyHex: string };
  readonly exchanges: readonly {
    readonly step: number;
    readonly body: string;
    readonly status: number;
    readonly asserts: readonly string[];
  }[];
}

describePublished('tlog-witness', (folder) => {
  const { log, exchanges } = readJson(join(folder, 'add-checkpoint-exchanges.json')) as Exchanges;
  const key = verifierKey(log.origin, SIGNATURE, Buffer.from(log.publicKeyHex, 'hex'));
  const { ask } = openWitness([key], log.origin);

  test.each(exchanges.map((one) => [one.step, one] as const))('exchange %i', (_step, one) => {
    const answer = ask(one.body);
    const [, how, text = ''] = /^body (contains|==) (.*)$/.exec(one.asserts[0] ?? '') ?? [];
    const expected = (JSON.parse(text) as string).replace(
      'example.com/witness',
      audit.verifier.name,
    );
    if (how === '==') expect(answer.body).toBe(expected);
    else expect(answer.body).toContain(expected);
    expect(answer.status).toBe(one.status);
  });
});
