import { USUAL_TIMING } from '#event-store-esdb/timing';
import { openClusterLog } from '#wiring/ledger-log';
import { describeEventStoreContract } from './event-store-contract.ts';
import { startDouble } from '../support/esdb-double/double.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** A busy machine takes its time over 10,000 events. */
const timing = { ...USUAL_TIMING, callMs: 120_000, patienceMs: 600_000 };

describeEventStoreContract('a node of a cluster', async () => {
  const double = await startDouble();
  const { directory, remove } = temporaryDirectory();
  const { store, shared } = await openClusterLog(directory, double.address, {}, timing);
  await shared?.catchUp();
  shared?.follow();
  const dispose = async () => {
    await store.close();
    await double.stop();
    remove();
  };
  return { store, dispose };
});
