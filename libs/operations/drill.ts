import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { backUp } from './backup.ts';
import { openLedgerReader, type LedgerReader } from '#wiring/ledger';
import { readLogIdentity } from '#transparency-log/checkpoints/checkpoint-files';
import { integrityDirectory } from '#transparency-log/keys/log-keys';
import type { VerificationFault } from '#transparency-log/verify/verification-fault';
import { verifyLog } from '#transparency-log/verify/verify-log';

/** What a drill did to a copy, and what was found. */
export interface Drill {
  readonly position: number;
  readonly before: string;
  readonly after: string;
  readonly faults: readonly VerificationFault[];
}

/**
 * Alters one digit of an amount in a copy of the ledger, as somebody with the file and a SQLite shell
 * could, and verifies the copy. `choose` picks one of so many events that carry an amount. Answers
 * undefined when there is none. The ledger itself is only read.
 */
export const drill = async (
  { directory, keyFiles }: Pick<LedgerReader, 'directory' | 'keyFiles'>,
  choose: (among: number) => number,
): Promise<Drill | undefined> => {
  const workDir = mkdtempSync(join(tmpdir(), 'mingzhang-drill-'));
  const copy = join(workDir, 'copy');
  try {
    await backUp(directory, copy);
    const altered = alterAmount(join(copy, 'events.sqlite'), choose);
    if (altered === undefined) return undefined;
    cpSync(integrityDirectory(directory), integrityDirectory(copy), { recursive: true });
    const reader = openLedgerReader(copy, keyFiles);
    try {
      const { faults } = await verifyLog(reader, readLogIdentity(copy));
      return { ...altered, faults };
    } finally {
      await reader.close();
    }
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
};

/** Put back afterwards, by somebody who knows that its absence would tell. */
const TRIGGER = 'event_refuses_update';

const WITH_AMOUNT = `FROM event WHERE data LIKE '%"amountFen":%'`;

const alterAmount = (
  file: string,
  choose: (among: number) => number,
): Omit<Drill, 'faults'> | undefined => {
  const db = new DatabaseSync(file);
  try {
    const among = Number(db.prepare(`SELECT count(*) AS n ${WITH_AMOUNT}`).get()?.['n']);
    if (among === 0) return undefined;
    const row = db
      .prepare(`SELECT position, data ${WITH_AMOUNT} ORDER BY position LIMIT 1 OFFSET ?`)
      .get(choose(among));
    const position = Number(row?.['position']);
    const before = String(row?.['data']);
    const after = before.replace(/("amountFen":)(\d)/, (_, name: string, digit: string) => {
      return `${name}${digit === '9' ? 1 : Number(digit) + 1}`;
    });
    const trigger = db.prepare(`SELECT sql FROM sqlite_schema WHERE name = '${TRIGGER}'`).get();
    db.exec(`DROP TRIGGER ${TRIGGER}`);
    db.prepare('UPDATE event SET data = ? WHERE position = ?').run(after, position);
    db.exec(String(trigger?.['sql']));
    return { position, before: amountIn(before), after: amountIn(after) };
  } finally {
    db.close();
  }
};

const amountIn = (data: string): string => /"amountFen":(\d+)/.exec(data)?.[1] ?? '';
