import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { openSqliteStore } from '#event-store-sqlite/open';

const CHILD = new URL('./append-child.ts', import.meta.url).pathname;

/** What one killed process left behind. */
export interface KillReport {
  readonly acknowledged: number;
  readonly recorded: number;
}

/**
 * Starts a process that appends, kills it with -9 after it has acknowledged a number of events,
 * opens the log again and compares: every acknowledged event is there once, at its position, and
 * there is no gap. Throws with a sentence when anything is wrong.
 */
export const killWhileAppending = async (
  directory: string,
  afterAcknowledged: number,
): Promise<KillReport> => {
  const acknowledged = await appendUntilKilled(directory, afterAcknowledged);
  const store = openSqliteStore({ directory });
  const positions = new Map<string, bigint>();
  const revisions = new Map<string, bigint>();
  let expected = 0n;
  try {
    for await (const { id, position, stream, revision } of store.readAll()) {
      expected += 1n;
      if (position !== expected) throw new Error(`Position ${expected} is missing.`);
      if (revision !== (revisions.get(stream) ?? -1n) + 1n) throw new Error(`A gap in ${stream}.`);
      if (positions.has(id)) throw new Error(`Event ${id} is there twice.`);
      revisions.set(stream, revision);
      positions.set(id, position);
    }
  } finally {
    await store.close();
  }
  for (const [id, position] of acknowledged) {
    if (positions.get(id) !== position) throw new Error(`Acknowledged event ${id} is lost.`);
  }
  checkFile(directory);
  return { acknowledged: acknowledged.size, recorded: positions.size };
};

const appendUntilKilled = async (
  directory: string,
  afterAcknowledged: number,
): Promise<ReadonlyMap<string, bigint>> => {
  const child = spawn(process.execPath, ['--conditions=source', CHILD, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  let killed = false;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (killed || text.length < afterAcknowledged * 38) return;
    killed = child.kill('SIGKILL');
  });
  await once(child, 'close');
  const whole = text.slice(0, text.lastIndexOf('\n')).split('\n');
  return new Map(
    whole.flatMap((line) => {
      const [id, position] = line.split(' ');
      return id === undefined || position === undefined ? [] : [[id, BigInt(position)] as const];
    }),
  );
};

const checkFile = (directory: string): void => {
  const db = new DatabaseSync(join(directory, 'events.sqlite'), { readOnly: true });
  const verdict = db.prepare('PRAGMA quick_check').get()?.['quick_check'];
  db.close();
  if (verdict !== 'ok') throw new Error(`The file is damaged: ${String(verdict)}.`);
};
