import type { UnknownHandle } from '#history/questions/handle';
import type { QueryRefusal } from '#history/query-refusal';
import { asOfFaultSentence } from './as-of-fault-sentence.ts';
import type { Sentence } from './event-sentence.ts';
import { haltSentence } from './halt-sentence.ts';

/** Why a question has no answer, in both languages; the faults of a point each on a line. */
export const queryRefusalSentence = (refusal: QueryRefusal): Sentence => {
  switch (refusal.kind) {
    case 'faulty-point': {
      const sentences = refusal.faults.map(asOfFaultSentence);
      return {
        zh: sentences.map(({ zh }) => zh).join('\n'),
        en: sentences.map(({ en }) => en).join('\n'),
      };
    }
    case 'halted':
      return haltSentence(refusal.view, refusal.halt);
    case 'not-found':
      return {
        zh: `没有这个${SUBJECTS[refusal.what]}。`,
        en: `There is no such ${refusal.what}.`,
      };
    case 'unknown-handle':
      return unknownHandleSentence(refusal.handle);
    case 'unknown-subject':
      return {
        zh: `没有找到“${refusal.text}”。`,
        en: `Nothing was found for “${refusal.text}”.`,
      };
    case 'ambiguous-subject':
      return {
        zh: `“${refusal.text}”不止一项,请用其中一项的线索。`,
        en: `“${refusal.text}” is ambiguous; use the clue of one of these.`,
      };
  }
};

const SUBJECTS = {
  place: '地点',
  allocation: '资金安排',
  adjustment: '调整文件',
  notice: '资金文件',
  payee: '收款人',
} as const;

const unknownHandleSentence = (handle: UnknownHandle): Sentence => {
  const { text } = handle;
  if (handle.kind === 'beyond-the-end') {
    return {
      zh: `日志只到位置 ${handle.head},没有 ${text}。`,
      en: `The log ends at position ${handle.head}; there is no ${text}.`,
    };
  }
  const names = handle.named.join('、');
  return {
    zh: `“${text}”不是日期、日志位置,也不是关键日(${names})。`,
    en: `“${text}” is no date, no position, and no named day (${names}).`,
  };
};
