import { foldForComparing } from './printed-text.ts';

/**
 * 文号, such as 朔农发〔2024〕6号: issuer's short name, year in tortoise-shell brackets, serial number.
 * `raw` is the printed text; `normalised` is for comparing and exists only when the number is whole.
 */
export interface DocumentNumber {
  readonly raw: string;
  readonly normalised?: string;
}

const WHOLE = /^([\p{Script=Han}A-Za-z（）]+)〔(\d{4})〕(?:第)?0*(\d+)号$/u;
const YEAR = /[([{【〔〖〈《「『⟨](\d{4})[)\]}】〕〗〉》」』⟩]/;

/**
 * Brackets, spaces, widths, 號 and what cannot be seen vary with printers and keyboards, so they are
 * made equal. A damaged number (no year, no serial) stays raw and is never guessed.
 */
export const parseDocumentNumber = (raw: string): DocumentNumber => {
  const match = WHOLE.exec(inOneSpelling(raw));
  return match === null ? { raw } : { raw, normalised: `${match[1]}〔${match[2]}〕${match[3]}号` };
};

/** The text by which two spellings of a number are one: normalised, or as near to it as a damaged one comes. */
export const documentNumberKey = (text: string): string =>
  parseDocumentNumber(text).normalised ?? inOneSpelling(text);

const inOneSpelling = (text: string): string =>
  foldForComparing(text)
    .replaceAll('號', '号')
    .replace(YEAR, '〔$1〕')
    .replaceAll('(', '（')
    .replaceAll(')', '）');
