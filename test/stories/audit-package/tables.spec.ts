import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { eventLine } from '#event-codec/event-line';
import { appendLeaf, NO_LEAVES, rootAt, rootOf } from '#integrity/tree';
import { allocations } from '#projections/allocation-register/query';
import { villageBalances } from '#projections/village-balance/query';
import type { WrittenPackage } from '#exports/audit-package/write-package';
import { countyLedger, demoLedger, type OpenedLedger } from '../../unit/history/ledgers.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { csvRows, csvSum, inDatabase, pack } from './given.ts';

const SUMS = [
  'allocated',
  'unarrived',
  'arrived',
  'released',
  'treasury',
  'unit',
  'paid',
  'returned',
];

describe.each([
  ['the demo', 2024, demoLedger],
  ['a generated county', 2022, () => countyLedger(60, 9)],
])('the package of %s', (_name, year, open) => {
  const { directory, remove } = temporaryDirectory();
  const packed = join(directory, 'package');
  let opened: OpenedLedger;
  let written: WrittenPackage;
  beforeAll(async () => {
    opened = await open();
    written = await pack(opened.ledger, packed);
  });
  afterAll(async () => {
    await opened.close();
    remove();
  });

  test('holds the line of every event, and leaves that make the root of the tree', async () => {
    const lines: string[] = [];
    for await (const event of opened.ledger.log.readAll()) lines.push(eventLine(event));
    const bundle = readFileSync(join(packed, 'bundle.ndjson'), 'utf8').split('\n');
    expect(bundle.slice(1, lines.length + 1)).toEqual(lines);
    const leaves = readFileSync(join(packed, 'leaves.bin'));
    let frontier = NO_LEAVES;
    for (let at = 0; at < leaves.length; at += 32) {
      ({ frontier } = appendLeaf(frontier, leaves.subarray(at, at + 32).toString('hex')));
    }
    expect(frontier.size).toBe(lines.length);
    expect([rootOf(frontier), written.root]).toEqual([
      rootAt(lines.length, opened.ledger.tree),
      rootAt(lines.length, opened.ledger.tree),
    ]);
  });

  test('sums up to what the ledger shows: by place, by allocation and by posting', () => {
    const { db } = opened.ledger.views;
    const { totals, places } = villageBalances(db);
    const register = allocations(db, { limit: 1_000_000 }).lines;
    for (const name of SUMS) {
      const column = `${name}Fen` as keyof typeof totals;
      const fen = register.reduce((sum, line) => sum + line[column], 0);
      expect([name, csvSum(packed, 'balances', column)]).toEqual([name, totals[column]]);
      expect([name, csvSum(packed, 'allocations', column)]).toEqual([name, fen]);
    }
    expect(
      csvRows(packed, 'balances').map(({ placeId, paidFen }) => [placeId, Number(paidFen)]),
    ).toEqual(expect.arrayContaining(places.map(({ placeId, paidFen }) => [placeId, paidFen])));
    const into = (account: string) =>
      csvRows(packed, 'postings').reduce(
        (sum, { fromAccount, toAccount, amountFen }) =>
          sum +
          Number(amountFen) * (Number(toAccount === account) - Number(fromAccount === account)),
        0,
      );
    expect([into('paid'), -into('source')]).toEqual([totals.paidFen, totals.allocatedFen]);
    expect(written.totals).toMatchObject({
      allocatedFen: totals.allocatedFen,
      paidFen: totals.paidFen,
    });
  });

  test('gives the money of a merged village to its successor, posting by posting', () => {
    const balances = new Map(csvRows(packed, 'balances').map((row) => [row['placeId'], row]));
    const paid = new Map<string, number>();
    for (const { heldByPlaceId = '', fromAccount, toAccount, amountFen } of csvRows(
      packed,
      'postings',
    )) {
      const sign = Number(toAccount === 'paid') - Number(fromAccount === 'paid');
      paid.set(heldByPlaceId, (paid.get(heldByPlaceId) ?? 0) + sign * Number(amountFen));
    }
    for (const [placeId, fen] of paid) {
      expect([placeId, Number(balances.get(placeId)?.['paidFen'])]).toEqual([placeId, fen]);
    }
  });

  test('has the same rows in its database as in its tables', () => {
    for (const [table, rows] of Object.entries(written.rows)) {
      const cells = csvRows(packed, table);
      expect([table, cells.length]).toEqual([table, rows]);
      const db = new DatabaseSync(join(packed, 'audit.sqlite'), { readOnly: true });
      const stored = db.prepare(`SELECT * FROM ${table}`).all();
      db.close();
      expect(stored.map((row) => Object.values(row).map((cell) => String(cell ?? '')))).toEqual(
        cells.map((row) => Object.values(row).map((cell) => cell.replace(/^'(?=[=+@-])/, ''))),
      );
    }
  });

  test('explains every column of every table, in both languages', () => {
    for (const table of Object.keys(written.rows)) {
      const columns = Object.keys(csvRows(packed, table)[0] ?? {});
      for (const column of columns) {
        const entry = inDatabase(packed, (first) =>
          first(
            `SELECT zh, en FROM dictionary WHERE tableName = '${table}' AND columnName = '${column}'`,
          ),
        );
        expect([table, column, entry]).toEqual([table, column, expect.anything()]);
      }
    }
  });

  test('of one year has all events in its bundle, and that year in its tables', async () => {
    const ofYear = join(directory, 'of-one-year');
    const narrowed = await pack(opened.ledger, ofYear, { year });
    expect(narrowed.root).toBe(written.root);
    const bundleIn = (package_: string) => readFileSync(join(package_, 'bundle.ndjson'));
    // Jest compares buffers byte by byte, which takes ten seconds here.
    expect(bundleIn(ofYear).equals(bundleIn(packed))).toBe(true);
    const happened = csvRows(packed, 'events').filter(({ occurredOn }) =>
      occurredOn?.startsWith(`${year}`),
    );
    expect(csvRows(ofYear, 'events')).toEqual(happened);
    expect(happened.length).toBeGreaterThan(0);
    const lines = allocations(opened.ledger.views.db, { fiscalYear: year, limit: 1_000_000 }).lines;
    const paidFen = lines.reduce((sum, line) => sum + line.paidFen, 0);
    expect(csvSum(ofYear, 'allocations', 'paidFen')).toBe(paidFen);
    expect(csvSum(ofYear, 'balances', 'paidFen')).toBe(paidFen);
    expect(readFileSync(join(ofYear, 'cover.txt'), 'utf8')).toContain(
      `years in the tables: ${year}`,
    );
  });

  test('is the same, byte for byte, but for covers that were made at another time', async () => {
    const later = join(directory, 'later');
    const again = await pack(opened.ledger, later, { now: '2025-03-01T00:00:00.000Z' });
    expect(again.files).toEqual(written.files);
    for (const cover of ['cover.txt', 'cover.html']) {
      const said = readFileSync(join(later, cover), 'utf8');
      expect(said.replace('2025-03-01 08:00:00', '2025-01-15 10:00:00')).toBe(
        readFileSync(join(packed, cover), 'utf8'),
      );
    }
  });

  test('says on its cover what it holds and which tree was signed', () => {
    const cover = readFileSync(join(packed, 'cover.html'), 'utf8');
    expect(cover).toContain(written.root);
    for (const { name, sha256 } of written.files) {
      expect(cover).toContain(name);
      expect(cover).toContain(sha256);
    }
  });

  test('is verified by its own verifier', () => {
    const command = [
      'verify.mjs',
      'bundle.ndjson',
      '--key',
      'ledger.vkey',
      '--leaves',
      'leaves.bin',
    ];
    const { status, stdout } = spawnSync(process.execPath, command, {
      cwd: packed,
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, expect.stringMatching(/unaltered/)]);
  });
});
