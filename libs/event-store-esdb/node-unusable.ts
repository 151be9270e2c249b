/** What is wrong with an address or an authority, however long one waits. */
export type NodeFault = 'certificate-untrusted' | 'certificate-of-another' | 'name-unknown';

/** A node that cannot be used as it was named, in words for the person at the machine. */
export class NodeUnusable extends Error {
  readonly fault: NodeFault;
  readonly zh: string;

  constructor(fault: NodeFault, host: string, cause?: unknown) {
    const [en, zh] = SENTENCES[fault](host, codeOf(cause));
    super(en, { cause });
    this.name = 'NodeUnusable';
    this.fault = fault;
    this.zh = zh;
  }
}

const SENTENCES: Readonly<
  Record<NodeFault, (host: string, code: string) => readonly [en: string, zh: string]>
> = {
  'certificate-untrusted': (host, code) => [
    `The certificate of ${host} is not trusted (${code}). Give the authority that signed it with tlsCaFile or MZ_ESDB_CA.`,
    `${host} 的证书不受信任(${code})。请用 tlsCaFile 或 MZ_ESDB_CA 给出签发它的证书颁发机构。`,
  ],
  'certificate-of-another': (host) => [
    `The certificate of ${host} is not made out to ${host}. Have the nodes advertise names or addresses that their certificates contain.`,
    `${host} 的证书不是签给 ${host} 的。请让节点对外公布其证书中含有的主机名或地址。`,
  ],
  'name-unknown': (host) => [
    `The host name ${host} is not known. Look at the address of the cluster.`,
    `主机名 ${host} 查不到。请检查集群地址。`,
  ],
};

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'TLS';
