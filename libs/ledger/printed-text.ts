/** What takes no room on a page: marks of direction, joiners, byte order marks, variation selectors. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

const RADICALS = /[\u2E80-\u2FDF]/g;

/** Radicals that Unicode does not fold and that fonts of PDF files use for the characters. */
const CHARACTERS: Readonly<Record<string, string>> = {
  '\u2E81': '厂',
  '\u2EA0': '民',
  '\u2EC4': '西',
  '\u2EC5': '见',
  '\u2EC6': '角',
  '\u2EC9': '贝',
  '\u2ECB': '车',
  '\u2ED1': '長',
  '\u2ED3': '长',
  '\u2ED4': '门',
  '\u2ED8': '青',
  '\u2ED9': '韦',
  '\u2EDA': '页',
  '\u2EDB': '风',
  '\u2EDC': '飞',
  '\u2EDD': '食',
  '\u2EE2': '马',
  '\u2EE3': '骨',
  '\u2EE4': '鬼',
  '\u2EE5': '鱼',
  '\u2EE6': '鸟',
  '\u2EE7': '卤',
  '\u2EE8': '麦',
  '\u2EE9': '黄',
  '\u2EEA': '黾',
  '\u2EEC': '齐',
  '\u2EEE': '齿',
  '\u2EF0': '龙',
};

/**
 * Text as the reader of a page sees it: a radical that a PDF holds in place of a character (U+2FBC for 高)
 * is the character, what cannot be seen is left out, and so is space at both ends. The result is NFC;
 * wide digits and brackets stay as they are printed.
 */
export const foldPrinted = (text: string): string =>
  text
    .replace(INVISIBLE, '')
    .replace(RADICALS, (radical) => CHARACTERS[radical] ?? radical.normalize('NFKC'))
    .normalize('NFC')
    .trim();

/** The same with one width of digits, letters and brackets, and without spaces: for comparing, not for keeping. */
export const foldForComparing = (text: string): string =>
  foldPrinted(text).normalize('NFKC').replace(/\s+/gu, '');
