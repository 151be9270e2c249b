import type { EventStore } from '#event-store/port';
import { StoreUnusable } from '#event-store/store-unusable';
import { openLedgerReader } from '#wiring/ledger';
import { isCopy, withoutUser } from '#wiring/ledger-log';
import { isClusterAddress, openCluster } from '#wiring/log-address';
import { fault, ok, type Diagnosis, type DoctorInput } from './diagnosis.ts';

/** Whether the cluster answers, and is the one that the copy was taken from. */
export const cluster = async (
  { directory, environment }: DoctorInput,
  text: string,
): Promise<readonly Diagnosis[]> => {
  try {
    if (!isClusterAddress(text)) return [notAnAddress(text)];
    const store = await openCluster(text, environment, IMPATIENT);
    try {
      return [await reached(store), ...(await agreement(store, directory))];
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof StoreUnusable)) throw error;
    return [fault('store', error.zh, error.message)];
  }
};

/** A person waits for the answer; an election may be over at the next look. */
const IMPATIENT = { callMs: 3_000, patienceMs: 5_000 };

const notAnAddress = (text: string): Diagnosis =>
  fault(
    'store',
    `“${withoutUser(text)}”不是集群地址;应以 esdb:// 开头。`,
    `“${withoutUser(text)}” is no address of a cluster; it begins with esdb://.`,
  );

const reached = async (store: EventStore): Promise<Diagnosis> => {
  const asked = performance.now();
  const head = await store.head();
  const took = Math.round(performance.now() - asked);
  return head === undefined
    ? ok(
        'store',
        `集群应答(${took} 毫秒),日志是空的`,
        `The cluster answers (${took} ms); its log is empty`,
      )
    : ok('store', `集群应答(${took} 毫秒)`, `The cluster answers (${took} ms)`);
};

/** Whether the first event of the copy is that of the cluster: another ledger is told apart at once. */
const agreement = async (store: EventStore, directory: string): Promise<readonly Diagnosis[]> => {
  if (!isCopy(directory)) return [];
  const reader = openLedgerReader(directory);
  try {
    const [ours, theirs] = [await firstId(reader.log), await firstId(store)];
    return ours === theirs || ours === undefined
      ? [ok('store', '副本与集群是同一本台账', 'The copy is of this cluster’s ledger')]
      : [
          fault(
            'store',
            `${directory} 的副本属于另一本台账;请检查 --store 和 --data。`,
            `The copy in ${directory} is of another ledger; look at --store and --data.`,
          ),
        ];
  } finally {
    await reader.close();
  }
};

const firstId = async (log: EventStore): Promise<string | undefined> => {
  for await (const { id } of log.readAll({ limit: 1 })) return id;
  return undefined;
};
