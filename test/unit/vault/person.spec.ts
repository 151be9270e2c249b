import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { commitmentTo, newSalt } from '#vault/commitment';
import { isIdNumber } from '#vault/id-number';
import { personText, readPerson, isDisclosedIn } from '#vault/person';
import { newKey, seal, unseal } from '#vault/seal';
import { LI, ZHANG } from '../../support/people.ts';

describe('an ID number', () => {
  test.each(['11010519491231002X', '440524188001010014', LI.idNumber])(
    '%s is an ID number',
    (text) => {
      expect(isIdNumber(text)).toBe(true);
    },
  );

  test('an ID number with any one digit changed is refused', () => {
    for (let at = 0; at < 17; at++) {
      const digits = [...ZHANG.idNumber];
      digits[at] = `${(Number(digits[at]) + 1) % 10}`;
      expect([at, isIdNumber(digits.join(''))]).toEqual([at, false]);
    }
  });

  test.each([
    '',
    '11010519491231002x',
    '110105194912310021',
    '110105491231002',
    ' 11010519491231002X',
  ])('“%s” is no ID number', (text) => expect(isIdNumber(text)).toBe(false));

  test('an ID number of a day that never was is refused, whatever its check character', () => {
    const right = '0123456789X'
      .split('')
      .filter((check) => isIdNumber(`11010519900230001${check}`));
    expect(right).toEqual([]);
  });
});

describe('a person', () => {
  const codesOf = (json: unknown) => {
    const read = readPerson(json);
    return read.kind === 'person' ? [] : read.faults.map(({ field, code }) => [field, code]);
  };

  test('a person is read when any of the four fields is given', () => {
    expect(codesOf(ZHANG)).toEqual([]);
    expect(codesOf({ phone: ZHANG.phone })).toEqual([]);
  });

  test('when several fields are wrong, a person is refused with all faults at once, and none repeats what was given', () => {
    const given = {
      name: '赵'.repeat(201),
      idNumber: '110105194912310021',
      phone: '',
      bankAccount: 6222,
      家庭住址: '某村',
    };
    expect(codesOf(given)).toEqual([
      ['name', 'too-long'],
      ['idNumber', 'id-number-wrong'],
      ['phone', 'not-text'],
      ['bankAccount', 'not-text'],
      [undefined, 'unknown-field'],
    ]);
    expect(JSON.stringify(readPerson(given))).not.toMatch(/赵|110105|6222|家庭|某村/);
  });

  test.each([
    [{}, 'person-empty'],
    [null, 'person-not-an-object'],
    [[ZHANG], 'person-not-an-object'],
    ['张三', 'person-not-an-object'],
    [JSON.parse('{"__proto__":{"name":"x"}}'), 'unknown-field'],
  ])('%j is refused as a person', (json, code) =>
    expect(codesOf(json)).toEqual([[undefined, code]]),
  );

  test('a reason discloses a person when it holds any of the fields, spaced or not', () => {
    expect(isDisclosedIn(ZHANG, '核对 138 0013-8000 的补贴')).toBe(true);
    expect(isDisclosedIn(ZHANG, '查张三丰示例')).toBe(true);
    expect(isDisclosedIn(ZHANG, '年度审计抽查')).toBe(false);
  });
});

describe('a commitment', () => {
  test('a commitment is the hash of its domain, the salt and the canonical text', () => {
    const salt = Buffer.alloc(32, 7);
    const text = `{"bankAccount":"6222020200112233445","idNumber":"11010519491231002X","name":"张三丰示例","phone":"13800138000"}`;
    expect(personText(ZHANG)).toBe(text);
    const expected = createHash('sha256')
      .update(
        Buffer.concat([Buffer.from('\u0002mingzhang.commitment.v1'), salt, Buffer.from(text)]),
      )
      .digest('hex');
    expect(commitmentTo(salt, ZHANG)).toBe(expected);
  });

  test('a commitment is the same in whatever order the fields are given, and another with any other salt or text', () => {
    const salt = newSalt();
    const { name, ...others } = ZHANG;
    expect(commitmentTo(salt, { ...others, name })).toBe(commitmentTo(salt, ZHANG));
    expect(commitmentTo(newSalt(), ZHANG)).not.toBe(commitmentTo(salt, ZHANG));
    expect(commitmentTo(salt, { ...ZHANG, phone: LI.phone })).not.toBe(commitmentTo(salt, ZHANG));
  });
});

describe('what is sealed', () => {
  const key = newKey();
  const sealed = seal(key, ['person', 'p-1'], Buffer.from('张三'));

  test('what is sealed opens with its key and name, and two seals of one text differ', () => {
    expect(unseal(key, ['person', 'p-1'], sealed)?.toString()).toBe('张三');
    expect(seal(key, ['person', 'p-1'], Buffer.from('张三')).equals(sealed)).toBe(false);
  });

  test('what is sealed opens neither as another’s, nor as something else, nor with another key', () => {
    expect(unseal(key, ['person', 'p-2'], sealed)).toBeUndefined();
    expect(unseal(key, ['salt', 'p-1'], sealed)).toBeUndefined();
    expect(unseal(newKey(), ['person', 'p-1'], sealed)).toBeUndefined();
  });

  test('what is sealed does not open when any one bit is changed, or when it is cut short', () => {
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const altered = Buffer.from(sealed);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect([bit, unseal(key, ['person', 'p-1'], altered)]).toEqual([bit, undefined]);
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(unseal(key, ['person', 'p-1'], sealed.subarray(0, length))).toBeUndefined();
    }
  });
});
