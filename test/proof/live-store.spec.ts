import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { generateInto } from '#importers/synthetic/generate-into';
import { leafOfLine } from '#event-store/event-line';
import { parsePolicy } from '#integrity/policy';
import { checkTlogProof, parseTlogProof } from '#integrity/tlog-proof';
import { publishCheckpoint, readLogIdentity } from '#wiring/checkpoints/checkpoints';
import { drill } from '#wiring/checkpoints/drill';
import { addLogKey } from '#wiring/checkpoints/log-keys';
import { proveEvent } from '#wiring/checkpoints/prove-event';
import { verifyLog } from '#wiring/checkpoints/verify-log';
import { systemClock } from '#wiring/clock';
import { openLedger, openLedgerReader } from '#wiring/ledger';
import { temporaryDirectory } from '../support/temporary-directory.ts';

describe('a ledger that is signed', () => {
  let directory: string;
  let remove: () => void;
  beforeEach(async () => {
    ({ directory, remove } = temporaryDirectory());
    await grow(2);
  });
  afterEach(() => remove());

  /** Another village or two, then a checkpoint over everything. */
  const grow = async (villages: number): Promise<number> => {
    const ledger = await openLedger({ directory, following: false });
    await generateInto(ledger.store, { villages, years: 1, seed: 3 });
    const { size } = await publishCheckpoint(ledger, systemClock);
    await ledger.close();
    return size;
  };
  const verify = async (since?: string) => {
    const reader = openLedgerReader(directory);
    const verification = await verifyLog(reader, readLogIdentity(directory), since);
    await reader.close();
    return verification;
  };
  const kinds = async (since?: string) => [
    ...new Set((await verify(since)).faults.map(({ kind }) => kind)),
  ];
  const newest = () => readLogIdentity(directory)?.checkpoints.at(-1)?.note ?? '';
  /** What somebody does who has the file and a SQLite shell. */
  const tamper = (sql: string): void => {
    const db = new DatabaseSync(join(directory, 'events.sqlite'));
    for (const table of ['event', 'subtree']) {
      db.exec(`DROP TRIGGER ${table}_refuses_update; DROP TRIGGER ${table}_refuses_delete`);
    }
    db.exec(sql);
    db.close();
  };

  test('is found as it was signed', async () => {
    const { faults, events, signedThrough } = await verify(newest());
    expect(faults).toEqual([]);
    expect(signedThrough).toBe(events);
  });

  test('is signed by both keys while keys change', async () => {
    const { origin, vkeys } = readLogIdentity(directory) ?? { origin: '', vkeys: [] };
    addLogKey(directory, origin);
    const ledger = await openLedger({ directory });
    const author = { id: 'c', organisation: 'o', role: 'administrator' as const };
    await ledger.execute(
      {
        type: 'RegisterPlace',
        data: { placeId: 'x', level: 'county', name: '另县', validFrom: '2024-01-01' },
      },
      {
        commandId: '00000000-0000-4000-8000-000000000001',
        actor: author,
        occurredOn: '2024-01-01',
      },
    );
    const { note } = await publishCheckpoint(ledger, systemClock);
    await ledger.close();
    expect(note.match(/^— /gm)).toHaveLength(2);
    expect(readLogIdentity(directory)?.vkeys.slice(0, 1)).toEqual(vkeys);
    expect(await kinds()).toEqual([]);
  });

  test.each([
    [
      'an amount edited',
      'UPDATE event SET data = replace(data, \'"amountFen":\', \'"amountFen":1\')',
      'event-altered',
    ],
    [
      'who did it edited',
      "UPDATE event SET meta = replace(meta, 'clerk', 'auditor')",
      'event-altered',
    ],
    [
      'a stored leaf edited',
      'UPDATE event SET leaf = zeroblob(32) WHERE position = 7',
      'event-altered',
    ],
    ['an event made unreadable', "UPDATE event SET data = '{' WHERE position = 9", 'unreadable'],
    ['the last events deleted', 'DELETE FROM event WHERE position > 10', 'cut-short'],
  ])('is found to be altered: %s', async (_, sql, kind) => {
    tamper(sql);
    expect(await kinds()).toContain(kind);
  });

  test('is found to be altered though its leaves were made to fit', async () => {
    tamper(`UPDATE event SET data = replace(data, '"amountFen":', '"amountFen":1')`);
    const reader = openLedgerReader(directory);
    const fits: string[] = [];
    const { faults } = await verifyLog(reader, undefined);
    for (const fault of faults) {
      if (fault.kind !== 'event-altered') continue;
      const proof = await proveEvent(
        reader,
        readLogIdentity(directory) ?? { origin: '', vkeys: [], checkpoints: [] },
        `${fault.event.position}`,
      );
      if (proof.kind !== 'proved') throw new Error(proof.kind);
      fits.push(
        `UPDATE event SET leaf = unhex('${leafOfLine(proof.line)}') WHERE position = ${fault.event.position}`,
      );
    }
    await reader.close();
    const db = new DatabaseSync(join(directory, 'events.sqlite'));
    db.exec(fits.join(';'));
    db.close();
    expect(fits.length).toBeGreaterThan(0);
    expect(await kinds()).toEqual(['root-differs']);
  });

  test('that was rewritten and signed again is found by whoever kept an older checkpoint', async () => {
    const kept = newest();
    // A thief with the key begins anew, with less.
    rmSync(directory, { recursive: true });
    const ledger = await openLedger({ directory, following: false });
    await generateInto(ledger.store, { villages: 2, years: 1, seed: 4 });
    await publishCheckpoint(ledger, systemClock);
    await ledger.close();
    expect(await kinds()).toEqual([]);
    expect(['forked', 'cut-short']).toContain((await kinds(kept))[0]);
  });

  test('is not signed again after an older backup was restored', async () => {
    const backup = `${directory}-backup`;
    cpSync(directory, backup, { recursive: true });
    const ledger = await openLedger({ directory });
    await ledger.execute(
      {
        type: 'RegisterPlace',
        data: { placeId: 'y', level: 'county', name: '又县', validFrom: '2024-01-01' },
      },
      {
        commandId: '00000000-0000-4000-8000-000000000002',
        actor: { id: 'c', organisation: 'o', role: 'administrator' },
        occurredOn: '2024-01-01',
      },
    );
    await publishCheckpoint(ledger, systemClock);
    await ledger.close();
    for (const suffix of ['', '-wal', '-shm']) {
      rmSync(join(directory, `events.sqlite${suffix}`), { force: true });
    }
    cpSync(join(backup, 'events.sqlite'), join(directory, 'events.sqlite'));
    rmSync(backup, { recursive: true });
    const restored = await openLedger({ directory });
    await expect(publishCheckpoint(restored, systemClock)).rejects.toMatchObject({
      fault: 'signing-refused',
    });
    await restored.close();
    expect(await kinds()).toEqual(['cut-short']);
  });

  test('proves every event to somebody who has the key alone', async () => {
    const reader = openLedgerReader(directory);
    const identity = readLogIdentity(directory);
    if (identity === undefined) throw new Error('It was signed.');
    const policy = parsePolicy(`log ${identity.vkeys[0]}\nquorum none\n`);
    const { events } = await verify();
    for (let position = 1; position <= events; position++) {
      const proved = await proveEvent(reader, identity, `${position}`);
      if (proved.kind !== 'proved') throw new Error(proved.kind);
      const proof = parseTlogProof(proved.proof);
      expect(checkTlogProof(leafOfLine(proved.line), proof, policy).kind).toBe('accepted');
      expect(checkTlogProof(leafOfLine(`${proved.line} `), proof, policy).kind).toBe(
        'not-included',
      );
    }
    await reader.close();
  });

  test('shows in a drill how a changed amount is found', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (choice) => {
        const done = await drill(directory, (among) => choice % among);
        const [first] = done?.faults ?? [];
        if (first?.kind !== 'event-altered') throw new Error('It was not found.');
        expect(Number(first.event.position)).toBe(done?.position);
      }),
      { numRuns: 10 },
    );
    expect(await kinds()).toEqual([]);
  });

  test('is found to be altered wherever a byte of its events was flipped', async () => {
    const db = new DatabaseSync(join(directory, 'events.sqlite'));
    const events = Number(db.prepare('SELECT count(*) AS n FROM event').get()?.['n']);
    db.exec('DROP TRIGGER event_refuses_update');
    const read = db.prepare('SELECT data FROM event WHERE position = ?');
    const write = db.prepare('UPDATE event SET data = ? WHERE position = ?');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 0, max: 6 }),
        async (at, byte, bit) => {
          const position = 1 + (at % events);
          const text = String(read.get(position)?.['data']);
          const bytes = Buffer.from(text);
          const place = byte % bytes.length;
          bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
          write.run(bytes.toString('latin1'), position);
          const found = await verify().then(
            ({ faults }) => faults.length > 0,
            // What is no JSON any more cannot even be read.
            (error: unknown) => error instanceof SyntaxError,
          );
          write.run(text, position);
          // White space and spelling are not part of an event: the same event is no change.
          if (!found) expect(JSON.parse(bytes.toString('latin1'))).toEqual(JSON.parse(text));
        },
      ),
      { numRuns: Number(process.env['MZ_FLIPS'] ?? 150) },
    );
    db.close();
  });
});
