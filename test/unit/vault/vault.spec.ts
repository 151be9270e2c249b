import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmodSync, copyFileSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnusable } from '#event-store/store-unusable';
import { forgetPerson } from '#vault/forget';
import { storePerson } from '#vault/store-person';
import type { Person } from '#vault/person';
import { looksAt, revealPerson } from '#vault/reveal';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { ADMINISTRATOR, AUDITOR, filesThatTell, LI, ZHANG } from '../../support/people.ts';

let directory: string;
let remove: () => void;
beforeEach(() => {
  ({ directory, remove } = temporaryDirectory());
});
afterEach(() => remove());

const file = () => join(directory, 'vault.sqlite');
const keep = (recordId: string, payeeId = 'p-1', person: Person = ZHANG) =>
  storePerson({ directory }, { recordId, payeeId, person });
const kept = (...entry: Parameters<typeof keep>): string => {
  const answer = keep(...entry);
  if (answer.kind !== 'stored') throw new Error(`It was ${answer.kind}.`);
  return answer.commitment;
};
const reveal = (commitment: string, payeeId = 'p-1', reason = '抽查') =>
  revealPerson({ directory }, { payeeId, commitment, actor: AUDITOR, reason });
const forget = (payeeId = 'p-1', reason = '本人申请') =>
  forgetPerson({ directory }, { payeeId, actor: ADMINISTRATOR, reason });
const shell = (sql: string) => {
  const db = new DatabaseSync(file());
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
};
/** What of a subject is on disk: its wrapped key, sealed salt and sealed person. */
const sealedOf = (payeeId: string): readonly Uint8Array[] => {
  const db = new DatabaseSync(file(), { readOnly: true });
  const rows = [
    ...db.prepare('SELECT wrappedKey FROM subject WHERE payeeId = ?').all(payeeId),
    ...db.prepare('SELECT salt, person FROM record WHERE payeeId = ?').all(payeeId),
  ];
  db.close();
  return rows.flatMap((row) => Object.values(row)).filter((one) => one instanceof Uint8Array);
};

describe('what is kept', () => {
  test('is shown to who has the commitment, and every look is noted', () => {
    const commitment = kept('c-1');
    expect(reveal(commitment)).toEqual({ kind: 'revealed', person: ZHANG });
    expect(looksAt(directory)).toMatchObject([
      { payeeId: 'p-1', by: 'auditor-1 (审计局)', role: 'auditor', reason: '抽查' },
    ]);
  });

  test('is nowhere in clear', () => {
    kept('c-1');
    expect(filesThatTell(directory, Object.values(ZHANG))).toEqual([]);
  });

  test('is for its owner alone, key and file', () => {
    kept('c-1');
    for (const name of ['vault.sqlite', 'vault.sqlite-journal', 'vault.key']) {
      expect([name, statSync(join(directory, name)).mode & 0o077]).toEqual([name, 0]);
    }
  });

  test('twice for one command has one commitment, and other data are a conflict', () => {
    expect(kept('c-1')).toBe(kept('c-1'));
    expect(keep('c-1', 'p-1', LI)).toEqual({ kind: 'conflicting' });
    expect(keep('c-1', 'p-2')).toEqual({ kind: 'conflicting' });
  });

  test('for two persons with the same data has two commitments', () => {
    expect(kept('c-1')).not.toBe(kept('c-2', 'p-2'));
  });

  test('is shown as the log has it, before a change and after', () => {
    const [before, after] = [kept('c-1'), kept('c-2', 'p-1', { ...ZHANG, phone: LI.phone })];
    expect(reveal(before)).toMatchObject({ person: { phone: ZHANG.phone } });
    expect(reveal(after)).toMatchObject({ person: { phone: LI.phone } });
  });

  test('is not made by asking for what is not there', () => {
    expect(reveal('0'.repeat(64))).toEqual({ kind: 'not-held' });
    expect(forget()).toEqual({ kind: 'not-held' });
    expect(existsSync(file())).toBe(false);
  });
});

