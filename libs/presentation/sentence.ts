import { printable } from './printable.ts';

/** What a person reads, in both languages. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

/** Without a character that would change what is around it. */
export const say = (zh: string, en: string): Sentence => ({ zh: printable(zh), en: printable(en) });
