import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { formatVkey, isKeyName, parseVkey } from '#integrity/key';
import { formatNote, formatSignature, MAX_SIGNATURES, parseNote, type Note } from '#integrity/note';
import { openNote } from '#integrity/open-note';
import { signNote } from '#integrity/signer';
import { describePublished, readJson } from './given.ts';
import { AT, audit, foreignKey, logKey, nextLogKey } from './keys.ts';
import { fc } from '../../support/property.ts';

const TEXT = '资金公示\n\n第二段\n';
const [log, next, foreign] = [logKey, nextLogKey, foreignKey].map((key) => key.signerAt(AT));
const signed = (...signers: readonly (typeof log)[]): Note =>
  signNote(
    TEXT,
    signers.flatMap((signer) => signer ?? []),
  );

describe('a note', () => {
  test('is read as it was written, empty lines and all', () => {
    const note = signed(log, foreign);
    expect(parseNote(formatNote(note))).toEqual(note);
    expect(parseNote(Buffer.from(formatNote(note)))).toEqual(note);
  });

  const line = formatSignature(
    signed(log).signatures[0] ?? { name: '', id: '', signature: Buffer.of() },
  );
  test.each<[string, string | Buffer]>([
    ['without an empty line', `a\n${line}`],
    ['without a signature', 'a\n\n'],
    ['that ends in the middle of a line', `a\n\n${line.trimEnd()}`],
    ['with a line that is no signature', `a\n\n${line}b\n`],
    ['with another dash', `a\n\n${line.replace('—', '-')}`],
    ['with a name that has a plus', `a\n\n${line.replace('county', 'coun+ty')}`],
    [
      'with a name that has a space of another script',
      `a\n\n${line.replace('county', 'coun\u3000ty')}`,
    ],
    ['with two spaces', `a\n\n${line.replace('— ', '—  ')}`],
    ['with a space at the end of a line', `a\n\n${line.replace('\n', ' \n')}`],
    ['with base64 that lacks a letter', `a\n\n${line.replace(/=?=?\n/, '\n').slice(0, -2)}\n`],
    ['with base64 for the web', `a\n\n— a ab-_abcd\n`],
    ['with nothing but the id of a key', 'a\n\n— a AAAAAA==\n'],
    ['with a tab', `a\tb\n\n${line}`],
    ['with a carriage return', `a\r\n\n${line}`],
    ['with half a surrogate pair', `\ud83d\n\n${line}`],
    ['that is not UTF-8', Buffer.concat([Buffer.of(0xff), Buffer.from(`a\n\n${line}`)])],
    ['with more signatures than there may be', `a\n\n${line.repeat(MAX_SIGNATURES + 1)}`],
    ['of more than a million bytes', `${'a'.repeat(1_000_000)}\n\n${line}`],
    ['of nothing', ''],
  ])('is none %s', (_name, text) => {
    expect(() => parseNote(text)).toThrow('Not a note');
  });

  test.each<[string, string | Buffer, string]>([
    ['half a surrogate pair', `\ud83d\n\n${line}`, 'a surrogate stands alone'],
    ['a byte that is not UTF-8', Buffer.of(0xff), 'the bytes are not UTF-8'],
  ])('when a note holds %s, the refusal says so', (_name, text, reason) => {
    expect(() => parseNote(text)).toThrow(reason);
  });

  test('when a note begins with a byte order mark, the mark is part of what is signed', () => {
    expect(parseNote(Buffer.from(`\ufeffa\n\n${line}`)).text).toBe('\ufeffa\n');
  });

  test('may have as many signatures as there may be', () => {
    expect(parseNote(`a\n\n${line.repeat(MAX_SIGNATURES)}`).signatures).toHaveLength(
      MAX_SIGNATURES,
    );
  });
});

