import { constants, accessSync, existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isEsdbAddress, readEsdbAddress } from '#event-store-esdb/address';
import { openEsdbStore } from '#event-store-esdb/open';
import { USUAL_TIMING } from '#event-store-esdb/timing';
import { StoreUnusable } from '#event-store/store-unusable';
import type { EventStore } from '#event-store/port';
import { ledgerExists, openLedgerReader, VIEWS_FILE, type LedgerReader } from './ledger.ts';
import { isCopy } from './ledger-log.ts';

/** What the doctor saw, and what to do about it. */
export interface Finding {
  readonly check: 'runtime' | 'configuration' | 'data' | 'disk' | 'store' | 'views' | 'clock';
  readonly state: 'ok' | 'warning' | 'fault';
  readonly zh: string;
  readonly en: string;
}

export interface Patient {
  readonly directory: string;
  readonly address?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Looks at everything a ledger needs, changes nothing, and works beside a running service. */
export const examine = async (patient: Patient): Promise<readonly Finding[]> => {
  const findings: Finding[] = [
    runtime(),
    ...configuration(patient),
    ...dataDirectory(patient),
    ...disk(patient),
  ];
  if (patient.address !== undefined) findings.push(...(await cluster(patient, patient.address)));
  if (ledgerExists(patient.directory)) findings.push(...(await ledger(patient)));
  return findings;
};

const ok = (check: Finding['check'], zh: string, en: string): Finding => ({
  check,
  state: 'ok',
  zh,
  en,
});
const warning = (check: Finding['check'], zh: string, en: string): Finding => ({
  ...ok(check, zh, en),
  state: 'warning',
});
const fault = (check: Finding['check'], zh: string, en: string): Finding => ({
  ...ok(check, zh, en),
  state: 'fault',
});

const runtime = (): Finding => {
  const { node } = process.versions;
  return Number(node.split('.')[0]) >= 24
    ? ok('runtime', `Node ${node}`, `Node ${node}`)
    : fault(
        'runtime',
        `Node ${node} 太旧;请用 npm run mz -- …,它使用本项目自带的 Node。`,
        `Node ${node} is too old; use npm run mz -- …, which brings its own.`,
      );
};

const VARIABLES = [
  'MZ_STORE',
  'MZ_DATA',
  'MZ_HOST',
  'MZ_PORT',
  'MZ_TOKEN',
  'MZ_ESDB_USER',
  'MZ_ESDB_PASSWORD',
  'MZ_ESDB_PASSWORD_FILE',
  'MZ_ESDB_CA',
  'MZ_SIGNING_KEY_FILE',
];

const configuration = ({ environment, address }: Patient): readonly Finding[] => {
  const findings: Finding[] = Object.keys(environment)
    .filter((name) => name.startsWith('MZ_') && !VARIABLES.includes(name))
    .map((name) =>
      warning(
        'configuration',
        `环境变量 ${name} 没有用处;可用的是 ${VARIABLES.join('、')}。`,
        `The variable ${name} has no effect; there are ${VARIABLES.join(', ')}.`,
      ),
    );
  const keyFile = environment['MZ_SIGNING_KEY_FILE'];
  if (keyFile !== undefined && !isReadable(keyFile)) {
    findings.push(
      fault(
        'configuration',
        `读不到签名密钥 ${keyFile};请检查 MZ_SIGNING_KEY_FILE 和权限。`,
        `The signing key ${keyFile} cannot be read; look at MZ_SIGNING_KEY_FILE and its permissions.`,
      ),
    );
  }
  if (address !== undefined && keyFile === undefined) {
    findings.push(
      warning(
        'configuration',
        '各节点各签各的令牌;要让令牌在每个节点都有效,请用 MZ_SIGNING_KEY_FILE 给所有节点同一把密钥。',
        'Each node signs its own tokens; give all nodes the same key with MZ_SIGNING_KEY_FILE to let a token hold on every one.',
      ),
    );
  }
  return findings.length > 0
    ? findings
    : [ok('configuration', '配置可以读懂', 'The configuration is understood')];
};

const isReadable = (file: string): boolean => {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
};

const dataDirectory = ({ directory, address }: Patient): readonly Finding[] => {
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
  const key = join(directory, 'signing-key.json');
  if (existsSync(key) && (statSync(key).mode & 0o077) !== 0) {
    return [
      fault(
        'data',
        `${key} 别人也能读,等于谁都能签发令牌;请 chmod 600。`,
        `${key} can be read by others, who could sign tokens; chmod 600 it.`,
      ),
    ];
  }
  return [ok('data', `数据目录 ${directory}`, `Data directory ${directory}`)];
};

const GIBIBYTE = 1024 ** 3;

const disk = ({ directory }: Patient): readonly Finding[] => {
  if (!existsSync(directory)) return [];
  const { bavail, bsize } = statfsSync(directory);
  const free = bavail * bsize;
  const held = ['events.sqlite', 'events.sqlite-wal', VIEWS_FILE, `${VIEWS_FILE}-wal`]
    .map((name) => join(directory, name))
    .reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0);
  const figures = (unit: string) =>
    `${(free / GIBIBYTE).toFixed(1)} ${unit}, ${(held / GIBIBYTE).toFixed(2)} ${unit}`;
  // A rebuilt view stands beside the one it replaces for a while.
  if (free < Math.max(held, GIBIBYTE / 4)) {
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

const cluster = async (
  { directory, environment }: Patient,
  text: string,
): Promise<readonly Finding[]> => {
  try {
    if (!isEsdbAddress(text)) return [notAnAddress(text)];
    const store = openEsdbStore({
      address: readEsdbAddress(text, environment),
      timing: IMPATIENT,
    });
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

/** Whoever asks the doctor waits; an election may be over at the next look. */
const IMPATIENT = { ...USUAL_TIMING, callMs: 3_000, patienceMs: 5_000 };

const notAnAddress = (text: string): Finding =>
  fault(
    'store',
    `“${text}”不是集群地址;应以 esdb:// 开头。`,
    `“${text}” is no address of a cluster; it begins with esdb://.`,
  );

const reached = async (store: EventStore): Promise<Finding> => {
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
const agreement = async (store: EventStore, directory: string): Promise<readonly Finding[]> => {
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

const ledger = async ({ directory, now }: Patient): Promise<readonly Finding[]> => {
  try {
    const reader = openLedgerReader(directory);
    try {
      const head = Number((await reader.log.head()) ?? 0n);
      return [
        ok('store', `日志有 ${head} 个事件${writer(directory)}`, `The log holds ${head} events`),
        ...views(reader, head),
        await clock(reader.log, now),
      ];
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (error instanceof StoreUnusable) return [fault('store', error.zh, error.message)];
    const reason = error instanceof Error ? error.message : String(error);
    return [
      fault(
        'views',
        `视图文件打不开(${reason});删除 ${VIEWS_FILE} 后重启即可重建。`,
        `The views cannot be opened (${reason}); remove ${VIEWS_FILE} and start again to rebuild them.`,
      ),
    ];
  }
};

const writer = (directory: string): string => {
  const file = join(directory, 'writer.pid');
  return existsSync(file) ? `(最近的写入进程 ${readFileSync(file, 'utf8').trim()})` : '';
};

interface ViewRow {
  readonly name: string;
  readonly position: number;
  readonly halted: string | null;
}

const views = ({ views: { db } }: LedgerReader, head: number): readonly Finding[] => {
  const rows = db.all<ViewRow>(
    'SELECT name, position, halted FROM view_generation WHERE serving = 1',
  );
  const halted = rows.filter((row) => row.halted !== null);
  if (halted.length > 0) {
    return halted.map(({ name, halted: why }) =>
      fault(
        'views',
        `视图 ${name} 停下了:${why};请升级或联系维护者,修好后 mz rebuild ${name}。`,
        `The view ${name} has halted: ${why}; upgrade or report it, then mz rebuild ${name}.`,
      ),
    );
  }
  const behind = Math.max(0, ...rows.map(({ position }) => head - position));
  return behind > 0
    ? [
        warning(
          'views',
          `视图落后 ${behind} 个事件;服务运行时会自动追上。`,
          `The views are ${behind} events behind; a running service catches up by itself.`,
        ),
      ]
    : [
        ok(
          'views',
          `${rows.length} 个视图都到最新`,
          `All ${rows.length} views are level with the log`,
        ),
      ];
};

/** A minute is more than machines that keep time are ever apart. */
const APART_MS = 60_000;

const clock = async (log: EventStore, now: number): Promise<Finding> => {
  const head = await log.head();
  let newest = '';
  if (head !== undefined) {
    for await (const { meta } of log.readAll({ from: head, limit: 1 })) {
      newest = meta['recordedAt'] ?? '';
    }
  }
  return newest !== '' && Date.parse(newest) > now + APART_MS
    ? fault(
        'clock',
        `本机时间 ${new Date(now).toISOString()} 早于最新事件 ${newest};请校时(NTP),其后的事件会记成同一时刻。`,
        `This machine says ${new Date(now).toISOString()}, before the newest event ${newest}; set its clock (NTP), or what follows is recorded at one instant.`,
      )
    : ok('clock', '本机时间与日志相符', 'The clock agrees with the log');
};
