import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnusable } from '#event-store/store-unusable';
import { namesOf } from './hot-column-names-in.ts';
import { APPLICATION_ID, createSchema, SCHEMA_VERSION } from './schema.ts';

/** Up to this size the whole file is checked at every start; beyond it only where it is read. */
const CHECKED_WHOLE_BYTES = 256 * 1024 * 1024;

/** Opens the file for its one writer, and makes it when it is missing. Acknowledged means fsynced. */
export const openForWriting = (file: string, hotColumnNames: readonly string[]): DatabaseSync => {
  const isNew = !existsSync(file) || statSync(file).size === 0;
  return guarded(file, () => {
    const db = new DatabaseSync(file);
    return closingOnError(db, () => {
      if (isNew) db.exec('PRAGMA page_size = 16384');
      else checkWritable(db, file, hotColumnNames);
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF');
      if (isNew) db.exec(`BEGIN; ${createSchema(hotColumnNames)} COMMIT`);
    });
  });
};

/** Opens the file for reading beside a writer, in this process or another. */
export const openForReading = (file: string, hotColumnNames: readonly string[]): DatabaseSync =>
  guarded(file, () => {
    const db = new DatabaseSync(file, { readOnly: true });
    return closingOnError(db, () => checkIdentity(db, file, hotColumnNames));
  });

/** Older files are read as they are, and moved before they are written to. */
const checkWritable = (db: DatabaseSync, file: string, hotColumnNames: readonly string[]): void => {
  checkFile(db, file, hotColumnNames);
  if (integerOf(db, 'user_version') === SCHEMA_VERSION) return;
  const directory = dirname(file);
  throw new StoreUnusable(
    'older-file',
    `${file} was written by an earlier release, without the hashes that proofs need. Move it once: mz migrate --from copy:${directory} --to sqlite:NEW_DIRECTORY`,
    `${file} 由较早的版本写成,没有审计证明所需的哈希。请搬迁一次:mz migrate --from copy:${directory} --to sqlite:新目录`,
  );
};

const checkFile = (db: DatabaseSync, file: string, hotColumnNames: readonly string[]): void => {
  checkIdentity(db, file, hotColumnNames);
  if (statSync(file).size > CHECKED_WHOLE_BYTES) return;
  const [fault] = db.prepare('PRAGMA quick_check(1)').all();
  const verdict = fault?.['quick_check'];
  if (verdict !== 'ok') throw damaged(file, verdict);
};

const checkIdentity = (db: DatabaseSync, file: string, hotColumnNames: readonly string[]): void => {
  if (integerOf(db, 'application_id') !== APPLICATION_ID) throw foreign(file);
  const version = integerOf(db, 'user_version');
  if (version > SCHEMA_VERSION) {
    throw new StoreUnusable(
      'newer-file',
      `${file} was written by a later release (format ${version}, this one knows ${SCHEMA_VERSION}). Install that release.`,
      `${file} 由更新的版本写成(格式 ${version},本版本只认到 ${SCHEMA_VERSION}),请安装新版本。`,
    );
  }
  const found = namesOf(db);
  if (found.join() !== hotColumnNames.join()) {
    throw new StoreUnusable(
      'facets-differ',
      `${file} has the hot columns [${found.join()}], not [${hotColumnNames.join()}].`,
      `${file} 的列 [${found.join()}] 与本程序所需的 [${hotColumnNames.join()}] 不同。`,
    );
  }
};

const integerOf = (db: DatabaseSync, pragma: string): number =>
  Number(db.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);

const closingOnError = (db: DatabaseSync, prepare: () => void): DatabaseSync => {
  try {
    prepare();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/** SQLite's own words for a file it cannot read become a sentence that says what to do. */
const guarded = <Result>(file: string, open: () => Result): Result => {
  try {
    return open();
  } catch (error) {
    if (error instanceof StoreUnusable) throw error;
    const words = String(error);
    if (/not a database/.test(words)) throw foreign(file, error);
    if (/malformed|corrupt|disk I\/O/.test(words)) throw damaged(file, error);
    throw error;
  }
};

const foreign = (file: string, cause?: unknown): StoreUnusable =>
  new StoreUnusable(
    'foreign-file',
    `${file} is not a ledger of Mingzhang. It was left as it is; choose another data directory.`,
    `${file} 不是明账的台账文件,未作任何改动;请换一个数据目录。`,
    cause,
  );

const damaged = (file: string, cause: unknown): StoreUnusable =>
  new StoreUnusable(
    'damaged-file',
    `${file} is damaged. It was left as it is; restore the newest backup beside it and compare.`,
    `${file} 已损坏,未作任何改动;请取最近的备份恢复并比对。`,
    cause,
  );
