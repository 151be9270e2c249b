import { readEsdbAddress } from '#event-store-esdb/address';
import { openEsdbStore } from '#event-store-esdb/open';
import { USUAL_TIMING } from '#event-store-esdb/timing';
import { startDouble } from '../support/esdb-double/double.ts';
import { systemEvent } from '../support/esdb-double/log.ts';
import { describeEventStoreContract } from './event-store-contract.ts';

/** A busy machine takes its time over 10,000 events. */
const timing = { ...USUAL_TIMING, callMs: 120_000, patienceMs: 600_000 };

describeEventStoreContract('the EventStoreDB store', async () => {
  const double = await startDouble();
  const store = openEsdbStore({ address: readEsdbAddress(double.address, {}), timing });
  const dispose = async () => {
    await store.close();
    await double.stop();
  };
  const disturb = () => {
    double.log.append('$stats-0', 'any', [systemEvent('$statsCollected')]);
    double.log.append('others', 'any', [systemEvent('Whatever'), systemEvent('Whatever')]);
    // What the server keeps of a stream of ours, and a name that only begins like ours.
    double.log.append('$$mingzhang.s', 'any', [systemEvent('$metadata')]);
    double.log.append('mingzhang', 'any', [systemEvent('Whatever')]);
  };
  return { store, dispose, disturb };
});
