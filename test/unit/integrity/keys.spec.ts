import { describe, expect, test } from '@jest/globals';
import { COSIGNATURE, formatVkey, parseVkey, SIGNATURE } from '#integrity/key';
import { newSkey, parseSkey } from '#integrity/signer';
import { AT, audit, logKey } from './keys.ts';

const seed = Buffer.alloc(32, 1);
const vkey = formatVkey(logKey.verifier);
const skey = newSkey('county.example/ledger', SIGNATURE, seed);

describe('a key', () => {
  test('is written with its name, its id and its type', () => {
    expect(vkey).toBe(
      'county.example/ledger+712c0002+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c',
    );
    expect(skey).toMatch(/^PRIVATE\+KEY\+county\.example\/ledger\+[0-9a-f]{8}\+AQEBAQ/);
  });

  test('has another id as a witness than as a log', () => {
    const witness = parseSkey(newSkey('county.example/ledger', COSIGNATURE, seed)).verifier;
    expect(witness.publicKey).toEqual(logKey.verifier.publicKey);
    expect(witness.id).not.toBe(logKey.verifier.id);
  });

  test.each([vkey, formatVkey(audit.verifier)])('is read back: %s', (text) => {
    expect(formatVkey(parseVkey(text))).toBe(text);
  });

  test('signs what its public half checks, and nothing else', () => {
    const { verify } = parseVkey(vkey);
    const signature = parseSkey(skey).signerAt(AT).sign('a\n');
    expect(verify('a\n', signature)).toBe(true);
    expect(verify('b\n', signature)).toBe(false);
    expect(verify('a\n', signature.subarray(1))).toBe(false);
    expect(audit.verifier.verify('a\n', signature)).toBe(false);
  });

  test('is new each time when no seed is given', () => {
    const [one, two] = [newSkey('a', SIGNATURE), newSkey('a', SIGNATURE)];
    expect(one).not.toBe(two);
    expect(parseSkey(one).verifier.name).toBe('a');
  });

  test.each([
    ['a public key', vkey],
    ['an id of another key', skey.replace(logKey.verifier.id, '00000000')],
    ['a seed too short', skey.slice(0, -4)],
    ['an unknown type', skey.replace('+AQEB', '+AgEB')],
    ['a name with a space', skey.replace('county', 'coun ty')],
    ['nothing', ''],
  ])('for signing is not %s, and what it is not repeated', (_name, text) => {
    expect(() => parseSkey(text)).toThrow('Not a key');
    expect(() => parseSkey(text)).not.toThrow('AQEBAQ');
  });
});
