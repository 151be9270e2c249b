/** Text as it may stand in markup, between tags or in an attribute with either quote. */
export const safe = (text: string): string =>
  text.replace(/[&<>"']/g, (unit) => ESCAPES[unit] ?? unit);

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
