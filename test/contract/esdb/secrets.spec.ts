import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readEsdbAddress } from '#event-store-esdb/address';
import { openEsdbStore } from '#event-store-esdb/open';
import { USUAL_TIMING } from '#event-store-esdb/timing';
import { startDouble, type EsdbDouble } from '../../support/esdb-double/double.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { collect, newEvents } from './given.ts';

const FIXTURES = new URL('../../support/esdb-double/tls/', import.meta.url).pathname;
const CA_FILE = join(FIXTURES, 'test-fixture.crt');
const PASSWORD = 'Not-To-Be-Printed-42';
const authorization = `Basic ${Buffer.from(`ledger:${PASSWORD}`).toString('base64')}`;

let double: EsdbDouble;
beforeAll(async () => {
  const key = readFileSync(join(FIXTURES, 'test-fixture.key'));
  double = await startDouble({ tls: { key, certificate: readFileSync(CA_FILE) }, authorization });
});
afterAll(() => double.stop());

describe('a cluster behind TLS', () => {
  test('is spoken to with its CA file, and the user from the environment', async () => {
    const environment = { MZ_ESDB_USER: 'ledger', MZ_ESDB_PASSWORD: PASSWORD, MZ_ESDB_CA: CA_FILE };
    const store = openEsdbStore({ address: readEsdbAddress(double.address, environment) });
    const events = newEvents(2);
    expect(await store.append('tls', 'no_stream', events)).toMatchObject({ kind: 'appended' });
    expect(await collect(store.readStream('tls'))).toMatchObject(events);
    await store.close();
  });

  test('takes the password from a file, which a container mounts', async () => {
    const { directory, remove } = temporaryDirectory();
    const file = join(directory, 'password');
    writeFileSync(file, `${PASSWORD}\n`);
    const environment = { MZ_ESDB_PASSWORD_FILE: file };
    const address = double.address.replace('esdb://', 'esdb://ledger@') + `?tlsCaFile=${CA_FILE}`;
    const store = openEsdbStore({ address: readEsdbAddress(address, environment) });
    expect(await store.append('file', 'no_stream', newEvents(1))).toMatchObject({
      kind: 'appended',
    });
    await store.close();
    remove();
  });

  test('is not spoken to without its CA file: no certificate is taken on trust', async () => {
    const timing = { ...USUAL_TIMING, callMs: 200, patienceMs: 300, pauseMs: 5 };
    const store = openEsdbStore({ address: readEsdbAddress(double.address, {}), timing });
    expect(await store.append('s', 'no_stream', newEvents(1))).toMatchObject({
      kind: 'unavailable',
      outcome: 'not-applied',
    });
    await store.close();
  });

  test('refuses a wrong password, and the refusal is told at once', async () => {
    const environment = { MZ_ESDB_USER: 'ledger', MZ_ESDB_PASSWORD: 'wrong', MZ_ESDB_CA: CA_FILE };
    const store = openEsdbStore({ address: readEsdbAddress(double.address, environment) });
    expect(await store.append('s', 'no_stream', newEvents(1))).toMatchObject({
      kind: 'access-denied',
      reason: expect.stringContaining('denied'),
    });
    await store.close();
  });
});

describe('an address', () => {
  test.each([
    ['esdb://db?tlsVerifyCert=false', 'tlsVerifyCert has no effect; give the certificate'],
    ['esdb://db?throwOnAppendFailure=false', 'the option throwOnAppendFailure is not known'],
    ['esdb://ledger:p@db?tls=false', 'a password is never sent without TLS'],
    ['esdb://ledger@db', 'the password of ledger is missing'],
    ['esdb://ledger:50%@db', 'user and password must be percent-encoded'],
    ['esdb://db?tlsCaFile=/missing/ca.crt', '/missing/ca.crt cannot be read'],
    ['esdb://db:port', 'a host cannot be read'],
    ['esdb://db:0', '0 is no port'],
    ['esdb://db:99999', '99999 is no port'],
    ['esdb://::1', 'an IPv6 address as [::1]:2113'],
    ['esdb://db?tls=no', 'tls is true or false, not no'],
    ['esdb+discover://a,b', 'esdb+discover:// names one host'],
    ['esdb://a,ledger:secret@b', 'not an address of the form'],
    ['http://db', 'not an address of the form esdb://host:2113'],
  ])('%s is refused with a sentence', (address, sentence) => {
    expect(() => readEsdbAddress(address, {})).toThrow(sentence);
  });

  test('may name hosts by IPv6 address', () => {
    expect(readEsdbAddress('esdb://[::1]:2114,db', {}).hosts).toEqual([
      { address: '[::1]', port: 2114 },
      { address: 'db', port: 2113 },
    ]);
  });

  test('may hold a password with any characters, percent-encoded or not', () => {
    const { credentials } = readEsdbAddress('esdb://led%40ger:a:b%2Fc@db', {});
    expect(credentials).toEqual({ username: 'led@ger', password: 'a:b/c' });
  });
});

describe('a process that speaks to a cluster', () => {
  const CHILD = new URL('./speaking-child.ts', import.meta.url).pathname;

  const speak = async (address: string, environment: NodeJS.ProcessEnv) => {
    const child = spawn(process.execPath, ['--conditions=source', CHILD, address], {
      env: { ...process.env, ...environment },
    });
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { stdout, stderr, code };
  };

  test('never prints the password, not even with DEBUG=esdb:*', async () => {
    const address = double.address.replace('esdb://', `esdb://ledger:${PASSWORD}@`);
    const environment = { DEBUG: 'esdb:*', MZ_ESDB_CA: CA_FILE };
    const { stdout, stderr } = await speak(address, environment);
    expect(stdout).toBe('appended and read\n');
    expect(stderr).toContain('esdb:connection');
    expect(stderr).not.toContain(PASSWORD);
    expect(stderr).not.toContain(authorization.slice('Basic '.length));
  });

  test('ends by itself once its store is closed', async () => {
    const environment = { MZ_ESDB_USER: 'ledger', MZ_ESDB_PASSWORD: PASSWORD, MZ_ESDB_CA: CA_FILE };
    const { stdout, stderr, code } = await speak(double.address, environment);
    expect({ stdout, stderr, code }).toEqual({
      stdout: 'appended and read\n',
      stderr: '',
      code: 0,
    });
  });
});
