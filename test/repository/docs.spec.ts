import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FIGURE_NAMES } from '#presentation/questions/figure-names';

const pages = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

const lives = pages.filter((page) => page.startsWith(join('docs', 'life-of-')));

interface Hop {
  readonly file: string;
  /** Found by a name in a table, not by an import. */
  readonly isByName: boolean;
  /** Which hop, counted from 0, imports it: the one before unless the page names another. */
  readonly from: number;
}

/** The numbered files of a page, in order. */
const hopsOf = (page: string): readonly Hop[] =>
  [
    ...readFileSync(page, 'utf8').matchAll(/^(\d+)\. \[`([^`]+)`\]\([^)]*\): (⇒|\(from \d+\))?/gm),
  ].map(([, number, file = '', mark]) => ({
    file,
    isByName: mark === '⇒',
    from: Number(/\d+/.exec(mark ?? '')?.[0] ?? Number(number) - 1) - 1,
  }));

/** The files of ours that a file imports or exports from, types too. */
const importsOf = (file: string | undefined): readonly string[] =>
  file === undefined
    ? []
    : [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].map(([, to = '']) =>
        to.startsWith('#') ? sourceOf(to) : join(dirname(file), to),
      );

const { imports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly imports: Readonly<Record<string, { readonly source: string }>>;
};

/** `#ledger/fund/decide` is `libs/ledger/fund/decide.ts`. */
const sourceOf = (specifier: string): string => {
  const [room = '', ...path] = specifier.split('/');
  return join(imports[`${room}/*`]?.source.replace('*', path.join('/')) ?? specifier);
};

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

  describe.each(lives)('%s', (page) => {
    const hops = hopsOf(page);

    test('opens each file once', () => {
      const files = hops.map(({ file }) => file);
      expect(files.length).toBeGreaterThan(9);
      expect(files.length).toBeLessThanOrEqual(30);
      expect(new Set(files).size).toBe(files.length);
    });

    test('goes from file to file by imports, but where it says that a name is looked up', () => {
      const [, ...after] = hops;
      const broken = after.filter(
        ({ isByName, from, file }) => !isByName && !importsOf(hops[from]?.file).includes(file),
      );
      expect(broken).toEqual([]);
    });

    test('looks few names up, and none where an import would do', () => {
      const byName = hops.filter(({ isByName }) => isByName);
      expect(byName.length).toBeLessThanOrEqual(6);
      const needless = byName.filter(({ from, file }) =>
        importsOf(hops[from]?.file).includes(file),
      );
      expect(needless).toEqual([]);
    });
  });

  test.each([
    ['README.md', 'libs'],
    ['README.zh-CN.md', 'libs'],
    ['CONTRIBUTING.md', 'test'],
  ])('%s has a row for each folder of %s', (page, parent) => {
    const text = readFileSync(page, 'utf8');
    const folders = readdirSync(parent, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${parent}/${name}`);
    expect(folders.filter((folder) => !text.includes(`| \`${folder}\``))).toEqual([]);
  });

  test('docs/cli.md lists every figure that can be explained, in the order of the list', () => {
    const names = Object.values(FIGURE_NAMES).map(({ zh }) => zh);
    expect(readFileSync('docs/cli.md', 'utf8')).toContain(`Figures: ${names.join(' ')}, or`);
  });

  test('the lock file names no registry', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved": "http/);
  });
});
