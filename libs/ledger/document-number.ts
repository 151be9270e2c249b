/**
 * 文号, such as 朔农发〔2024〕6号: issuer's short name, year in tortoise-shell brackets, serial number.
 * `raw` is the printed text; `normalised` is for comparing and exists only when the number is whole.
 */
export interface DocumentNumber {
  readonly raw: string;
  readonly normalised?: string;
}

const WHOLE = /^([\p{Script=Han}A-Za-z（）()]+)〔(\d{4})〕(?:第)?0*(\d+)号$/u;

/**
 * Brackets and spaces vary with printers and keyboards, so they are made equal.
 * A damaged number (no year, no serial) stays raw and is never guessed.
 */
export const parseDocumentNumber = (raw: string): DocumentNumber => {
  const text = raw.replace(/\s+/g, '').replace(/[﹝[【（(](?=\d{4}[﹞\]】）)])/g, '〔');
  const match = WHOLE.exec(text.replace(/(?<=〔\d{4})[﹞\]】）)]/g, '〕'));
  return match === null ? { raw } : { raw, normalised: `${match[1]}〔${match[2]}〕${match[3]}号` };
};
