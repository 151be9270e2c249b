import { openClusterLog } from '#wiring/ledger-log';
import { describeEventStoreContract } from './event-store-contract.ts';
import { startDouble } from '../support/esdb-double/double.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

describeEventStoreContract('a node of a cluster', async () => {
  const double = await startDouble();
  const { directory, remove } = temporaryDirectory();
  const { store, shared } = openClusterLog(directory, double.address, {});
  await shared?.catchUp();
  shared?.follow();
  const dispose = async () => {
    await store.close();
    await double.stop();
    remove();
  };
  return { store, dispose };
});
