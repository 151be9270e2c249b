import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';

const english = readFileSync('docs/operations.md', 'utf8');
const chinese = readFileSync('docs/operations.zh-CN.md', 'utf8');

/** What people type, without the comments behind it. */
const commandsIn = (page: string): readonly string[] =>
  [...page.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, block = '']) =>
    block
      .split('\n')
      .map((line) => line.replace(/(^|\s+)#.*$/, ''))
      .filter((line) => line !== ''),
  );
const figuresIn = (page: string): readonly string[] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .flatMap((line) => line.match(/\d[\d,.]*/g) ?? []);
const headingsIn = (page: string) =>
  page
    .split('\n')
    .map((line) => /^#+/.exec(line)?.[0])
    .filter((depth) => depth !== undefined);

describe('the two pages on operations', () => {
  test('have the same commands', () => {
    expect(commandsIn(english).length).toBeGreaterThan(20);
    expect(commandsIn(chinese)).toEqual(commandsIn(english));
  });

  test('have the same sections and the same figures', () => {
    expect(headingsIn(chinese)).toEqual(headingsIn(english));
    expect(figuresIn(chinese)).toEqual(figuresIn(english));
  });

  test('name services and secrets that there are', () => {
    const compose = readFileSync('docker-compose.yml', 'utf8');
    for (const [, service = ''] of english.matchAll(/^\| `([\w-]+)`/gm)) {
      if (!service.startsWith('mingzhang_')) expect(compose).toContain(`\n  ${service}:\n`);
    }
    const script = readFileSync('deploy/make-secrets.sh', 'utf8');
    for (const [, secret = ''] of english.matchAll(/deploy\/secrets\/([\w.-]+)/g)) {
      expect(script).toContain(secret);
    }
  });
});
