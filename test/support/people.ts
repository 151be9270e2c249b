import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Actor } from '#ledger/context';
import type { Person } from '#vault/person';
import { temporaryDirectory } from './temporary-directory.ts';

/** Nobody: the numbers are made up, their check characters are right. */
export const ZHANG = {
  name: '张三丰示例',
  idNumber: '11010519491231002X',
  phone: '13800138000',
  bankAccount: '6222020200112233445',
} as const satisfies Person;

export const LI = {
  name: '李四光示例',
  idNumber: '440524199001010018',
  phone: '13900139111',
} as const satisfies Person;

export const AUDITOR: Actor = { id: 'auditor-1', organisation: '审计局', role: 'auditor' };
export const ADMINISTRATOR: Actor = {
  id: 'admin-1',
  organisation: '农业局',
  role: 'administrator',
};

/**
 * Every file below a directory whose bytes hold any of the texts, in whatever way they were written.
 * Another process takes the copy that is searched: by closing a file, this one would give up the locks
 * that SQLite holds on it.
 */
export const filesThatTell = (
  directory: string,
  texts: readonly (string | Uint8Array)[],
): readonly string[] => {
  const { directory: target, remove } = temporaryDirectory();
  execFileSync('cp', ['-R', directory, join(target, 'copy')]);
  const sought = texts.flatMap(writings);
  const telling = readdirSync(target, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return sought.some((writing) => bytes.includes(writing));
    })
    .map((file) => relative(join(target, 'copy'), file));
  remove();
  return telling;
};

/** A text as UTF-8, UTF-16, JSON in ASCII, hexadecimal, and base64 at each of its three offsets. */
const writings = (text: string | Uint8Array): readonly Buffer[] => {
  const bytes = typeof text === 'string' ? Buffer.from(text) : Buffer.from(text);
  const hex = bytes.toString('hex');
  const encoded = [0, 1, 2].flatMap((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
    // The first and the last characters depend on what stands beside the text.
    const inner = shifted
      .toString('base64')
      .replace(/=+$/, '')
      .slice(offset === 0 ? 0 : 4, -4);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const texts = [hex, hex.toUpperCase(), ...encoded];
  if (typeof text !== 'string') return [bytes, ...texts.map((one) => Buffer.from(one))];
  const escaped = text.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [
    bytes,
    Buffer.from(text, 'utf16le'),
    ...[...texts, escaped].map((one) => Buffer.from(one)),
  ];
};
