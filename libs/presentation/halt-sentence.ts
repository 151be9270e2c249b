import type { Halt } from '#projections/engine/generation';
import type { Sentence } from './event-sentence.ts';

/** Why a view goes no further, and what to do about it. */
export const haltSentence = (view: string, halt: Halt): Sentence => {
  const { position, eventId, reason } = halt;
  switch (halt.cause) {
    case 'newer-release':
      return {
        zh: `日志第 ${position} 个事件(${reason})由更新的版本写入,本版本不认识;视图 ${view} 停在它之前。请装上那个版本,会自动接着做。`,
        en: `Event ${position} of the log (${reason}) was written by a later release and is unknown to this one; the view ${view} halted before it. Install that release, and it goes on by itself.`,
      };
    case 'not-conserved':
      return {
        zh: `视图 ${view} 的金额对不上,重建后仍然如此,已经停用,停在第 ${position} 个事件。请把这句话报给维护者:${reason}`,
        en: `The amounts of the view ${view} do not add up, nor after it was built anew; it halted at event ${position}. Report this sentence: ${reason}`,
      };
    default:
      return {
        zh: `视图 ${view} 停在第 ${position} 个事件(${eventId}):${reason};请升级或联系维护者,修好后 mz rebuild ${view}。`,
        en: `The view ${view} halted at event ${position} (${eventId}): ${reason}; upgrade or report it, then mz rebuild ${view}.`,
      };
  }
};
