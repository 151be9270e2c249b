import { describe, expect, test } from '@jest/globals';
import { formatCheckpoint } from '#integrity/checkpoint';
import { parsePolicy } from '#integrity/policy';
import { proveInclusion } from '#integrity/prove';
import { signNote } from '#integrity/signer';
import {
  checkTlogProof,
  formatTlogProof,
  parseTlogProof,
  type TlogProof,
} from '#integrity/tlog-proof';
import { fixture, flipped, grow, leafOf } from './given.ts';
import { AT, audit, logKey, ORIGIN, upper } from './keys.ts';
import { fc } from '../../support/property.ts';

const { roots, reader } = grow(11);
const proofOf = (index: number, size: number): TlogProof => ({
  index,
  hashes: proveInclusion(index, size, reader),
  note: signNote(
    formatCheckpoint({ origin: ORIGIN, size, root: roots[size] ?? '', extensions: [] }),
    [logKey, audit, upper].map((key) => key.signerAt(AT)),
  ),
});

const policy = parsePolicy(fixture('policy.txt'));

describe('a proof in one text', () => {
  test('is written as it always was, and holds', () => {
    const text = fixture('leaf-4-of-11.tlog-proof');
    expect(formatTlogProof(proofOf(4, 11))).toBe(text);
    expect(checkTlogProof(leafOf(4), parseTlogProof(text), policy)).toMatchObject({
      kind: 'accepted',
      checkpoint: { size: 11 },
      cosigned: [{ witness: '审计局' }, { witness: 'upper' }],
    });
  });

  test('may carry more, which nobody vouches for', () => {
    const proof = { ...proofOf(0, 1), extra: Buffer.from('镇') };
    expect(parseTlogProof(formatTlogProof(proof))).toEqual(proof);
  });

  test('is refused for another leaf, at another place or with another hash', () => {
    const proof = proofOf(4, 11);
    const refused = { kind: 'not-included' };
    expect(checkTlogProof(leafOf(5), proof, policy)).toEqual(refused);
    expect(checkTlogProof(leafOf(4), { ...proof, index: 5 }, policy)).toEqual(refused);
    for (const [at, hash] of proof.hashes.entries()) {
      const hashes = proof.hashes.with(at, flipped(hash));
      expect(checkTlogProof(leafOf(4), { ...proof, hashes }, policy)).toEqual(refused);
    }
  });

  test('is refused when the checkpoint is', () => {
    const { note, ...proof } = proofOf(4, 11);
    const alone = { ...note, signatures: note.signatures.slice(0, 1) };
    expect(checkTlogProof(leafOf(4), { ...proof, note: alone }, policy).kind).toBe('no-quorum');
  });

  const text = formatTlogProof(proofOf(4, 11));
  test.each([
    ['of another version', text.replace('@v1', '@v2')],
    ['without an index', text.replace('index 4\n', '')],
    ['with a negative index', text.replace('index 4', 'index -4')],
    ['with its lines in another order', text.replace('index 4\n', 'index 4\nextra AAAA\n')],
    ['with a hash too short', text.replace('index 4\n', 'index 4\nAAAA\n')],
    ['with 64 hashes', text.replace('index 4\n', `index 4\n${`${'A'.repeat(43)}=\n`.repeat(64)}`)],
    ['with extra that is no base64', text.replace('index', 'extra !\nindex')],
    ['without a checkpoint', text.slice(0, text.indexOf('\n\n') + 2)],
    ['without anything', ''],
  ])('is none %s', (_name, other) => {
    expect(() => parseTlogProof(other)).toThrow(/^Not a (proof|note)/);
  });

  test('is read as it was written, whatever it says', () => {
    const proofs = fc.record(
      {
        index: fc.maxSafeNat(),
        hashes: fc.array(
          fc.nat().map((n) => leafOf(n)),
          { maxLength: 63 },
        ),
        note: fc.constant(proofOf(1, 2).note),
        extra: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      },
      { requiredKeys: ['index', 'hashes', 'note'] },
    );
    fc.assert(
      fc.property(proofs, (any) => expect(parseTlogProof(formatTlogProof(any))).toEqual(any)),
    );
  });
});
