import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { logSigner } from '../support/verifier/bundle-fixture.ts';
import { county, file, POLICY, run, VERIFIER } from '../support/verifier/verifier.ts';

/** The Nodes of this machine that are not npm's: an auditor has one of those. */
const versionOf = (node: string) =>
  spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
const found = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules') && !folder.includes('node-gyp'))
  .map((folder) => join(folder, 'node'))
  .filter((node) => existsSync(node));
const nodes = new Map(found.map((node) => [versionOf(node), node]));
if (nodes.size === 0) console.log('No Node beside npm’s own was found: only that is tried.');
nodes.set(process.version, process.execPath);

describe.each([...nodes])('on Node %s', (_version, node) => {
  const { text, notes } = county();
  const since = file(notes[0] ?? '');
  const more = ['--key', logSigner().vkey, '--since', since, '--policy', file(POLICY)];

  test.each([
    ['a good bundle', text, 0],
    ['an altered one', text.replace('30000000', '39000000'), 11],
    ['one cut short', text.slice(0, 3000), 2],
  ])('says of %s what it says on the Node of the tests', (_name, bundle, code) => {
    const args = [file(bundle), ...more];
    const told = run(args, node);
    expect({ ...told, stderr: '' }).toEqual(run(args));
    expect(told).toMatchObject({ status: code, stderr: '' });
  });
});

test('the verifier imports what Node has, and nothing else', () => {
  const source = readFileSync(VERIFIER, 'utf8');
  const imported = [...source.matchAll(/^import .* from '([^']+)'|\b(?:import|require)\(/gm)].map(
    ([, it]) => it,
  );
  expect(imported).toEqual(['node:crypto', 'node:fs', 'node:url', 'node:util', 'node:v8']);
});
