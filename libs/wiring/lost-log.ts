import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnusable } from '#event-store/store-unusable';
import { integrityDirectory } from '#transparency-log/keys/log-keys';

export const VIEWS_FILE = 'views.sqlite';

/**
 * Throws when the log of a directory is gone and what it leaves behind shows that there was one: a
 * log that was lost is restored, and never begun anew in silence.
 */
export const requireNoLostLog = (directory: string): void => {
  if (ledgerExists(directory)) return;
  const left = [join(directory, VIEWS_FILE)].filter(haveSeenEvents);
  const checkpoints = join(integrityDirectory(directory), 'checkpoints');
  if (existsSync(checkpoints) && readdirSync(checkpoints).length > 0) left.push(checkpoints);
  if (left.length > 0) throw lost(directory, left);
};

/** Whether there is a ledger in a directory; a file of no bytes holds none. */
export const ledgerExists = (directory: string): boolean => {
  const file = join(directory, 'events.sqlite');
  return existsSync(file) && statSync(file).size > 0;
};

/** Views remember how far they were folded. */
const haveSeenEvents = (views: string): boolean => {
  if (!existsSync(views)) return false;
  try {
    const db = new DatabaseSync(views, { readOnly: true });
    try {
      return db.prepare('SELECT 1 FROM view_generation WHERE position > 0').get() !== undefined;
    } finally {
      db.close();
    }
  } catch {
    // What cannot be read was not of a ledger, or tells nothing any more.
    return false;
  }
};

const lost = (directory: string, left: readonly string[]): StoreUnusable =>
  new StoreUnusable(
    'damaged-file',
    `${directory} held a ledger (${left.join(', ')} shows it), and its events.sqlite is missing or empty. Nothing was begun; restore the newest backup, or choose another directory for a new ledger.`,
    `${directory} 里曾有台账(见 ${left.join('、')}),而 events.sqlite 不见了或是空的。没有另立新账;请恢复最近的备份,要建新台账请换一个目录。`,
  );
