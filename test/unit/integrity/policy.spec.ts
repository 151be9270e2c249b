import { describe, expect, test } from '@jest/globals';
import { formatCheckpoint } from '#integrity/checkpoint';
import { judgeCheckpoint } from '#integrity/judge-checkpoint';
import { formatVkey } from '#integrity/key';
import { parsePolicy } from '#integrity/policy';
import { signNote, type SigningKey } from '#integrity/signer';
import { fixture, leafOf } from './given.ts';
import { AT, audit, discipline, foreignKey, logKey, nextLogKey, ORIGIN, upper } from './keys.ts';

const vkey = ({ verifier }: SigningKey): string => formatVkey(verifier);
const lines = (...all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

const LOG = `log ${vkey(logKey)} https://county.example/ledger`;
const WITNESSES = lines(
  `witness 审计局 ${vkey(audit)}`,
  `witness\t纪委监委  ${vkey(discipline)} https://discipline.example/`,
  ` witness upper ${vkey(upper)}`,
);

const checkpointOf = (...keys: readonly SigningKey[]) => {
  const text = formatCheckpoint({ origin: ORIGIN, size: 7, root: leafOf(0), extensions: [] });
  return signNote(
    text,
    keys.map((key, n) => key.signerAt(AT + n)),
  );
};

describe('a policy', () => {
  test('is read with its comments, spaces and groups within groups', () => {
    const policy = parsePolicy(fixture('policy.txt'));
    expect(policy.logs.map(({ name }) => name)).toEqual([ORIGIN]);
    expect(policy.witnesses.map(({ name }) => name)).toEqual(['审计局', '纪委监委', 'upper']);
    expect(policy.quorum).toMatchObject({
      kind: 'group',
      threshold: 2,
      members: [{ kind: 'group', threshold: 1 }, { kind: 'witness' }],
    });
  });

  test('has the address of a witness where it states one', () => {
    const { witnesses } = parsePolicy(`${WITNESSES}quorum upper\n`);
    expect(witnesses.map((witness) => [witness.name, witness.address])).toEqual([
      ['审计局', undefined],
      ['纪委监委', 'https://discipline.example/'],
      ['upper', undefined],
    ]);
    expect(witnesses.map((witness) => 'address' in witness)).toEqual([false, true, false]);
  });

  const none = 'quorum none\n';
  test.each<[string, string, string]>([
    ['no quorum', `${LOG}\n`, 'no line says what the quorum is'],
    ['two quorums', `${none}${none}`, 'line 2: the quorum is there already'],
    ['a quorum of nobody', 'quorum nobody\n', 'line 1: nobody is not known yet'],
    ['a quorum of two', `${WITNESSES}quorum 审计局 upper\n`, 'line 4: the quorum is one'],
    ['a witness named none', `witness none ${vkey(audit)}\n`, 'the name none is taken'],
    ['two of a name', lines(`witness a ${vkey(audit)}`, `witness a ${vkey(upper)}`), 'line 2'],
    ['a witness twice', lines(`witness a ${vkey(audit)}`, `witness b ${vkey(audit)}`), 'line 2'],
    ['a log twice', lines(LOG, `log ${vkey(logKey)}`), 'line 2: the log is there already'],
    ['a witness with the key of a log', `witness a ${vkey(logKey)}\n`, 'of the wrong type'],
    ['a log with the key of a witness', `log ${vkey(audit)}\n`, 'of the wrong type'],
    ['a key that is none', `log ${vkey(logKey).slice(0, -4)}\n`, 'line 1: 29 bytes are no key'],
    ['a word too many', `${LOG} x\n`, 'a log is a key and an address'],
    [
      'a second address',
      `witness a ${vkey(audit)} https://a/ https://b/\n`,
      'a key and an address',
    ],
    ['a group of nobody', 'group g all\n', 'line 1: all of 0 is no quorum'],
    ['0 of 1', `${WITNESSES}group g 0 upper\n`, '0 of 1 is no quorum'],
    ['2 of 1', `${WITNESSES}group g 2 upper\n`, '2 of 1 is no quorum'],
    ['01 of 1', `${WITNESSES}group g 01 upper\n`, 'line 4: "01" is not a whole number'],
    [
      'a member that comes later',
      lines('group g any a', `witness a ${vkey(audit)}`),
      'not known yet',
    ],
    ['a member named none', 'group g any none\n', 'none is not known yet'],
    ['a member twice', `${WITNESSES}group g any upper upper\n`, 'upper is the member of a group'],
    ['a member of two groups', `${WITNESSES}group g any upper\ngroup h any upper\n`, 'line 5'],
    ['another word', 'toString a\n', 'line 1: nothing is called toString'],
    ['a carriage return', 'quorum none\r\n', 'control character'],
  ])('is none with %s', (_name, text, reason) => {
    expect(() => parsePolicy(text)).toThrow(`Not a policy`);
    expect(() => parsePolicy(text)).toThrow(reason);
  });
});

describe('a checkpoint under a policy', () => {
  const twoOfThree = parsePolicy(
    lines(LOG, `log ${vkey(nextLogKey)}`) +
      WITNESSES +
      lines('group g 2 审计局 纪委监委 upper', 'quorum g'),
  );

  test('is accepted with the quorum, and says who was there and when', () => {
    expect(judgeCheckpoint(checkpointOf(logKey, audit, foreignKey, upper), twoOfThree)).toEqual({
      kind: 'accepted',
      checkpoint: { origin: ORIGIN, size: 7, root: leafOf(0), extensions: [] },
      cosigned: [
        { witness: '审计局', posixSeconds: AT + 1 },
        { witness: 'upper', posixSeconds: AT + 3 },
      ],
    });
  });

  test('is refused without it', () => {
    expect(judgeCheckpoint(checkpointOf(logKey, audit), twoOfThree)).toEqual({
      kind: 'no-quorum',
      cosigned: [{ witness: '审计局', posixSeconds: AT + 1 }],
    });
    expect(judgeCheckpoint(checkpointOf(logKey, audit, audit), twoOfThree).kind).toBe('no-quorum');
  });

  test('is refused when no log signed it, whoever cosigned', () => {
    const refused = { kind: 'no-log-signature' };
    expect(judgeCheckpoint(checkpointOf(audit, upper), twoOfThree)).toEqual(refused);
    expect(judgeCheckpoint(checkpointOf(foreignKey), twoOfThree)).toEqual(refused);
  });

  test('is refused when a log signed it that has another origin', () => {
    const policy = parsePolicy(lines(`log ${vkey(foreignKey)}`, 'quorum none'));
    expect(judgeCheckpoint(checkpointOf(foreignKey), policy).kind).toBe('no-log-signature');
  });

  test('is refused when one cosignature is bad, whatever the others are', () => {
    const note = checkpointOf(logKey, audit, upper, discipline);
    const [, , third] = note.signatures;
    const bad = { ...note.signatures[3], signature: third?.signature };
    const spoilt = { ...note, signatures: [...note.signatures.slice(0, 3), bad] } as typeof note;
    expect(judgeCheckpoint(spoilt, twoOfThree).kind).toBe('invalid-signature');
  });

  test('needs no witness where none is asked for', () => {
    const policy = parsePolicy(lines(LOG, 'quorum none'));
    expect(judgeCheckpoint(checkpointOf(logKey), policy).kind).toBe('accepted');
  });

  test('is accepted by either key in rotation', () => {
    const cosigners = [audit, discipline];
    for (const logs of [[logKey], [nextLogKey], [logKey, nextLogKey]]) {
      expect(judgeCheckpoint(checkpointOf(...logs, ...cosigners), twoOfThree).kind).toBe(
        'accepted',
      );
    }
  });

  test.each<[string, readonly SigningKey[], boolean]>([
    ['both', [audit, discipline, upper], true],
    ['one of the group and the other', [discipline, upper], true],
    ['the group alone', [audit, discipline], false],
    ['the other alone', [upper], false],
  ])('meets a quorum of a group and another with %s: %#', (_name, keys, isMet) => {
    const judged = judgeCheckpoint(
      checkpointOf(logKey, ...keys),
      parsePolicy(fixture('policy.txt')),
    );
    expect(judged.kind).toBe(isMet ? 'accepted' : 'no-quorum');
  });
});
