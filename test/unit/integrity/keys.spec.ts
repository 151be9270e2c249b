import { describe, expect, test } from '@jest/globals';
import { cosignatureBytes, readCosignature } from '#integrity/cosignature';
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

  const bytes = vkey.slice(vkey.lastIndexOf('+') + 1);
  const unknownType = Buffer.from(bytes, 'base64').fill(9, 0, 1).toString('base64');
  test.each<[string, string, string]>([
    ['an id of another key', vkey.replace('712c0002', '712c0003'), 'is 712c0002 and not 712c0003'],
    ['an id too long', vkey.replace('712c0002', '0712c0002'), 'does not read name+id+base64'],
    ['a space after the id', vkey.replace('712c0002', '712c0002 '), 'does not read name+id+base64'],
    ['an id in capitals', vkey.replace('712c0002', '712C0002'), 'does not read name+id+base64'],
    ['no id', `county.example/ledger+${bytes}`, 'does not read name+id+base64'],
    ['no name', vkey.slice('county.example/ledger'.length), 'does not read name+id+base64'],
    ['a plus in front', `+${vkey}`, 'does not read name+id+base64'],
    ['an unknown type', vkey.replace(bytes, unknownType), 'the type 9 is unknown'],
    ['a key too short', vkey.slice(0, -4), '29 bytes are no key'],
    ['nothing at all', '', 'does not read name+id+base64'],
  ])('for checking is not one with %s', (_name, text, reason) => {
    expect(() => parseVkey(text)).toThrow(reason);
  });

  test('of a witness signs with the time, which is part of what is signed', () => {
    const witness = parseSkey(newSkey('audit.example/w1', COSIGNATURE, seed));
    const signature = witness.signerAt(AT).sign('a\n');
    expect(readCosignature(signature)?.posixSeconds).toBe(AT);
    expect(witness.verifier.verify('a\n', signature)).toBe(true);
    expect(witness.verifier.verify('b\n', signature)).toBe(false);
  });

  test('of a witness checks no bytes that are too short, too long or of a time beyond 2^53 − 1', () => {
    const signature = Buffer.alloc(64);
    const timed = (posixSeconds: number | bigint) =>
      Buffer.concat([
        cosignatureBytes({ posixSeconds: 0, signature: Buffer.of() }),
        signature,
      ]).fill(Buffer.from(posixSeconds.toString(16).padStart(16, '0'), 'hex'), 0, 8);
    expect(readCosignature(timed(Number.MAX_SAFE_INTEGER))).toEqual({
      posixSeconds: Number.MAX_SAFE_INTEGER,
      signature,
    });
    expect(readCosignature(timed(2n ** 53n))).toBeUndefined();
    expect(readCosignature(timed(AT).subarray(1))).toBeUndefined();
    expect(readCosignature(Buffer.concat([timed(AT), Buffer.of(0)]))).toBeUndefined();
  });
});
