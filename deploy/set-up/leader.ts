import type { Ask } from './accounts.ts';

const PATIENCE_MS = 5_000;

interface Member {
  readonly state: string;
  readonly isAlive: boolean;
  readonly httpEndPointIp: string;
  readonly httpEndPointPort: number;
}

/** Asks the nodes, one after the other, which of them leads: users and rights are written there. */
export const findLeader = async (nodes: readonly URL[]): Promise<URL> => {
  const failures: string[] = [];
  for (const node of nodes) {
    try {
      const leader = (await membersAt(node)).find((it) => it.state === 'Leader' && it.isAlive);
      if (leader !== undefined)
        return new URL(`${node.protocol}//${leader.httpEndPointIp}:${leader.httpEndPointPort}`);
      failures.push(`${node.host} knows no leader`);
    } catch (error) {
      failures.push(`${node.host}: ${reasonOf(error)}`);
    }
  }
  throw new Error(failures.join('; '));
};

const membersAt = async (node: URL): Promise<readonly Member[]> => {
  const answer = await fetch(new URL('/gossip', node), {
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) throw new Error(`/gossip was answered with ${answer.status}`);
  return ((await answer.json()) as { readonly members: readonly Member[] }).members;
};

export const askAt =
  (node: URL): Ask =>
  async ({ loginName, password }, method, path, body) => {
    const basic = Buffer.from(`${loginName}:${password}`).toString('base64');
    const { status } = await fetch(new URL(path, node), {
      method,
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return status;
  };

/** `fetch` hides the reason in the cause. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
};
