import type { AsOfFault } from '#history/as-of/as-of-request';
import type { Sentence } from './event-sentence.ts';

/** What is wrong with a point in time, without a full stop: several may be listed. */
export const asOfFaultSentence = (fault: AsOfFault): Sentence => {
  switch (fault.kind) {
    case 'not-a-day':
      return {
        zh: `“${fault.text}”不是存在的日期(YYYY-MM-DD)`,
        en: `“${fault.text}” is not a day that exists (YYYY-MM-DD)`,
      };
    case 'day-to-come':
      return {
        zh: `${fault.text} 还没有到;今天是 ${fault.today}`,
        en: `${fault.text} has not come yet; today is ${fault.today}`,
      };
    case 'not-an-instant':
      return {
        zh: `“${fault.text}”不是时刻;请写 2024-06-30 或 2024-06-30T18:00:00+08:00`,
        en: `“${fault.text}” is no instant; write 2024-06-30 or 2024-06-30T18:00:00+08:00`,
      };
    case 'instant-to-come':
      return {
        zh: `${fault.text} 还没有到;台账不知道以后的事`,
        en: `${fault.text} has not come yet; the ledger knows nothing of the future`,
      };
    case 'not-a-position':
      return {
        zh: `“${fault.text}”不是日志位置`,
        en: `“${fault.text}” is no position of the log`,
      };
    case 'beyond-the-end':
      return {
        zh: `日志只到位置 ${fault.head},没有 ${fault.text}`,
        en: `The log ends at position ${fault.head}; there is no ${fault.text}`,
      };
    case 'named-twice':
      return {
        zh: 'knownAt 和 position 说的是同一件事,只能写一个',
        en: 'knownAt and position say the same thing; give one of them',
      };
  }
};
