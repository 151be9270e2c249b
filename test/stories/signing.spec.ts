import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setInterval } from 'node:timers/promises';
import { StoreUnusable } from '#event-store/store-unusable';
import { formatVkey, parseVkey } from '#integrity/key';
import { parseNote } from '#integrity/note';
import { openNote } from '#integrity/open-note';
import type { LedgerCommand } from '#ledger/ledger-events';
import { newestCheckpoint, readLogIdentity } from '#transparency-log/checkpoints/checkpoint-files';
import { openSigning, type Signing } from '#transparency-log/sign/signing';
import { openLedger, type Ledger } from '#wiring/ledger';
import type { WitnessTrouble } from '#transparency-log/witness/ask-missing';
import { storePolicyFile, readPolicyFile } from '#transparency-log/witness/policy-file';
import { serveWitness } from '#transparency-log/witness/serve-witness';
import { makeWitness, openWitness } from '#transparency-log/witness/witness';
import { newestWitnessed } from '#transparency-log/witness/witnessed';
import { startDouble } from '../support/esdb-double/double.ts';
import { audit } from '../unit/integrity/keys.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const actor = { id: 'c', organisation: '衔接办', role: 'clerk' as const };

describe('a process that serves a ledger signs it', () => {
  let directory: string;
  let remove: () => void;
  let ledger: Ledger;
  let signing: Signing;
  let now: string;
  let troubles: (WitnessTrouble | StoreUnusable)[];
  let commands: number;

  const clock = () => now;
  const onTrouble = (trouble: WitnessTrouble | StoreUnusable) => troubles.push(trouble);
  const open = async (address?: string, publishing: { readonly publishTo?: string } = {}) => {
    const where = address === undefined ? { directory } : { directory, address };
    ledger = await openLedger({ ...where, clock });
    signing = await openSigning(ledger, { clock, onTrouble, leastMsBetween: 5, ...publishing });
  };
  const close = async () => {
    await signing.close();
    await ledger.close();
  };
  /** Carries a command out and answers its place in the log. */
  const happen = async (command: LedgerCommand): Promise<number> => {
    commands += 1;
    const commandId = `00000000-0000-4000-8000-${`${commands}`.padStart(12, '0')}`;
    const answer = await ledger.execute(command, { commandId, actor, occurredOn: '2024-05-01' });
    if (answer.kind !== 'happened') throw new Error(JSON.stringify(answer));
    return Number(answer.position);
  };
  const registerPlace = () => {
    const placeId = `place-${commands}`;
    const name = `第${commands}县`;
    const data = { placeId, level: 'county', name, validFrom: '2024-01-01' } as const;
    return happen({ type: 'RegisterPlace', data });
  };
  const until = async (isSo: () => boolean): Promise<void> => {
    for await (const _ of setInterval(5)) if (isSo()) return;
  };

  beforeEach(async () => {
    ({ directory, remove } = temporaryDirectory());
    now = '2024-05-01T01:00:00.000Z';
    troubles = [];
    commands = 0;
    await open();
  });
  afterEach(async () => {
    await close();
    remove();
  });

  test('when it begins, if anything is unsigned', async () => {
    await registerPlace();
    await registerPlace();
    await close();
    expect(newestCheckpoint(directory)).toBeUndefined();
    await open();
    expect(newestCheckpoint(directory)).toMatchObject({ size: 2, published: now });
    expect(signing.through()).toBe(2);
  });

  test('when a day is over in the county, and not before', async () => {
    await registerPlace();
    await signing.reach(1);
    await registerPlace();
    now = '2024-05-01T15:59:59.999Z';
    await signing.tend();
    expect(signing.through()).toBe(1);
    now = '2024-05-01T16:00:00.000Z';
    await signing.tend();
    expect(newestCheckpoint(directory)).toMatchObject({ size: 2, published: now });
  });

  test('with each announcement', async () => {
    const place = await registerPlace();
    expect(signing.through()).toBeLessThan(place);
    const { log } = ledger;
    const announced = await log.append('announcement-a', 'no_stream', [
      {
        id: '00000000-0000-4000-8000-0000000000aa',
        type: 'AnnouncementPosted',
        data: { announcementId: 'a' },
        meta: { schemaVersion: '1' },
      },
    ]);
    expect(announced.kind).toBe('appended');
    await until(() => signing.through() === 2);
    expect(newestCheckpoint(directory)?.size).toBe(2);
  });

  test('when somebody waits for a proof: once for all who wait', async () => {
    await signing.reach(await registerPlace());
    const [two, three] = [await registerPlace(), await registerPlace()];
    const reached = await Promise.all([signing.reach(two), signing.reach(three)]);
    expect(reached.map((checkpoint) => checkpoint?.size)).toEqual([3, 3]);
    expect(readLogIdentity(directory)?.checkpoints.map(({ size }) => size)).toEqual([1, 3]);
  });

  test('and publishes it with its tiles, or says once why it cannot', async () => {
    await close();
    const publishTo = `${directory}/web`;
    const published = () => readFileSync(`${publishTo}/checkpoint`, 'utf8');
    await open(undefined, { publishTo });
    for (let n = 0; n < 3; n++) {
      const reached = await signing.reach(await registerPlace());
      await signing.tend();
      expect(published()).toBe(reached?.note);
      expect(readdirSync(`${publishTo}/tile/0/000.p`)).toContain(`${reached?.size}`);
    }

    writeFileSync(`${publishTo}/checkpoint`, 'somebody’s own file');
    const reached = await signing.reach(await registerPlace());
    await signing.tend();
    await signing.tend();
    expect(troubles).toEqual([expect.objectContaining({ fault: 'foreign-file' })]);
    rmSync(publishTo, { recursive: true });
    await signing.tend();
    expect(published()).toBe(reached?.note);
  });

  test('but not one that was restored from a backup and went on; it says so once', async () => {
    await registerPlace();
    await close();
    const backup = `${directory}-backup`;
    cpSync(directory, backup, { recursive: true });
    await open();
    await signing.reach(await registerPlace());
    await close();
    const memory = `${directory}/integrity`;
    cpSync(memory, `${backup}/integrity`, { recursive: true });
    rmSync(directory, { recursive: true });
    cpSync(backup, directory, { recursive: true });
    rmSync(backup, { recursive: true });

    await open();
    expect(signing.newest()).toBeUndefined();
    expect(await signing.reach(1)).toBeUndefined();
    // As long as what was signed, and another history: that checkpoint is not one of this log.
    const position = await registerPlace();
    expect(await signing.reach(position)).toBeUndefined();
    await close();
    await open();
    expect([signing.newest(), signing.through()]).toEqual([undefined, 0]);
    expect(await signing.reach(position)).toBeUndefined();
    await signing.tend();
    expect(signing.fault()?.fault).toBe('signing-refused');
    // Told once for each time it was opened, however often it was tried.
    expect(troubles).toEqual([expect.any(StoreUnusable), expect.any(StoreUnusable)]);
    expect(newestCheckpoint(directory)?.size).toBe(2);
  });

  test('unless it is a node of a cluster without the key', async () => {
    const double = await startDouble();
    await close();
    rmSync(directory, { recursive: true });
    await open(double.address);
    const position = await registerPlace();
    expect(signing.isSigner).toBe(false);
    expect(await signing.reach(position)).toBeUndefined();
    await signing.tend();
    expect(readLogIdentity(directory)).toBeUndefined();
    await close();
    await double.stop();
    rmSync(directory, { recursive: true });
    await open();
  });

  describe('and asks the witnesses of its policy', () => {
    const bureauOf = (): string => `${directory}/bureau`;
    const policyWith = (vkey: string, address: string): string =>
      `witness 审计局 ${vkey} ${address}\nwitness 纪委 ${formatVkey(audit.verifier)}\n` +
      `group 两家 1 审计局 纪委\nquorum 两家\n`;
    const serveBureau = async () => {
      await signing.reach(await registerPlace());
      const bureau = makeWitness(bureauOf(), 'audit.bureau');
      for (const vkey of readLogIdentity(directory)?.vkeys ?? []) bureau.trust(vkey);
      return { bureau, server: await serveWitness(openWitness(bureauOf()), 0, '127.0.0.1') };
    };

    test('which cosign what continues', async () => {
      const { bureau, server } = await serveBureau();
      storePolicyFile(directory, policyWith(bureau.vkey, server.address));
      await signing.tend();
      const note = parseNote(newestCheckpoint(directory)?.note ?? '');
      expect(openNote(note, [parseVkey(bureau.vkey)]).kind).toBe('verified');
      const [identity, policy] = [readLogIdentity(directory), readPolicyFile(directory)];
      if (identity === undefined || policy === undefined) throw new Error('Both are there.');
      const witnessed = { size: 1, by: ['审计局'], among: 2, isEnough: true };
      expect(newestWitnessed(identity, policy)).toEqual(witnessed);
      await server.close();
    });

    test('and takes no other signature for theirs', async () => {
      const { server } = await serveBureau();
      const other = makeWitness(`${directory}/other`, 'audit.bureau');
      storePolicyFile(directory, policyWith(other.vkey, server.address));
      const before = newestCheckpoint(directory)?.note;
      await signing.tend();
      expect(newestCheckpoint(directory)?.note).toBe(before);
      expect(troubles).toMatchObject([{ witness: '审计局' }]);
      await server.close();
    });

    test('and goes on without one that does not answer', async () => {
      const { bureau, server } = await serveBureau();
      await server.close();
      storePolicyFile(directory, policyWith(bureau.vkey, server.address));
      await signing.tend();
      expect(troubles).toMatchObject([{ witness: '审计局' }]);
      expect(signing.fault()).toBeUndefined();
    });
  });
});
