import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import type { WrittenPackage } from '#exports/audit-package/write-package';
import { StoreUnusable, type StoreFault } from '#event-store/store-unusable';
import type { Instant } from '#ledger/calendar';
import type { LogIdentity } from '#transparency-log/checkpoints/checkpoint-files';

/** What an audit package is made of, as it travels to the process that writes it. */
export interface AuditExport {
  /** Data directory of the ledger, which may be open for writing meanwhile. */
  readonly ledger: string;
  readonly identity: LogIdentity;
  /** Made; must not exist, or be empty. */
  readonly directory: string;
  /** Narrows the tables, never the bundle. */
  readonly year?: number;
  /** Printed on the covers and nowhere else. */
  readonly now: Instant;
}

/** What that process says: how far it is, and in the end one of the others. */
export type AuditExportMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'written'; readonly written: WrittenPackage }
  | {
      readonly kind: 'unusable';
      readonly fault: StoreFault;
      readonly en: string;
      readonly zh: string;
    }
  | { readonly kind: 'failed'; readonly stack: string };

/**
 * Writes an audit package in a process of its own, whose memory is limited: left alone, V8 grows by
 * several hundred megabytes of garbage while the machine has room, and its limits hold for a whole
 * process. `events` is the length of the log. Throws what `writeAuditPackage` throws. The process
 * ends with this one, however it ends.
 */
export const exportAudit = async (
  request: AuditExport,
  events: number,
  onProgress: (done: number, of: number) => void,
): Promise<WrittenPackage> => {
  const child = fork(new URL(`./export-audit-child${EXTENSION}`, import.meta.url), {
    execArgv: [
      ...(EXTENSION === '.ts' ? FROM_SOURCE : []),
      `--max-old-space-size=${oldSpaceMb(events)}`,
      `--max-semi-space-size=${SEMI_SPACE_MB}`,
    ],
  });
  let last: Exclude<AuditExportMessage, { readonly kind: 'progress' }> | undefined;
  child.on('message', (message: AuditExportMessage) => {
    if (message.kind === 'progress') onProgress(message.done, message.of);
    else last = message;
  });
  child.send(request);
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  switch (last?.kind) {
    case 'written':
      return last.written;
    case 'unusable':
      throw new StoreUnusable(last.fault, last.en, last.zh);
    case 'failed':
      throw new Error(`The audit package could not be written: ${last.stack}`);
    case undefined:
      throw new Error(`The process that writes the audit package ended (${signal ?? code}).`);
  }
};

/** This program runs from source (.ts) or built (.js); so does its child. */
const EXTENSION = extname(new URL(import.meta.url).pathname);
const FROM_SOURCE = ['--conditions=source', '--disable-warning=ExperimentalWarning'];

/** New objects have this much room, three times; more of it is garbage for longer. */
const SEMI_SPACE_MB = 4;

/** A million events need about 190 MB: rows that wait for their commit, places, payees and accounts. */
const oldSpaceMb = (events: number): number => Math.ceil(128 + 160 * (events / 1_000_000));
