import { safe } from '#presentation/html-text';

/** Markup that is safe to send: text that went through `html` or was escaped by it. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | readonly Html[];

/** A template whose holes are escaped, unless they are markup already. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  markup: strings.reduce((text, string, index) => text + toMarkup(parts[index - 1] ?? '') + string),
});

const toMarkup = (part: Part): string => {
  if (typeof part === 'string' || typeof part === 'number') return safe(String(part));
  if ('markup' in part) return part.markup;
  return part.map(({ markup }) => markup).join('');
};