describe('what was altered is not shown', () => {
  test.each([
    ['person', 'UPDATE record SET person = salt'],
    ['salt', 'UPDATE record SET salt = randomblob(60)'],
    ['key', 'UPDATE subject SET wrappedKey = randomblob(60)'],
    ['owner', "UPDATE record SET payeeId = 'p-1' WHERE payeeId = 'p-2'"],
  ])('its %s', (_what, sql) => {
    kept('c-1');
    const other = kept('c-2', 'p-2', LI);
    const commitment = sql.includes("'p-2'") ? other : kept('c-1');
    shell(sql);
    expect(reveal(commitment)).toEqual({ kind: 'differs' });
    expect(looksAt(directory)).toEqual([]);
  });

  test('nor is what another commitment was made to', () => {
    kept('c-1');
    expect(reveal('0'.repeat(64))).toEqual({ kind: 'differs' });
  });

  test('with another key nothing opens, and a sentence says why', () => {
    const commitment = kept('c-1');
    writeFileSync(join(directory, 'vault.key'), `${Buffer.alloc(32, 1).toString('base64')}\n`);
    expect(() => reveal(commitment)).toThrow(/is not the key of this vault/);
    writeFileSync(join(directory, 'vault.key'), 'nothing');
    expect(() => reveal(commitment)).toThrow(/holds no key/);
    rmSync(join(directory, 'vault.key'));
    expect(() => keep('c-2')).toThrow(StoreUnusable);
    expect(existsSync(join(directory, 'vault.key'))).toBe(false);
  });

  test('a file that is no vault is left as it is', () => {
    writeFileSync(file(), 'a text that is long enough to be no file of SQLite at all'.repeat(20));
    expect(() => keep('c-1')).toThrow(/not a vault/);
    rmSync(file());
    shell('CREATE TABLE a (b)');
    expect(() => keep('c-1')).toThrow(/not a vault/);
  });

  test('looks and tombstones cannot be taken back', () => {
    reveal(kept('c-1'));
    forget();
    for (const table of ['reveal', 'forgotten']) {
      expect(() => shell(`DELETE FROM ${table}`)).toThrow(/only ever appended/);
      expect(() => shell(`UPDATE ${table} SET reason = ''`)).toThrow(/only ever appended/);
    }
  });
});

describe('what is forgotten', () => {
  test('leaves no byte of key, salt or data in any file; others are as before', () => {
    const commitments = Array.from({ length: 60 }, (_, n) => kept(`c-${n}`, `p-${n}`));
    const gone = commitments.slice(3).map((_, n) => `p-${n + 3}`);
    const sealed = gone.flatMap(sealedOf);
    expect(sealed).toHaveLength(3 * 57);
    expect(filesThatTell(directory, sealed)).toContain('vault.sqlite');
    for (const payeeId of gone) expect(forget(payeeId)).toMatchObject({ kind: 'forgotten' });
    expect(filesThatTell(directory, sealed)).toEqual([]);
    commitments.forEach((commitment, n) => {
      const kind = gone.includes(`p-${n}`) ? 'forgotten' : 'revealed';
      expect(reveal(commitment, `p-${n}`)).toMatchObject({ kind });
    });
  });

  test('leaves nothing in the journal either, whatever was written just before', () => {
    kept('c-1');
    const sealed = sealedOf('p-1');
    kept('c-2', 'p-2', LI);
    expect(filesThatTell(directory, sealed)).toContain('vault.sqlite-journal');
    forget();
    expect(filesThatTell(directory, sealed)).toEqual([]);
  });

  test('takes all versions of a person with it', () => {
    kept('c-1');
    const changed = kept('c-2', 'p-1', LI);
    const sealed = sealedOf('p-1');
    forget();
    expect(reveal(changed)).toMatchObject({ kind: 'forgotten' });
    expect(filesThatTell(directory, sealed)).toEqual([]);
  });

  test('stays forgotten, with the first reason, and is not kept again', () => {
    kept('c-1');
    forget();
    expect(forget('p-1', '再次')).toMatchObject({
      kind: 'forgotten-before',
      tombstone: { by: 'admin-1 (农业局)', reason: '本人申请' },
    });
    expect(keep('c-1')).toMatchObject({ kind: 'forgotten' });
    expect(keep('c-9')).toMatchObject({ kind: 'forgotten' });
  });

  test('can be forgotten without the key, which is lost', () => {
    kept('c-1');
    const sealed = sealedOf('p-1');
    rmSync(join(directory, 'vault.key'));
    expect(forget()).toMatchObject({ kind: 'forgotten' });
    expect(filesThatTell(directory, sealed)).toEqual([]);
  });

  test('does not live on in a reason: such a reason is refused', () => {
    const commitment = kept('c-1');
    expect(reveal(commitment, 'p-1', `查 ${ZHANG.name}`)).toEqual({ kind: 'reason-discloses' });
    expect(forget('p-1', `应 ${ZHANG.phone} 机主要求`)).toEqual({ kind: 'reason-discloses' });
    expect(reveal(commitment)).toMatchObject({ kind: 'revealed' });
    expect(looksAt(directory)).toHaveLength(1);
  });

  test('is finished by asking again where it was cut short after the commit', () => {
    kept('c-1');
    const sealed = sealedOf('p-1');
    kept('c-2', 'p-2', LI);
    copyFileSync(`${file()}-journal`, join(directory, 'then'));
    forget();
    // As if the journal had not been overwritten yet: its header gone, its pages there.
    copyFileSync(join(directory, 'then'), `${file()}-journal`);
    chmodSync(`${file()}-journal`, 0o600);
    rmSync(join(directory, 'then'));
    expect(filesThatTell(directory, sealed)).toEqual(['vault.sqlite-journal']);
    expect(forget()).toMatchObject({ kind: 'forgotten-before' });
    expect(filesThatTell(directory, sealed)).toEqual([]);
  });
});
