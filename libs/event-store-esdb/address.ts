import { readFileSync } from 'node:fs';
import { StoreUnusable } from '#event-store/store-unusable';

export interface Host {
  readonly address: string;
  readonly port: number;
}

/** Where a cluster is, and as whom to speak to it. */
export interface EsdbAddress {
  readonly hosts: readonly Host[];
  /** Whether the one host is a DNS name of the whole cluster. */
  readonly isDnsName: boolean;
  readonly isSecure: boolean;
  readonly authority?: Buffer;
  readonly credentials?: { readonly username: string; readonly password: string };
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a text names a cluster rather than a directory. */
export const isEsdbAddress = (text: string): boolean => /^esdb(\+discover)?:\/\//.test(text);

/**
 * Reads `esdb://host:2113,host:2113?tlsCaFile=ca.crt`. User and password come from the address or,
 * better, from `MZ_ESDB_USER` and `MZ_ESDB_PASSWORD_FILE` (or `MZ_ESDB_PASSWORD`), the certificate
 * authority from the address or `MZ_ESDB_CA`. Throws `StoreUnusable` with a sentence for what it does
 * not understand; an option without effect would be a false promise.
 */
export const readEsdbAddress = (text: string, environment: Environment): EsdbAddress => {
  const parts = /^esdb(\+discover)?:\/\/(?:([^@/,]*)@)?([^/?@]+)\/?(?:\?(.*))?$/.exec(text);
  if (parts === null)
    throw unreadable(
      'not an address of the form esdb://host:2113,host:2113',
      '格式应为 esdb://主机:2113,主机:2113',
    );
  const [, discover, user, hosts = '', query = ''] = parts;
  const options = readOptions(query);
  const isSecure = options.get('tls') !== 'false';
  const credentials = readCredentials(user, environment);
  if (credentials !== undefined && !isSecure) {
    throw unreadable(
      'a password is never sent without TLS; remove the user or tls=false',
      '没有 TLS 不能发送密码;请去掉用户名或 tls=false',
    );
  }
  if (discover !== undefined && hosts.includes(',')) {
    throw unreadable(
      'esdb+discover:// names one host, which stands for the cluster; name several with esdb://',
      'esdb+discover:// 只写一个代表集群的主机名;写多个请用 esdb://',
    );
  }
  const caFile = options.get('tlscafile') ?? environment['MZ_ESDB_CA'];
  return {
    hosts: hosts.split(',').map(readHost),
    isDnsName: discover !== undefined,
    isSecure,
    ...(caFile === undefined || !isSecure ? {} : { authority: readAuthority(caFile) }),
    ...(credentials === undefined ? {} : { credentials }),
  };
};

/** The address as it may be shown and logged: hosts alone. */
export const shownAddress = ({ hosts }: EsdbAddress): string =>
  `esdb://${hosts.map(({ address, port }) => `${address}:${port}`).join(',')}`;

const DEFAULT_PORT = 2113;
const KNOWN_OPTIONS = ['tls', 'tlscafile'];

const readOptions = (query: string): ReadonlyMap<string, string> => {
  const options = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const key = name.toLowerCase();
    if (key === 'tlsverifycert') {
      throw unreadable(
        'tlsVerifyCert has no effect; give the certificate authority with tlsCaFile',
        'tlsVerifyCert 不起作用;请用 tlsCaFile 给出证书颁发机构',
      );
    }
    if (!KNOWN_OPTIONS.includes(key)) {
      throw unreadable(
        `the option ${name} is not known; there are tls and tlsCaFile`,
        `没有选项 ${name};可用的是 tls 和 tlsCaFile`,
      );
    }
    if (key === 'tls' && !['true', 'false'].includes(value)) {
      throw unreadable(
        `tls is true or false, not ${value}`,
        `tls 只能是 true 或 false,不是 ${value}`,
      );
    }
    options.set(key, value);
  }
  return options;
};

/** An IPv6 address stands in brackets, and keeps them. */
const readHost = (text: string): Host => {
  const parts = /^(\[[0-9a-fA-F:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(text);
  const [, address, port = String(DEFAULT_PORT)] = parts ?? [];
  if (address === undefined) {
    throw unreadable(
      'a host cannot be read; write host:port, and an IPv6 address as [::1]:2113',
      '有一个主机读不懂;应写成 主机:端口,IPv6 写成 [::1]:2113',
    );
  }
  if (Number(port) < 1 || Number(port) > 65_535) {
    throw unreadable(`${port} is no port`, `${port} 不是端口`);
  }
  return { address, port: Number(port) };
};

const readCredentials = (user: string | undefined, environment: Environment) => {
  const [, name = '', inAddress] = /^([^:]*)(?::(.*))?$/.exec(user ?? '')?.map(decoded) ?? [];
  const username = name === '' ? environment['MZ_ESDB_USER'] : name;
  if (username === undefined || username === '') return undefined;
  const file = environment['MZ_ESDB_PASSWORD_FILE'];
  const password =
    inAddress ?? (file === undefined ? environment['MZ_ESDB_PASSWORD'] : readSecret(file));
  if (password === undefined) {
    throw unreadable(
      `the password of ${username} is missing; set MZ_ESDB_PASSWORD_FILE`,
      `缺少用户 ${username} 的密码;请设置 MZ_ESDB_PASSWORD_FILE`,
    );
  }
  return { username, password };
};

const decoded = (text: string | undefined): string | undefined => {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch (cause) {
    // What was written there may be a password, so it is not repeated.
    throw unreadable(
      'user and password must be percent-encoded',
      '用户名和密码须用百分号编码',
      cause,
    );
  }
};

const readSecret = (file: string): string => readGiven(file).toString('utf8').trim();
const readAuthority = (file: string): Buffer => readGiven(file);

const readGiven = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw unreadable(`${file} cannot be read`, `读不到 ${file}`, cause);
  }
};

const unreadable = (en: string, zh: string, cause?: unknown): StoreUnusable =>
  new StoreUnusable(
    'address-unusable',
    `The address of the cluster cannot be used: ${en}.`,
    `集群地址不能使用:${zh}。`,
    cause,
  );
