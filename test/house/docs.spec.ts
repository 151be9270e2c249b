import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const pages = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

describe('the documentation', () => {
  test.each(pages)('%s links to pages that exist', (page) => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(
      ([, to]) => to ?? '',
    );
    const ours = links.filter((to) => !/^https?:/.test(to));
    expect(ours.filter((to) => !existsSync(join(dirname(page), to)))).toEqual([]);
  });

  test.each(pages)('%s names files that exist', (page) => {
    const named = [
      ...readFileSync(page, 'utf8').matchAll(/`((?:apps|libs|test|docs)\/[\w./-]+)`/g),
    ];
    const missing = named.map(([, path]) => path ?? '').filter((path) => !existsSync(path));
    expect(missing).toEqual([]);
  });

  test('the life of a disbursement opens about 14 files, none twice', () => {
    const text = readFileSync('docs/life-of-a-disbursement.md', 'utf8');
    const files = [...text.matchAll(/^\d+\. \[`([^`]+)`\]/gm)].map(([, path]) => path ?? '');
    expect(files.length).toBeGreaterThan(9);
    expect(files.length).toBeLessThanOrEqual(15);
    expect(new Set(files).size).toBe(files.length);
    expect(files.filter((path) => !existsSync(path))).toEqual([]);
    expect(text.match(/: ⇒/g)).toHaveLength(3);
  });

  test('the lock file names no registry', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved": "http/);
  });
});
