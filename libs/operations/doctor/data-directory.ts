import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StoreUnusable } from '#event-store/store-unusable';
import { ledgerExists, VIEWS_FILE } from '#wiring/ledger';
import { isCopy } from '#wiring/ledger-log';
import { requireNoLostLog } from '#wiring/lost-log';
import { fault, ok, type Diagnosis, type DoctorInput } from './diagnosis.ts';

export const dataDirectory = ({ directory, address }: DoctorInput): readonly Diagnosis[] => {
  if (!existsSync(directory)) {
    return [
      address === undefined
        ? fault(
            'data',
            `没有数据目录 ${directory};先用 mz import 或 mz demo 开始,或用 --data 指明。`,
            `There is no data directory ${directory}; begin with mz import or mz demo, or name it with --data.`,
          )
        : ok(
            'data',
            `${directory} 还没有;启动时会建立,并从集群复制。`,
            `${directory} is not there yet; it is made at start and filled from the cluster.`,
          ),
    ];
  }
  try {
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return [
      fault(
        'data',
        `${directory} 不能读写;请检查它属于哪个用户。`,
        `${directory} cannot be read and written; look at whose it is.`,
      ),
    ];
  }
  try {
    requireNoLostLog(directory);
  } catch (error) {
    if (error instanceof StoreUnusable) return [fault('data', error.zh, error.message)];
    throw error;
  }
  const copies = isCopy(directory);
  if (ledgerExists(directory) && copies !== (address !== undefined)) {
    return [
      copies
        ? fault(
            'data',
            `${directory} 是集群台账的副本,而没有写明集群;请用 --store 或 MZ_STORE。`,
            `${directory} is a copy of a ledger on a cluster, and no cluster is named; use --store or MZ_STORE.`,
          )
        : fault(
            'data',
            `${directory} 里是一份自己的台账,不能当作集群副本;请另选 --data,或用 mz migrate 搬迁。`,
            `${directory} holds a ledger of its own and cannot be a copy of a cluster; choose another --data, or move it with mz migrate.`,
          ),
    ];
  }
  return [ok('data', `数据目录 ${directory}`, `Data directory ${directory}`)];
};

const GIBIBYTE = 1024 ** 3;

export const disk = ({ directory }: DoctorInput): readonly Diagnosis[] => {
  if (!existsSync(directory)) return [];
  const { bavail, bsize } = statfsSync(directory);
  const free = bavail * bsize;
  const used = ['events.sqlite', 'events.sqlite-wal', VIEWS_FILE, `${VIEWS_FILE}-wal`]
    .map((name) => join(directory, name))
    .reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0);
  const figures = (unit: string) =>
    `${(free / GIBIBYTE).toFixed(1)} ${unit}, ${(used / GIBIBYTE).toFixed(2)} ${unit}`;
  // A rebuilt view stands beside the one it replaces for a while.
  if (free < Math.max(used, GIBIBYTE / 4)) {
    return [
      fault(
        'disk',
        `磁盘将满:可用、已用分别为 ${figures('GiB')};重建视图还需要与已用相当的空间。`,
        `The disk is nearly full: free and used are ${figures('GiB')}; rebuilding views needs as much again.`,
      ),
    ];
  }
  return [ok('disk', `磁盘可用、已用 ${figures('GiB')}`, `Disk free, used: ${figures('GiB')}`)];
};
