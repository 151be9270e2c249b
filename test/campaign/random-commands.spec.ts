import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runBuilt, runProgram, serveBuilt } from '../support/built-mz.ts';
import { startDouble, type EsdbDouble } from '../support/esdb-double/double.ts';
import { times } from '../support/property.ts';
import {
  countBy,
  exportedEvents,
  impossibleBalances,
  type ExportedEvent,
} from '../support/random-county/count-anew.ts';
import { drive, type Answered, type Driving } from '../support/random-county/drive.ts';
import { randomOf, writeRoutes } from '../support/random-county/random-commands.ts';
import { newSubjects, type Subjects } from '../support/random-county/subjects.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** How many commands there are between two looks at the books, and how many rounds. */
const COMMANDS = 1_000;
const ROUNDS = times(1, 2, 100);
const ROUNDS_OF_TWO = times(1, 1, 10);
const ROLES = ['clerk', 'finance', 'township', 'administrator'];

const seed = Number(process.env['MZ_SEED']);
const { directory, remove } = temporaryDirectory();
const keyFile = join(directory, 'signing-key.json');
const env = { MZ_SIGNING_KEY_FILE: keyFile };
const double: { cluster?: EsdbDouble } = {};

beforeAll(() => {
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(keyFile, JSON.stringify(privateKey.export({ format: 'jwk' })));
});

afterAll(async () => {
  await double.cluster?.stop();
  remove();
});

/** A county of a hundred villages in a directory, or in a cluster that two nodes copy. */
interface Place {
  readonly data: string;
  readonly at: string;
  readonly nodes: readonly string[];
}

const mz = (line: string): Promise<string> => runBuilt(line, env);

const founded = async (name: string, store = ''): Promise<Place> => {
  const data = join(directory, name);
  const of = (one: string) => `--data ${one}${store === '' ? '' : ` --store ${store}`}`;
  await mz(`generate ${of(data)} --villages 100 --years 1`);
  await mz(`clock accept ${of(data)}`);
  const nodes = store === '' ? [of(data)] : [of(data), of(`${data}-b`)];
  for (const node of nodes.slice(1)) {
    await mz(`digest ${node}`);
    await mz(`clock accept ${node}`);
  }
  return { data, at: of(data), nodes };
};

const knownIn = async (place: Place): Promise<Subjects> => {
  const subjects = newSubjects();
  for (const { stream, type, id } of exportedEvents(await mz(`export events ${place.at}`))) {
    const [kind = '', ...rest] = stream.split('-');
    const name = { fund: 'allocationId', place: 'placeId', payee: 'payeeId', notice: 'noticeId' }[
      kind
    ];
    const isFirst = /^(FundsAllocated|PlaceRegistered|PayeeRegistered|NoticeIssued)$/.test(type);
    if (name !== undefined && isFirst) subjects.add({ [name]: rest.join('-') });
    else subjects.add({ entry: id });
  }
  return subjects;
};

type Served = Awaited<ReturnType<typeof serveBuilt>>;

/** One round: commands while the servers run, one of them killed half-way and started again. */
const round = async (
  place: Place,
  driving: Omit<Driving, 'addressOf'>,
): Promise<readonly Answered[]> => {
  const serve = (node: string) => serveBuilt(node.split(' '), env);
  const servers: Promise<Served>[] = place.nodes.map(serve);
  const killAt = 1 + driving.random(COMMANDS);
  const victim = driving.random(servers.length);
  const answers: Answered[] = [];
  const restart = async (): Promise<Served> => {
    const killed = await servers[victim];
    await killed?.kill();
    return serve(place.nodes[victim] ?? '');
  };
  const addressOf = async (n: number): Promise<string> =>
    (await servers[n % servers.length])?.address ?? '';
  await drive({ ...driving, addressOf }, COMMANDS, (answered, n) => {
    answers.push(answered);
    if (n === killAt) servers[victim] = restart();
  });
  for (const server of servers) expect(await (await server).stop()).toBe(0);
  return answers;
};

const look = async (
  place: Place,
  answers: readonly Answered[],
  days: readonly string[],
): Promise<void> => {
  for (const { status, request } of answers) {
    if (status >= 500) throw new Error(`${status}: ${JSON.stringify(request)}`);
  }
  for (const node of place.nodes) {
    // From cold, in a new process each.
    const digest = await mz(`digest ${node} --json`);
    await mz(`rebuild ${node}`);
    expect(await mz(`digest ${node} --json`)).toBe(digest);
  }
  await mz(`checkpoint ${place.at}`);
  await mz(`verify ${place.at} --json`);
  const audit = join(directory, 'audit');
  rmSync(audit, { recursive: true, force: true });
  await mz(`export audit ${place.at} -o ${audit}`);
  const asked = [`${audit}/bundle.ndjson`, '--key', `${audit}/ledger.vkey`, '--json'];
  await runProgram([`${audit}/verify.mjs`, ...asked]);

  const events = exportedEvents(await mz(`export events ${place.at}`));
  expect(impossibleBalances(events)).toEqual([]);
  recorded(events, answers);
  for (const day of days) {
    const { lines } = JSON.parse(await mz(`register ${place.at} --as-of ${day} --json`)) as {
      readonly lines: readonly unknown[];
    };
    expect([day, lines.length]).toEqual([day, countBy(events, 'FundsAllocated', day)]);
  }
};

/** Everything that was answered 201 is in the log, at the position that was said. */
const recorded = (events: readonly ExportedEvent[], answers: readonly Answered[]): void => {
  for (const { receipt } of answers) {
    if (receipt?.position === undefined) continue;
    const { position, stream, revision } = receipt;
    // The receipt of an adjustment names no stream: it is of several.
    const where = stream === undefined ? {} : { stream, revision };
    expect(events[position - 1]).toMatchObject(where);
  }
};

const tokensFor = async (place: Place): Promise<Readonly<Record<string, string>>> => {
  const tokens: Record<string, string> = {};
  for (const role of ROLES) {
    const token = await mz(`token --data ${place.data} --role ${role} --name ${role}-1 --org 示例`);
    tokens[role] = token.trim();
  }
  return tokens;
};

const campaign = async (place: Place, rounds: number): Promise<void> => {
  const random = randomOf(seed);
  const driving = {
    random,
    routes: writeRoutes(),
    subjects: await knownIn(place),
    tokens: await tokensFor(place),
    denied: new Map<string, Set<string>>(),
  };
  const happened = new Map<string, number>();
  for (let done = 0; done < rounds; done++) {
    const answers = await round(place, driving);
    for (const { receipt, request } of answers) {
      if (receipt?.outcome === 'happened')
        happened.set(request.route, (happened.get(request.route) ?? 0) + 1);
    }
    const day = () => `${2021 + random(2)}-${String(1 + random(12)).padStart(2, '0')}-15`;
    await look(place, answers, [day(), day()]);
  }
  const total = [...happened.values()].reduce((sum, count) => sum + count, 0);
  console.log(
    `${rounds * COMMANDS} commands, ${total} happened: ${JSON.stringify(Object.fromEntries(happened))}`,
  );
};

describe('commands at random, of every kind that roles may give', () => {
  test(`on one machine that is killed once in ${COMMANDS}, ${ROUNDS} times: the books hold`, async () => {
    mkdirSync(directory, { recursive: true });
    await campaign(await founded('one'), ROUNDS);
  });

  test(`on two nodes of a cluster, ${ROUNDS_OF_TWO} times: the books hold on both`, async () => {
    double.cluster = await startDouble({ nodes: 3 });
    await campaign(await founded('two', double.cluster.clusterAddress), ROUNDS_OF_TWO);
  });
});
