import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';

const PAGE = new URL('../../audit/verify.html', import.meta.url);
const builder: string = new URL('../../audit/build-page.mjs', import.meta.url).pathname;

describe('the page of the verifier', () => {
  const html = readFileSync(PAGE, 'utf8');

  test('is what is built from the verifier and the template', async () => {
    const { page } = (await import(builder)) as { page(): string };
    expect(html === page()).toBe(true); // If not: node audit/build-page.mjs
  });

  test('is small, and asks nothing of anybody', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(80 * 1024);
    expect(html).not.toMatch(/https?:|\bfetch\(|XMLHttpRequest|\bimport\b.*from/);
  });
});
