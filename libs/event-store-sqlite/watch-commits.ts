import type { DatabaseSync } from 'node:sqlite';
import type { Subject } from 'rxjs';

const EVERY_MS = 50;

/** Notices what another process commits: SQLite changes `data_version` when it does. */
export const watchCommits = (
  db: DatabaseSync,
  commits: Subject<void>,
): { readonly stop: () => void } => {
  const select = db.prepare('PRAGMA data_version');
  const version = () => select.get()?.['data_version'];
  let seen = version();
  const timer = setInterval(() => {
    const now = version();
    if (now !== seen) commits.next();
    seen = now;
  }, EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
};
