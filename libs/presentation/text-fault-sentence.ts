import type { FaultyText, TextFault } from '#ledger/text';
import type { Sentence } from './event-sentence.ts';

/** What is wrong with one text, and in which field. */
export const textFaultSentence = ({ at, fault }: FaultyText): Sentence => {
  const [zh, en] = FAULTS[fault];
  return { zh: `“${at}”${zh}`, en: `“${at}” ${en}` };
};

const FAULTS: Readonly<Record<TextFault, readonly [zh: string, en: string]>> = {
  'half-a-character': [
    '里有半个字符,写不进台账,也没有程序读得出来;请重新输入。',
    'holds half a character, which no program can read back; type it again.',
  ],
  'control-character': [
    '里有看不见的控制字符(如换行、改变书写方向的符号);请删去。',
    'holds control characters, such as breaks of lines or marks of direction; remove them.',
  ],
  'odd-id': [
    '不是编号:编号最多 100 个字符,只用字母、数字和 . _ -,以字母或数字开头。',
    'is not an id: an id has up to 100 letters, digits and . _ -, and begins with a letter or a digit.',
  ],
  'no-value': ['须是文字或整数。', 'must be a text or a whole number.'],
  'not-whole': [
    '须是整数,且不超过 9007199254740991。',
    'must be a whole number of at most 9007199254740991.',
  ],
  'too-deep': ['层次太多,写不进台账。', 'is nested too deeply to be recorded.'],
  'identity-number': [
    '里有身份证号;个人信息不进台账,请删去,或把这个人登记到个人信息库。',
    'holds the number of an identity card; data of persons do not go into the ledger: remove it, or put the person into the vault.',
  ],
  'mobile-number': [
    '里有手机号;个人信息不进台账,请删去。',
    'holds a mobile number; data of persons do not go into the ledger: remove it.',
  ],
  'bank-card-number': [
    '里有银行卡号;个人信息不进台账,请删去。',
    'holds the number of a bank card; data of persons do not go into the ledger: remove it.',
  ],
};
