import { isBusinessDate, type BusinessDate } from '#ledger/calendar';

const WAYS = [
  // 2024-04-26, 2024/4/26, 2024.4.26, 2024年4月26日; a spreadsheet may add midnight.
  /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]+0{1,2}:00(?::00)?)?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];

/**
 * The day that a text names, year first: `2024/4/26` is 2024-04-26. Undefined where no such day exists,
 * and for orders that could be read in two ways, such as 4/5/2024.
 */
export const readPrintedDay = (text: string): BusinessDate | undefined => {
  const digits = text.normalize('NFKC');
  for (const way of WAYS) {
    const [, year = '', month = '', day = ''] = way.exec(digits) ?? [];
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    if (isBusinessDate(date)) return date;
  }
  return undefined;
};

/** A day as a spreadsheet counts it, from 1900: 45408 is 26 April 2024. */
export const isSerialDay = (text: string): boolean => /^[3-6]\d{4}$/.test(text);