describe('opening a note', () => {
  test('names the known keys that signed it and ignores all others', () => {
    expect(openNote(signed(log, foreign), [logKey.verifier, nextLogKey.verifier])).toMatchObject({
      kind: 'verified',
      verified: [{ key: logKey.verifier }],
      unverified: [{ name: foreignKey.verifier.name }],
    });
  });

  test('finds keys in rotation side by side', () => {
    const both = [logKey.verifier, nextLogKey.verifier];
    for (const known of [...both.map((key) => [key]), both]) {
      const opened = openNote(signed(log, next), known);
      expect(opened.kind === 'verified' && opened.verified.map(({ key }) => key)).toEqual(known);
    }
  });

  test('refuses a note that no known key signed', () => {
    expect(openNote(signed(foreign), [logKey.verifier])).toEqual({ kind: 'nobody-known' });
    const { signatures } = signed(log);
    const renamed = signatures.map((line) => ({ ...line, name: 'elsewhere.example/log' }));
    expect(openNote({ text: TEXT, signatures: renamed }, [logKey.verifier])).toEqual({
      kind: 'nobody-known',
    });
  });

  test('refuses a note with a bad signature of a known key, even beside a good one', () => {
    const { signatures } = signed(log, next);
    const [good, other] = signatures;
    if (good === undefined || other === undefined) throw new Error('Two signed.');
    const bad = { ...good, signature: other.signature };
    for (const lines of [[bad], [good, bad], [bad, good], [other, bad]]) {
      const opened = openNote({ text: TEXT, signatures: lines }, [
        logKey.verifier,
        nextLogKey.verifier,
      ]);
      expect(opened).toEqual({ kind: 'invalid-signature', by: { name: good.name, id: good.id } });
    }
  });

  test('refuses a note when any one byte of the text or of the signature is another', () => {
    const note = signed(log);
    const text = Buffer.from(note.text);
    for (const [at, byte] of text.entries()) {
      const other = Buffer.from(text)
        .fill(byte ^ 1, at, at + 1)
        .toString('latin1');
      expect(openNote({ ...note, text: other }, [logKey.verifier]).kind).toBe('invalid-signature');
    }
    const [line] = note.signatures;
    if (line === undefined) throw new Error('One signed.');
    for (const [at, byte] of line.signature.entries()) {
      const signature = Buffer.from(line.signature).fill(byte ^ 1, at, at + 1);
      const opened = openNote({ text: TEXT, signatures: [{ ...line, signature }] }, [
        logKey.verifier,
      ]);
      expect(opened.kind).toBe('invalid-signature');
    }
  });

  test('counts a key once, however often it signed', () => {
    const opened = openNote(signed(log, log, foreign, foreign), [logKey.verifier]);
    expect(opened).toMatchObject({
      kind: 'verified',
      verified: [{ key: logKey.verifier }],
      unverified: [{ name: 'elsewhere.example/log' }],
    });
  });

  test('takes a cosignature for none of its text at another time', () => {
    const note = signNote(TEXT, [audit.signerAt(AT)]);
    expect(openNote(note, [audit.verifier]).kind).toBe('verified');
    const [line] = note.signatures;
    const signature = Buffer.from(line?.signature ?? []);
    for (const at of [0, 3, 7]) {
      const other = Buffer.from(signature);
      other[at] = (other[at] ?? 0) ^ 1;
      const spoilt = { ...audit.verifier, signature: other };
      expect(openNote({ text: TEXT, signatures: [spoilt] }, [audit.verifier]).kind).toBe(
        'invalid-signature',
      );
    }
  });
});

const lineText = fc
  .string({ unit: 'grapheme', maxLength: 12 })

  .map((any) => any.replaceAll(/[\u0000-\u001f]/g, '·'));
const keyNames = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter(isKeyName);
const signatures = fc.record({
  name: keyNames,
  id: fc.uint8Array({ minLength: 4, maxLength: 4 }).map((id) => Buffer.from(id).toString('hex')),
  signature: fc.uint8Array({ minLength: 1, maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
});

test('whatever note is written is read', () => {
  const notes = fc.record({
    text: fc.array(lineText, { minLength: 1 }).map((lines) => `${lines.join('\n')}\n`),
    signatures: fc.array(signatures, { minLength: 1, maxLength: 5 }),
  });
  fc.assert(fc.property(notes, (note) => expect(parseNote(formatNote(note))).toEqual(note)));
});

interface NoteVectors {
  readonly cases: readonly {
    readonly name: string;
    readonly trust: readonly string[];
    readonly note?: string;
    readonly noteBase64?: string;
    readonly ok: boolean;
    readonly verified?: readonly string[];
    readonly unverified?: readonly string[];
    readonly reason?: string;
  }[];
  readonly badVkeys: readonly string[];
  readonly validVkey: string;
}

describePublished('signed-note', (folder) => {
  const vectors = readJson(join(folder, 'note-vectors.json')) as NoteVectors;

  test.each(vectors.cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const open = () =>
      openNote(
        parseNote(one.noteBase64 ? Buffer.from(one.noteBase64, 'base64') : (one.note ?? '')),
        one.trust.map(parseVkey),
      );
    if (one.reason === 'malformed note') return expect(open).toThrow('Not a note');
    const opened = open();
    if (one.reason === 'invalid signature') return expect(opened.kind).toBe('invalid-signature');
    if (!one.ok) return expect(opened).toEqual({ kind: 'nobody-known' });
    if (opened.kind !== 'verified') throw new Error(opened.kind);
    expect(opened.verified.map(({ key }) => key.name)).toEqual(one.verified);
    expect(opened.unverified.map(({ name }) => name)).toEqual(one.unverified);
  });

  test('bad keys', () => {
    for (const vkey of vectors.badVkeys) expect(() => parseVkey(vkey)).toThrow('Not a key');
  });

  test('a good key, and none that is part of it or one byte off', () => {
    const vkey = vectors.validVkey;
    expect(formatVkey(parseVkey(vkey))).toBe(vkey);
    for (let from = 0; from < vkey.length; from++) {
      for (let to = from; to <= vkey.length; to++) {
        if (to - from < vkey.length) expect(() => parseVkey(vkey.slice(from, to))).toThrow();
      }
      const other = Buffer.from(vkey);
      other[from] = (other[from] ?? 0) + 1;
      expect(() => parseVkey(other.toString('latin1'))).toThrow('Not a key');
    }
  });
});
