import { readEsdbAddress } from '#event-store-esdb/address';
import { openEsdbStore } from '#event-store-esdb/open';
import { startDouble } from '../esdb-double/double.ts';
import { describeEventStoreContract } from './event-store-contract.ts';

describeEventStoreContract('the EventStoreDB store', async () => {
  const double = await startDouble();
  const store = openEsdbStore({ address: readEsdbAddress(double.address, {}) });
  const dispose = async () => {
    await store.close();
    await double.stop();
  };
  return { store, dispose };
});
