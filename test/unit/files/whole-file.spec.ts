import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createWholeFile, writeOutputFile, writeWholeFile } from '#files/whole-file';
import { writeWholeDirectory } from '#files/whole-directory';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
const at = (name: string): string => join(directory, 'work', name);
beforeEach(() => {
  rmSync(join(directory, 'work'), { recursive: true, force: true });
  mkdirSync(join(directory, 'work'));
});
afterAll(remove);
const names = (): readonly string[] => readdirSync(join(directory, 'work'));
const text = (name: string): string => readFileSync(at(name), 'utf8');

describe('writing a whole file', () => {
  test('makes its directory, and the file is for its owner alone', () => {
    writeWholeFile(at('deep/er/key'), 'secret');
    expect([text('deep/er/key'), statSync(at('deep/er/key')).mode & 0o777]).toEqual([
      'secret',
      0o600,
    ]);
  });

  test('replaces the file before, with content in parts as well', () => {
    writeWholeFile(at('file'), 'a text before that is longer');
    writeWholeFile(at('file'), [Buffer.from('one '), Buffer.from('two')]);
    expect([text('file'), names()]).toEqual(['one two', ['file']]);
  });

  test('that cannot take the name leaves what was there, and nothing half-written', () => {
    mkdirSync(at('taken'));
    writeFileSync(at('taken/mine'), 'mine');
    expect(() => writeWholeFile(at('taken'), 'text')).toThrow();
    expect([names(), text('taken/mine')]).toEqual([['taken'], 'mine']);
  });
});

describe('making a file once', () => {
  test('the first makes it, the second leaves it as it is', () => {
    expect([createWholeFile(at('key'), 'first'), createWholeFile(at('key'), 'second')]).toEqual([
      true,
      false,
    ]);
    expect([text('key'), names()]).toEqual(['first', ['key']]);
  });
});

describe('writing what a command was asked to write', () => {
  test('a file that is there keeps its rights', async () => {
    writeFileSync(at('shared'), 'before');
    chmodSync(at('shared'), 0o664);
    await writeOutputFile(at('shared'), 'after');
    expect([text('shared'), statSync(at('shared')).mode & 0o777]).toEqual(['after', 0o664]);
  });

  test('a link stays, and where it leads is written', async () => {
    writeFileSync(at('target'), 'before');
    symlinkSync(at('target'), at('link'));
    await writeOutputFile(at('link'), 'after');
    expect([text('target'), names()]).toEqual(['after', ['link', 'target']]);
  });

  test('text that ends with an error leaves the file before, and nothing half-written', async () => {
    writeFileSync(at('file'), 'before');
    async function* failing(): AsyncIterable<string> {
      yield 'half';
      throw await Promise.resolve(new Error('no more'));
    }
    await expect(writeOutputFile(at('file'), failing())).rejects.toThrow('no more');
    expect([text('file'), names()]).toEqual(['before', ['file']]);
  });
});

describe('filling a whole directory', () => {
  test('work that fails leaves no directory', async () => {
    const work = writeWholeDirectory(at('package'), (partial) => {
      writeFileSync(join(partial, 'one'), '1');
      throw new Error('no more');
    });
    await expect(work).rejects.toThrow('no more');
    expect(names()).toEqual([]);
  });

  test('work that is done is there under the name, with its sub-directories', async () => {
    await writeWholeDirectory(at('package'), (partial) => {
      mkdirSync(join(partial, 'tables'));
      writeFileSync(join(partial, 'tables/one'), '1');
      expect(existsSync(at('package'))).toBe(false);
      return Promise.resolve();
    });
    expect([names(), text('package/tables/one')]).toEqual([['package'], '1']);
  });
});
