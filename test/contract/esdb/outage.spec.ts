import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { filter, firstValueFrom } from 'rxjs';
import { readEsdbAddress } from '#event-store-esdb/address';
import { openEsdbStore } from '#event-store-esdb/open';
import { USUAL_TIMING } from '#event-store-esdb/timing';
import { after, TAKING, type Sign, type WriteState } from '#event-store-esdb/write-state';
import {
  startDouble,
  type DoubleOptions,
  type EsdbDouble,
} from '../../support/esdb-double/double.ts';
import { collect, heard, idsOf, kept, newEvents } from './given.ts';

/** Patience is longer than any test: what ends before it was refused. */
const TIMING = {
  ...USUAL_TIMING,
  callMs: 5_000,
  patienceMs: 3_600_000,
  pauseMs: 5,
  longestPauseMs: 20,
  refusalMs: 20,
  leaderProbeMs: 10,
};

const FIXTURES = new URL('../../support/esdb-double/tls/', import.meta.url).pathname;
const CA_FILE = join(FIXTURES, 'test-fixture.crt');
const tls = {
  key: readFileSync(join(FIXTURES, 'test-fixture.key')),
  certificate: readFileSync(CA_FILE),
};

let double: EsdbDouble;
let close: () => Promise<void>;
afterEach(async () => {
  await close();
  await double.stop();
});

const storeOn = async (
  options: DoubleOptions,
  address: (double: EsdbDouble) => string,
  environment: Readonly<Record<string, string>> = {},
) => {
  double = await startDouble(options);
  const store = openEsdbStore({
    address: readEsdbAddress(address(double), environment),
    timing: TIMING,
  });
  close = store.close;
  return store;
};

describe('a cluster without a majority', () => {
  test('is known from the first call, and what was not sent is refused with the reason, unsent', async () => {
    const store = await storeOn({ nodes: 3 }, ({ clusterAddress }) => clusterAddress);
    await store.append('s', 'no_stream', newEvents(1));
    const known = firstValueFrom(store.outages.pipe(filter((outage) => outage !== undefined)));
    double.loseMajority();
    void store.head().catch(() => undefined);
    expect(await known).toMatchObject({
      en: expect.stringContaining('has no leader'),
      zh: expect.stringContaining('没有主节点'),
    });
    for (const stream of ['a', 'b', 'c', 'd', 'e', 'f']) {
      expect(await store.append(stream, 'no_stream', newEvents(1))).toEqual({
        kind: 'unavailable',
        outcome: 'not-applied',
        reason: expect.stringContaining('has no leader'),
      });
    }
    await expect(collect(store.readStream('s'))).rejects.toMatchObject({ fault: 'unreachable' });
    double.regainMajority();
    await firstValueFrom(store.outages.pipe(filter((outage) => outage === undefined)));
    expect(await store.append('s', 0n, newEvents(1))).toMatchObject({ kind: 'appended' });
    expect(kept(double)).toHaveLength(2);
  });

  test('settles an append that was sent before by its ids, when it is back', async () => {
    const store = await storeOn({ nodes: 3 }, ({ clusterAddress }) => clusterAddress);
    double.behaviour.appends = 'answered late';
    const events = newEvents(2);
    const outcome = store.append('s', 'no_stream', events);
    await heard(double, 'append');
    double.behaviour.appends = 'answered';
    double.behaviour.repeats = 'refused';
    const known = firstValueFrom(store.outages.pipe(filter((outage) => outage !== undefined)));
    double.loseMajority();
    await known;
    expect(await store.append('t', 'no_stream', newEvents(1))).toMatchObject({
      outcome: 'not-applied',
    });
    double.regainMajority();
    expect(await outcome).toMatchObject({ kind: 'appended', revision: 1n });
    expect(idsOf(kept(double))).toEqual(idsOf(events));
  });
});

describe('nodes that advertise IP addresses', () => {
  const environment = { MZ_ESDB_CA: CA_FILE };

  test.each([
    ['found by their gossip', ({ clusterAddress }: EsdbDouble) => clusterAddress],
    ['named so', ({ address }: EsdbDouble) => address.replace('localhost', '127.0.0.1')],
    ['pointed at by a follower', ({ address }: EsdbDouble) => address],
  ] as const)('are reached under TLS when %s', async (_how, address) => {
    const store = await storeOn({ nodes: 3, tls, advertised: '127.0.0.1' }, address, environment);
    double.lead(1);
    expect(await store.append('s', 'no_stream', newEvents(1))).toMatchObject({ kind: 'appended' });
  });

  test('that the certificate does not contain are refused with a sentence', async () => {
    const address = (it: EsdbDouble) => it.address.replace('localhost', '[::ffff:127.0.0.1]');
    const store = await storeOn({ tls }, address, environment);
    await expect(store.head()).rejects.toMatchObject({
      fault: 'unreachable',
      message: expect.stringContaining('not made out to'),
      zh: expect.stringMatching(/证书不是签给 .+ 的/),
    });
  });
});

describe('an address with a fault of its own', () => {
  test('a certificate of an unknown authority is told at once', async () => {
    const store = await storeOn({ nodes: 3, tls }, ({ clusterAddress }) => clusterAddress);
    await expect(store.head()).rejects.toMatchObject({
      fault: 'unreachable',
      message: expect.stringContaining('is not trusted'),
      zh: expect.stringContaining('证书不受信任'),
    });
  });

  test('so is a host name that does not exist', async () => {
    const store = await storeOn({}, () => 'esdb://node1.invalid?tls=false');
    await expect(store.head()).rejects.toMatchObject({
      message: expect.stringContaining('node1.invalid is not known'),
      zh: expect.stringContaining('主机名 node1.invalid 查不到'),
    });
  });
});

describe('what is known of writes', () => {
  const why = { en: 'away', zh: '离线' };
  const told = (...signs: readonly Sign[]): WriteState => signs.reduce(after, TAKING);

  test('an outage keeps its first reason, and ends with an answer', () => {
    const later = { kind: 'failed', why: { en: 'later', zh: '后来' } } as const;
    expect(told({ kind: 'failed', why }, later).outage).toEqual(why);
    expect(told({ kind: 'failed', why }, { kind: 'answered' }).outage).toBeUndefined();
  });

  test('a leader that answers questions ends it only when no append is in doubt', () => {
    const begun = [{ kind: 'doubt-began' }, { kind: 'failed', why }] as const;
    const found = { kind: 'leader-found' } as const;
    expect(told(...begun, found).outage).toEqual(why);
    expect(told(...begun, { kind: 'doubt-ended' }, found).outage).toBeUndefined();
  });
});
