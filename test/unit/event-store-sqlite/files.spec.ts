import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '#event-store-sqlite/open';
import type { NewEvent } from '#event-store/port';
import { generateInto } from '#importers/synthetic/generate-into';
import { VIEWS } from '#projections/registry';
import { publishCheckpoint } from '#transparency-log/sign/publish-checkpoint';
import { systemClock } from '#application/commands/clock';
import { openLedger, openLedgerReader, VIEWS_FILE } from '#wiring/ledger';
import { newEvent } from '../../contract/event-store-contract.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

describe('the file of the log', () => {
  let directory: string;
  let remove: () => void;
  beforeEach(() => {
    ({ directory, remove } = temporaryDirectory());
  });
  afterEach(() => remove());
  const file = () => join(directory, 'events.sqlite');

  const withEvents = async (count: number) => {
    const store = openSqliteStore({ directory });
    const events = Array.from({ length: count }, (_, n): NewEvent => newEvent(n));
    await store.append('s', 'no_stream', events);
    await store.close();
  };

  test('is refused, and left as it is, when it is no database', () => {
    writeFileSync(file(), 'not a database at all, but text that somebody saved here');
    expect(() => openSqliteStore({ directory })).toThrow(/is not a ledger of Mingzhang/);
    expect(readFileSync(file(), 'utf8')).toMatch(/somebody saved here$/);
  });

  test('is refused when it is a database of something else', () => {
    const db = new DatabaseSync(file());
    db.exec('CREATE TABLE recipe (name TEXT)');
    db.close();
    expect(() => openSqliteStore({ directory })).toThrow(/is not a ledger of Mingzhang/);
  });

  test('is refused when a later release wrote it', async () => {
    await withEvents(1);
    const db = new DatabaseSync(file());
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(() => openSqliteStore({ directory })).toThrow(/was written by a later release/);
  });

  test('is refused when pages in its middle were overwritten', async () => {
    await withEvents(2_000);
    const handle = openSync(file(), 'r+');
    writeSync(handle, Buffer.alloc(32_768, 0xff), 0, 32_768, 65_536);
    closeSync(handle);
    expect(() => openSqliteStore({ directory })).toThrow(/is damaged/);
  });

  test('is refused when its end is missing', async () => {
    await withEvents(2_000);
    truncateSync(file(), statSync(file()).size - 65_536);
    expect(() => openSqliteStore({ directory })).toThrow(/is damaged/);
  });

  test('is refused to a second writer, who is told who has it', async () => {
    const store = openSqliteStore({ directory });
    expect(() => openSqliteStore({ directory })).toThrow(
      new RegExp(`being written by another process \\(pid ${process.pid}\\)`),
    );
    await store.close();
    await openSqliteStore({ directory }).close();
  });

  test('can be read, and followed, beside its writer', async () => {
    const writer = openSqliteStore({ directory });
    await writer.append('s', 'no_stream', [newEvent(1)]);
    const reader = openSqliteStore({ directory, readOnly: true });
    const seen: unknown[] = [];
    const both = new Promise<void>((resolve) => {
      reader.subscribeAll().subscribe((message) => {
        if (message.kind === 'event') seen.push(message.event.data['number']);
        if (seen.length === 2) resolve();
      });
    });
    await writer.append('s', 0n, [newEvent(2)]);
    await both;
    expect(seen).toEqual([1, 2]);
    expect(await reader.append('s', 1n, [newEvent(3)])).toMatchObject({ kind: 'access-denied' });
    await reader.close();
    await writer.close();
  });

  test('refuses every change of what is recorded, whoever asks', async () => {
    await withEvents(2);
    const db = new DatabaseSync(file());
    for (const change of [
      "UPDATE event SET data = '{}'",
      'DELETE FROM event',
      'DELETE FROM stream',
    ]) {
      expect(() => db.exec(change)).toThrow(/only ever appended to/);
    }
    db.close();
  });

  test('when the disk is full nothing is acknowledged, and nothing is half-written', async () => {
    const store = openSqliteStore({ directory, maxPages: 40 });
    const big = () => newEvent(0, { text: '满'.repeat(50_000) });
    const outcomes = [];
    for (let n = 0; n < 20; n++) outcomes.push(await store.append(`s-${n}`, 'no_stream', [big()]));
    const appended = outcomes.filter(({ kind }) => kind === 'appended').length;
    expect(outcomes.at(-1)).toMatchObject({ kind: 'unavailable' });
    await store.close();
    const again = openSqliteStore({ directory });
    const positions = [];
    for await (const { position } of again.readAll()) positions.push(position);
    expect(positions).toEqual(Array.from({ length: appended }, (_, n) => BigInt(n + 1)));
    await again.close();
  });

  test('views that cannot be read are made anew from the log', async () => {
    await (await openLedger({ directory })).close();
    writeFileSync(
      join(directory, 'views.sqlite'),
      'no views at all, only some text instead of them',
    );
    const ledger = await openLedger({ directory });
    expect(ledger.views.status()).toHaveLength(VIEWS.length);
    await ledger.close();
  });
});

describe('a log that is gone', () => {
  const { directory, remove } = temporaryDirectory();
  afterAll(remove);
  const file = join(directory, 'events.sqlite');
  const opened = async () => (await openLedger({ directory })).close();

  test('is not begun anew while anything tells of it', async () => {
    const ledger = await openLedger({ directory });
    await generateInto(ledger.store, { villages: 2, years: 1, seed: 1 });
    await ledger.views.catchUp();
    await publishCheckpoint(ledger, systemClock);
    await ledger.close();

    writeFileSync(file, '');
    await expect(opened()).rejects.toThrow(/held a ledger .+ restore the newest backup/);
    expect(statSync(file).size).toBe(0);
    rmSync(file);
    await expect(opened()).rejects.toMatchObject({ fault: 'damaged-file' });
    expect(() => openLedgerReader(directory)).toThrow(/held a ledger/);
    rmSync(join(directory, VIEWS_FILE));
    await expect(opened()).rejects.toThrow(/checkpoints shows it/);
    expect(existsSync(file)).toBe(false);
    rmSync(join(directory, 'integrity'), { recursive: true });
    await opened();
    expect(existsSync(file)).toBe(true);
  });
});
