import { randomRequest, type Random, type RandomRequest, type Route } from './random-commands.ts';
import type { Subjects } from './subjects.ts';

/** What was answered: the request with its key, and what a 201 said of where it is recorded. */
export interface Answered {
  readonly request: RandomRequest;
  readonly key: string;
  readonly role: string;
  readonly status: number;
  readonly receipt: Receipt | undefined;
}

export interface Receipt {
  readonly outcome?: string;
  readonly stream?: string;
  readonly revision?: number;
  readonly position?: number;
  readonly ids?: Readonly<Record<string, string>>;
}

export interface Driving {
  readonly random: Random;
  readonly routes: readonly Route[];
  readonly subjects: Subjects;
  /** A bearer token for each role that writes. */
  readonly tokens: Readonly<Record<string, string>>;
  /** Roles that were told that they may not, by route. */
  readonly denied: Map<string, Set<string>>;
  /** Where the n-th request goes; waits until it is served again. */
  readonly addressOf: (n: number) => Promise<string>;
}

const CLIENTS = 16;

/**
 * So many requests, many at a time. A request that is cut off is asked again with its key; one of ten
 * is asked twice, and of one of twenty the key is used for something else.
 */
export const drive = async (
  driving: Driving,
  requests: number,
  onAnswer: (answered: Answered, n: number) => void,
): Promise<void> => {
  const answered: Answered[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < requests) {
      const n = (next += 1);
      const asked = choose(driving, answered);
      const answer = await ask(driving, asked, n);
      answered.push(answer);
      onAnswer(answer, n);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
};

type Asked = Pick<Answered, 'request' | 'key' | 'role'>;

const choose = (driving: Driving, answered: readonly Answered[]): Asked => {
  const { random, routes, subjects } = driving;
  const before = answered[random(Math.max(1, answered.length))];
  if (before !== undefined && random(10) === 0) return before;
  const request = randomRequest(random, routes, subjects);
  const role = roleFor(driving, request.route);
  const isKeyReused = before !== undefined && random(20) === 0;
  return { request, role, key: isKeyReused ? before.key : `key-${random(2 ** 31)}` };
};

const roleFor = ({ random, tokens, denied }: Driving, route: string): string => {
  const roles = Object.keys(tokens).filter((role) => !denied.get(route)?.has(role));
  return roles[random(roles.length)] ?? '';
};

const ask = async (driving: Driving, asked: Asked, n: number): Promise<Answered> => {
  const { request, key, role } = asked;
  for (;;) {
    const address = await driving.addressOf(n);
    const response = await fetch(address + request.path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${driving.tokens[role] ?? ''}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(request.body),
    }).catch(() => undefined);
    const text = await response?.text().catch(() => undefined);
    if (response === undefined || text === undefined) continue;
    return learnt(driving, asked, response.status, text);
  }
};

const learnt = (
  { subjects, denied }: Driving,
  asked: Asked,
  status: number,
  text: string,
): Answered => {
  const { request, role } = asked;
  // Who may take an entry back depends on the entry.
  if (status === 403 && !request.route.includes('{entry}')) {
    denied.set(request.route, (denied.get(request.route) ?? new Set()).add(role));
  }
  if (status !== 200 && status !== 201) return { ...asked, status, receipt: undefined };
  const receipt = JSON.parse(text) as Receipt;
  if (receipt.position !== undefined) subjects.add({ entry: `${receipt.position}` });
  if (receipt.ids !== undefined) subjects.add({ ...request.subject, ...receipt.ids });
  return { ...asked, status, receipt };
};
