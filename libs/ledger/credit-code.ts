/** 统一社会信用代码 of an organisation: 18 characters, the last of which checks the others (GB 32100-2015). */
export type CreditCode = string;

/** GB 32100 leaves out I, O, S, V and Z, which are easily misread. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const MODULUS = ALPHABET.length;
const LENGTH = 18;

/** Whether the text is a code whose check character is right (GB 32100-2015, annex A: weights 3^i mod 31). */
export const isCreditCode = (text: string): boolean => {
  const values = [...text].map((character) => ALPHABET.indexOf(character));
  if (values.length !== LENGTH || values.includes(-1)) return false;
  return checkValue(values.slice(0, -1)) === values.at(-1);
};

/** Completes 17 characters with their check character; undefined when they are not of the alphabet. */
export const completeCreditCode = (first17: string): CreditCode | undefined => {
  const values = [...first17].map((character) => ALPHABET.indexOf(character));
  if (values.length !== LENGTH - 1 || values.includes(-1)) return undefined;
  return first17 + ALPHABET.charAt(checkValue(values));
};

const checkValue = (values: readonly number[]): number => {
  let sum = 0;
  let weight = 1;
  for (const value of values) {
    sum += value * weight;
    weight = (weight * 3) % MODULUS;
  }
  return (MODULUS - (sum % MODULUS)) % MODULUS;
};
