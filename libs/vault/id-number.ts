import { isBusinessDate } from '#ledger/calendar';

/** GB 11643-1999: six digits of area, eight of birth, three of order, one that checks the others. */
const SHAPE = /^\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dX]$/;
const CHECK_CHARACTERS = '10X98765432';

/** Whether a text is the ID number of a person: its day of birth exists and its check character is right. */
export const isIdNumber = (text: string): boolean => {
  const [, year, month, day] = SHAPE.exec(text) ?? [];
  if (!isBusinessDate(`${year}-${month}-${day}`)) return false;
  // Annex A: the weight of the digit at place i, counted from the right, is 2^(i-1) mod 11.
  let sum = 0;
  for (const digit of text.slice(0, -1)) sum = (sum + Number(digit)) * 2;
  return CHECK_CHARACTERS.charAt(sum % 11) === text.charAt(17);
};
