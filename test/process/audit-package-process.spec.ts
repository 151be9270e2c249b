import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAuditPackage } from '#exports/audit-package/write-package';
import { StoreUnusable } from '#event-store/store-unusable';
import { exportAudit, type AuditExport } from '#operations/export-audit';
import { demoLedger, type OpenedLedger } from '../unit/history/ledgers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { NOW, signedAt } from '../stories/audit-package/given.ts';

const { directory, remove } = temporaryDirectory();
const at = (name: string): string => join(directory, name);
let opened: OpenedLedger;
let events: number;
beforeAll(async () => {
  opened = await demoLedger();
  events = Number(await opened.ledger.log.head());
});
afterAll(async () => {
  await opened.close();
  remove();
});

const requestTo = (target: string): AuditExport => ({
  ledger: opened.ledger.directory,
  identity: signedAt(opened.ledger, [events]),
  directory: target,
  now: NOW,
});
const filesIn = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((file) => [file.slice(folder.length), readFileSync(file, 'base64')]);

describe('an audit package that a process of its own writes', () => {
  test('is that of this process, to the byte, while the ledger is open here', async () => {
    const { ledger, ...request } = requestTo(at('here'));
    const written = await writeAuditPackage({ ...request, ledger: opened.ledger });
    const progress: number[] = [];
    const there = await exportAudit(
      { ...request, ledger, directory: at('there') },
      events,
      (done) => progress.push(done),
    );
    expect(there).toEqual(written);
    expect(filesIn(at('there'))).toEqual(filesIn(at('here')));
    expect(progress.length).toBeGreaterThan(0);
  });

  test('is refused with the same sentence where the directory is taken', async () => {
    mkdirSync(at('taken'));
    writeFileSync(at('taken/mine'), '');
    const request = requestTo(at('taken'));
    const inThisProcess = await writeAuditPackage({ ...request, ledger: opened.ledger }).catch(
      (error: unknown) => error,
    );
    const inItsOwn = await exportAudit(request, events, () => undefined).catch(
      (error: unknown) => error,
    );
    expect(inItsOwn).toBeInstanceOf(StoreUnusable);
    expect(inItsOwn).toMatchObject({
      ...(inThisProcess as StoreUnusable),
      message: (inThisProcess as StoreUnusable).message,
    });
  });
});
