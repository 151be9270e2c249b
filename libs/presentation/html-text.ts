const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text for between tags; no attribute is ever made of it. */
export const safe = (text: string): string =>
  text.replace(/[&<>]/g, (unit) => ESCAPES[unit] ?? unit);
