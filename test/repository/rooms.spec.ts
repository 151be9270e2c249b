import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { VIEWS } from '#projections/registry';

interface Rule {
  readonly name: string;
  readonly comment?: string;
}

const { forbidden } = createRequire(import.meta.url)(resolve('.dependency-cruiser.cjs')) as {
  readonly forbidden: readonly Rule[];
};

describe('the rooms of libs', () => {
  const page = readFileSync('docs/ARCHITECTURE.md', 'utf8');

  const ruled = forbidden.flatMap(({ name, comment = '' }) => {
    const [, room = '', below = ''] =
      /^libs\/(\S+) imports (.*) and nothing else of ours\.$/.exec(comment) ?? [];
    return name.endsWith('-looks-down') ? [[room, below] as const] : [];
  });

  test('are drawn as the rules have them', () => {
    const drawn = [...page.matchAll(/^\| `libs\/([a-z-]+)` +\|[^|]*\| ([^|]*?) +\|$/gm)].map(
      ([, room, below]) => [room, below],
    );
    expect(ruled.length).toBeGreaterThan(10);
    expect(drawn.filter(([, below]) => below !== 'any room')).toEqual(ruled);
  });

  test('each have a page that says what they are', () => {
    for (const room of globSync('libs/*')) {
      expect([room, globSync(`${room}/README.md`)]).toEqual([room, [`${room}/README.md`]]);
    }
  });

  test.each(ruled)('libs/%s says once on its page what it may import', (room, below) => {
    const text = readFileSync(`libs/${room}/README.md`, 'utf8');
    const said = [...text.matchAll(/\bmay import\b([^.]*)\./gi)].map(([, list = '']) =>
      [...list.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name).join(', '),
    );
    expect(said).toEqual([below === 'no room' ? '' : below]);
  });

  test('ask the environment in one file', () => {
    const readers = globSync('{libs,apps}/**/*.ts').filter((file) =>
      readFileSync(file, 'utf8').includes('process.env'),
    );
    expect(readers).toEqual(['libs/wiring/settings.ts']);
  });
});

describe('SQL over the tables of a view', () => {
  const files = globSync('{libs,apps}/**/*.ts').map(
    (file) => [file, readFileSync(file, 'utf8')] as const,
  );

  test.each(VIEWS.map((view) => [view.name, view] as const))(
    'of %s is written in its folder and nowhere else',
    (name, { tables }) => {
      const names = tables.map((table) => table.name).join('|');
      const uses = new RegExp(`\\b(?:FROM|JOIN|INTO|UPDATE)\\s+(?:${names})\\b(?!\\s*\\()`);
      const foreign = files
        .filter(([file, text]) => !file.startsWith(`libs/projections/${name}/`) && uses.test(text))
        .map(([file]) => file);
      expect(foreign).toEqual([]);
    },
  );
});
