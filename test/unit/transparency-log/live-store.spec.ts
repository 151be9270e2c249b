import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { generateInto } from '#importers/synthetic/generate-into';
import { leafOfLine } from '#event-codec/event-line';
import { parsePolicy } from '#integrity/policy';
import { checkTlogProof, parseTlogProof } from '#integrity/tlog-proof';
import { readLogIdentity } from '#transparency-log/checkpoints/checkpoint-files';
import { publishCheckpoint } from '#transparency-log/sign/publish-checkpoint';
import { drill } from '#operations/drill';
import { addLogKey } from '#transparency-log/keys/log-keys';
import { proveEvent } from '#transparency-log/prove/prove-event';
import { verifyLog } from '#transparency-log/verify/verify-log';
import { systemClock } from '#application/commands/clock';
import { acceptClock } from '#wiring/accepted-clock';
import { openLedger, openLedgerReader } from '#wiring/ledger';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { fc, times } from '../../support/property.ts';

describe('a ledger that is signed', () => {
  const { directory: signed, remove: removeSigned } = temporaryDirectory();
  beforeAll(async () => {
    const ledger = await openLedger({ directory: signed, following: false });
    await generateInto(ledger.store, { villages: 8, years: 2, seed: 3 });
    acceptClock(signed, systemClock());
    await publishCheckpoint(ledger, systemClock);
    await ledger.close();
  });
  afterAll(removeSigned);

  let directory: string;
  let remove: () => void;
  beforeEach(() => {
    ({ directory, remove } = temporaryDirectory());
    cpSync(signed, directory, { recursive: true });
  });
  afterEach(() => remove());

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
    const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
    db.exec(sql);
    for (const trigger of triggers) db.exec(String(trigger['sql']));
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
      'leaf-altered',
    ],
    ['an event made unreadable', "UPDATE event SET data = '{' WHERE position = 9", 'unreadable'],
    ['the last events deleted', 'DELETE FROM event WHERE position > 10', 'cut-short'],
    ['an event in the middle deleted', 'DELETE FROM event WHERE position = 10', 'missing'],
    [
      'a column beside the text edited',
      'UPDATE event SET amount_fen = amount_fen + 1 WHERE amount_fen > 0',
      'row-altered',
    ],
    [
      'a spelling edited',
      'UPDATE event SET data = replace(data, \'"amountFen":\', \'"amountFen": \')',
      'row-altered',
    ],
    ['a stream renamed', "UPDATE stream SET name = name || 'x'", 'event-altered'],
    ['a hash over many events edited', 'UPDATE subtree SET hash = zeroblob(32)', 'subtree-altered'],
    ['a hash over many events deleted', 'DELETE FROM subtree', 'subtree-altered'],
    [
      'a hash over many events made up',
      'INSERT INTO subtree VALUES (16, 7, zeroblob(32))',
      'subtree-altered',
    ],
    ['a table made', 'CREATE TABLE more (x)', 'file-damaged'],
  ])('is found to be altered: %s', async (_, sql, kind) => {
    tamper(sql);
    expect(await kinds()).toContain(kind);
  });

  test('is found to be altered when the triggers that guard it are gone', async () => {
    const db = new DatabaseSync(join(directory, 'events.sqlite'));
    db.exec('DROP TRIGGER event_refuses_delete');
    db.close();
    expect(await kinds()).toEqual(['file-damaged']);
  });

  test('is found to be cut short though its newest checkpoints were deleted as well', async () => {
    tamper('DELETE FROM event WHERE position > 10; DELETE FROM subtree');
    rmSync(join(directory, 'integrity', 'checkpoints'), { recursive: true });
    expect(await kinds()).toEqual(['cut-short']);
  });

  test('is found to have a checkpoint that was altered, moved or made unreadable', async () => {
    const folder = join(directory, 'integrity', 'checkpoints');
    const [name = ''] = readdirSync(folder);
    const written = readFileSync(join(folder, name), 'utf8');
    const other = written.replace(/"root":"./, (it) =>
      it.endsWith('0') ? '"root":"1' : '"root":"0',
    );
    writeFileSync(join(folder, name), other);
    expect(await kinds()).toEqual(['signature-invalid', 'root-differs']);
    writeFileSync(join(folder, name), written.replace('mingzhang/', 'mingzhong/'));
    expect(await kinds()).toEqual(['signature-invalid']);
    writeFileSync(join(folder, name), written.slice(1));
    await expect(verify()).rejects.toMatchObject({ fault: 'damaged-file' });
    rmSync(join(folder, name));
    writeFileSync(join(folder, '000000000007.json'), written);
    await expect(verify()).rejects.toMatchObject({ fault: 'damaged-file' });
  });

  test('is held to a kept checkpoint that bears a true signature, or none that is known', async () => {
    expect(
      await kinds(
        newest().replace(
          /(— \S+ .{20})(.)/,
          (_, before: string, it: string) => `${before}${it === 'A' ? 'B' : 'A'}`,
        ),
      ),
    ).toEqual(['signature-invalid']);
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
    tamper(fits.join(';'));
    expect(fits.length).toBeGreaterThan(0);
    const found = await kinds();
    expect(found).toContain('root-differs');
    expect(found).not.toContain('event-altered');
  });

  test('that was rewritten and signed again is found by whoever kept an older checkpoint', async () => {
    const kept = newest();
    // A thief with the key begins anew, with less.
    rmSync(directory, { recursive: true });
    const ledger = await openLedger({ directory, following: false });
    await generateInto(ledger.store, { villages: 8, years: 1, seed: 4 });
    acceptClock(directory, systemClock());
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
    const refuses = () =>
      expect(publishCheckpoint(restored, systemClock)).rejects.toMatchObject({
        fault: 'signing-refused',
      });
    await refuses();
    // Nor when the memory of what was signed is lost: the checkpoints that were kept tell it too.
    rmSync(join(directory, 'integrity', 'signer-memory.json'));
    await refuses();
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
        const done = await drill({ directory, keyFiles: {} }, (among) => choice % among);
        const [first] = done?.faults ?? [];
        if (first?.kind !== 'event-altered') throw new Error('It was not found.');
        expect(Number(first.event.position)).toBe(done?.position);
      }),
      { numRuns: times(3, 10) },
    );
    expect(await kinds()).toEqual([]);
  });
});
