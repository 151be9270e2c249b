/** Numbers that belong to one person. */
export type PersonalNumber =
  | 'identity-number' // 公民身份号码, GB 11643: 17 digits and a check character
  | 'mobile-number' // 11 digits that begin with 13 to 19
  | 'bank-card-number'; // 16 to 19 digits whose last is right by Luhn (ISO/IEC 7812-1)

const SEPARATOR = '[ \\-\u2010-\u2015.·]?';
const digits = (...groups: readonly number[]): string =>
  groups.map((length) => `\\d{${length}}`).join(SEPARATOR);
const number = (pattern: string): RegExp => new RegExp(`(?<!\\d)(?:${pattern})(?!\\d)`, 'gu');

const IDENTITY = number(`${digits(6, 8, 3)}${SEPARATOR}[\\dXx]`);
const MOBILE = number(`(?:\\+?86${SEPARATOR})?1[3-9]\\d${SEPARATOR}${digits(4, 4)}`);
const BANK_CARD = number(
  `[3-6]\\d{3}(?:${SEPARATOR}\\d{4}){3}(?:${SEPARATOR}\\d{1,3})?|[3-6]\\d{15,18}`,
);

const KINDS: readonly (readonly [PersonalNumber, RegExp, (bare: string) => boolean])[] = [
  ['identity-number', IDENTITY, isIdentityNumber],
  ['mobile-number', MOBILE, () => true],
  ['bank-card-number', BANK_CARD, passesLuhn],
];

/** The first kind of personal number in a text, whatever the width of its digits and however it is grouped. */
export const personalNumberIn = (text: string): PersonalNumber | undefined =>
  !hasManyDigits(text)
    ? undefined
    : KINDS.find(([, pattern, isRight]) =>
        [...text.normalize('NFKC').matchAll(pattern)].some(([found]) => isRight(bare(found))),
      )?.[0];

/** Whether there are as many digits, of any width, as the shortest number has: 11. */
const hasManyDigits = (text: string): boolean => {
  let digitsLeft = 11;
  for (let at = 0; at < text.length && digitsLeft > 0; at++) {
    if (mayBeDigit(text.charCodeAt(at))) digitsLeft -= 1;
  }
  return digitsLeft === 0;
};

/** Plain and wide digits, superscripts to circled ones, and halves of what stands beyond the first plane. */
const mayBeDigit = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) ||
  (unit >= 0x2070 && unit <= 0x24ff) ||
  (unit >= 0xff10 && unit <= 0xff19) ||
  (unit >= 0xd800 && unit <= 0xdfff);

/**
 * The text with the middle of each personal number starred: `138******00`. A text that holds none is
 * answered as it is.
 */
export const masked = (text: string): string =>
  personalNumberIn(text) === undefined
    ? text
    : KINDS.reduce(
        (masking, [, pattern, isRight]) =>
          masking.replace(pattern, (found) =>
            isRight(bare(found)) ? starred(bare(found)) : found,
          ),
        text.normalize('NFKC'),
      );

const bare = (found: string): string => found.replace(/[^\dXx]/gu, '');

const starred = (found: string): string =>
  `${found.slice(0, 3)}${'*'.repeat(found.length - 5)}${found.slice(-2)}`;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** By the check character of GB 11643 and a possible date of birth. */
function isIdentityNumber(found: string): boolean {
  const [month, day] = [Number(found.slice(10, 12)), Number(found.slice(12, 14))];
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(found[at]), 0);
  return '10X98765432'[sum % 11] === found[17]?.toUpperCase();
}

function passesLuhn(found: string): boolean {
  const sum = [...found].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
