import { join } from 'node:path';
import type { Role } from '#ledger/context';
import type { EventType } from '#ledger/event-types';
import { startDemoApi } from '../../support/demo-api.ts';
import { mz } from '../../support/mz.ts';
import { copyDemo } from '../../support/shared-ledgers.ts';

/** What is entered, as each door takes it; the same entry through both. */
export interface Entering {
  readonly role: Role;
  readonly mz: readonly string[];
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** A plan says its own day. */
const PLANS = 'notices';

/** Where it is in the journal, or why it is not. */
export interface Entered {
  readonly position: number;
  readonly ids: Readonly<Record<string, string>>;
  /** What the door says where it refuses, in Chinese. */
  readonly refused: string;
}

/** An entry as the journal reads it aloud. */
export interface Read {
  readonly position: number;
  readonly id: string;
  readonly type: EventType;
  readonly sentence: { readonly zh: string; readonly en: string };
  readonly corrects: readonly { readonly kind: string; readonly eventId: string }[];
  readonly correctedBy: readonly { readonly kind: string; readonly eventId: string }[];
}

/** A way in which a person at the county writes and reads. */
export interface Door {
  readonly enter: (entering: Entering) => Promise<Entered>;
  /** Takes an entry back by its number in the journal. */
  readonly takeBack: (
    position: number,
    role: Role,
    reason: string,
    approval?: string,
  ) => Promise<Entered>;
  readonly journal: () => Promise<readonly Read[]>;
  /** Balances of all places and lines of the register: what the books come to. */
  readonly figures: () => Promise<unknown>;
  readonly read: (path: string, question: readonly string[]) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** The day on which everything is entered that states no other. */
export const ON = '2024-12-30';

const ROLES = ['clerk', 'finance', 'township', 'administrator', 'auditor'] as const;

/** `mz` on a copy of the demo in a directory. */
export const mzDoor = async (parent: string): Promise<Door> => {
  const data = join(parent, 'by-mz');
  await copyDemo(data);
  const tokens = new Map<Role, string>();
  for (const role of ROLES) {
    const { stdout } = await mz([
      'token',
      '--role',
      role,
      '--name',
      `demo-${role}`,
      '--data',
      data,
    ]);
    tokens.set(role, stdout.trim());
  }
  const read = async (question: readonly string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await mz([...question, '--json', '--data', data]);
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as unknown;
  };
  const write = async (role: Role, words: readonly string[]): Promise<Entered> => {
    const on = words.includes('--on') ? [] : ['--on', ON];
    const common = [...on, '--json', '--data', data, '--token', tokens.get(role) ?? ''];
    const { code, stdout, stderr } = await mz([...words, ...common]);
    const told = code === 0 ? (JSON.parse(stdout) as Partial<Entered>) : {};
    return { position: 0, ids: {}, ...told, refused: code === 0 ? '' : stderr };
  };
  return {
    enter: ({ role, mz: words }) => write(role, words),
    takeBack: (position, role, reason, approval) =>
      write(role, [
        ...['reverse', `#${position}`, '--reason', reason],
        ...(approval === undefined ? [] : ['--approval', approval]),
      ]),
    journal: async () => entriesIn(await read(['journal', '--limit', '1000'])),
    figures: async () => figuresIn(await read(['balances']), await read(['register'])),
    read: (_path, question) => read(question),
    close: () => Promise.resolve(),
  };
};

/** The API, serving a demo of its own. */
export const httpDoor = async (): Promise<Door> => {
  const demo = await startDemoApi();
  const { store, views } = demo.ledger;
  const read = async (path: string): Promise<unknown> => {
    // An answer numbers one entry; what it led to in other streams comes after it.
    await views.waitFor(Number(await store.head()), 5_000);
    return (await demo.get(`/api/v1/${path}`)).json();
  };
  const write = async (role: Role, path: string, body: object): Promise<Entered> => {
    const dated = path === PLANS ? body : { occurredOn: ON, ...body };
    const answer = await demo.post(`/api/v1/${path}`, dated, role);
    const { detail, errors, ...told } = (await answer.json()) as Partial<Entered> & {
      readonly detail?: string;
      readonly errors?: readonly object[];
    };
    const refused = answer.ok ? '' : `${detail} ${JSON.stringify(errors)}`;
    if (told.position !== undefined) await views.waitFor(told.position, 5_000);
    return { position: 0, ids: {}, ...told, refused };
  };
  return {
    enter: ({ role, path, body = {} }) => write(role, path, body),
    takeBack: (position, role, reason, approval) =>
      write(role, `entries/${position}/reversal`, { reason, ...(approval && { approval }) }),
    journal: async () => entriesIn(await read('journal?limit=1000')),
    figures: async () => figuresIn(await read('balances'), await read('allocations')),
    read,
    close: () => demo.close(),
  };
};

const entriesIn = (answer: unknown): readonly Read[] =>
  (answer as { readonly entries: readonly Read[] }).entries;

interface Line {
  readonly status: string;
  readonly allocatedFen: number;
}

/** Without the position that they reflect, and without rows that are void and hold nothing. */
const figuresIn = (balances: unknown, register: unknown): unknown => {
  const { reflects: _of, ...places } = balances as { readonly reflects: unknown };
  const { lines } = register as { readonly lines: readonly Line[] };
  return {
    places,
    lines: lines.filter(({ status, allocatedFen }) => status !== 'void' || allocatedFen !== 0),
  };
};
