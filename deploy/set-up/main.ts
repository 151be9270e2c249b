import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import { LEDGER_GROUP, LEDGER_USER } from './access.ts';
import { ensureAccount, ensureAdmin, type Account } from './accounts.ts';
import { askAt, findLeader, reasonOf } from './leader.ts';
import { writeAccess } from './write-access.ts';

/** Nodes that start for the first time take a while to agree on a leader. */
const PATIENCE_MS = 180_000;
const ATTEMPT_MS = 30_000;
const PAUSE_MS = 2_000;

/** What there is to know; throws a sentence for what is missing. */
export const readTask = (
  environment: Readonly<Record<string, string | undefined>>,
  secrets = '/run/secrets',
) => {
  const given = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') throw new Error(`${name} is missing.`);
    return value;
  };
  const account = (loginName: string, fullName: string, group: string): Account => ({
    loginName,
    fullName,
    groups: [group],
    password: secret(`esdb-${loginName}`),
  });
  const secret = (name: string) => readFileSync(join(secrets, name), 'utf8').trim();
  return {
    // Passwords go to these addresses, so there is no way to have them without TLS.
    nodes: given('MZ_ESDB_NODES')
      .split(',')
      .map((host) => new URL(`https://${host}`)),
    // Node itself trusts the certificates in this file; the client wants to be given it.
    rootCertificate: readFileSync(given('NODE_EXTRA_CA_CERTS')),
    admin: account('admin', 'Event Store Administrator', '$admins'),
    adminBefore: secret('esdb-admin-before'),
    others: [
      account('ops', 'Event Store Operations', '$ops'),
      account(LEDGER_USER, '明账 Mingzhang', LEDGER_GROUP),
    ],
  };
};

type Task = ReturnType<typeof readTask>;

/** All of it may be done again: what is right already is left alone. */
const setUp = async ({ nodes, rootCertificate, admin, adminBefore, others }: Task) => {
  const leader = await findLeader(nodes);
  const ask = askAt(leader);
  console.log(`user admin: ${await ensureAdmin(ask, admin, adminBefore)}`);
  for (const account of others) {
    console.log(`user ${account.loginName}: ${await ensureAccount(ask, admin, account)}`);
  }
  const client = new EventStoreDBClient(
    { endpoint: { address: leader.hostname, port: Number(leader.port) } },
    { rootCertificate },
    { username: admin.loginName, password: admin.password },
  );
  const written = await writeAccess(client);
  console.log(`access rights: ${written.length === 0 ? 'unchanged' : written.join(', ')}`);
};

const insist = async (task: Task): Promise<void> => {
  const begun = performance.now();
  for (;;) {
    try {
      // The client's appends have no deadline of their own.
      await Promise.race([setUp(task), pause(ATTEMPT_MS).then(() => fail('no answer'))]);
      return;
    } catch (error) {
      if (performance.now() - begun > PATIENCE_MS) throw error;
      console.error(`not yet: ${reasonOf(error)}`);
    }
    await pause(PAUSE_MS);
  }
};

const fail = (reason: string): never => {
  throw new Error(reason);
};

if (import.meta.main) {
  try {
    await insist(readTask(process.env));
  } catch (error) {
    console.error(`The cluster cannot be set up: ${reasonOf(error)}`);
    process.exit(1);
  }
  // The client's channel would keep the process; nothing waits in it any more.
  process.exit(0);
}
