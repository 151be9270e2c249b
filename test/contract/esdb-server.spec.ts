import { randomUUID } from 'node:crypto';
import { describe } from '@jest/globals';
import { readEsdbAddress } from '#event-store-esdb/address';
import { openEsdbStore } from '#event-store-esdb/open';
import { describeEventStoreContract } from './event-store-contract.ts';

/** The address of a real server; user, password and CA as for the ledger, in `MZ_ESDB_USER` and so on. */
const ADDRESS = process.env['MZ_ESDB'];

if (ADDRESS === undefined) {
  console.log('MZ_ESDB is not set: the contract is not tried on a real EventStoreDB, and skipped.');
}
const onServer = ADDRESS === undefined ? describe.skip : describe;

onServer('a server of EventStoreDB', () => {
  describeEventStoreContract('the EventStoreDB store', () => {
    // A server keeps whatever was tried on it before, so every test has streams of its own.
    const prefix = `mztest-${randomUUID()}.`;
    const store = openEsdbStore({ address: readEsdbAddress(ADDRESS ?? '', process.env), prefix });
    return { store, dispose: () => store.close() };
  });
});
