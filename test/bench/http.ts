import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { allocationIdOf, idOf, noticeIdOf } from '#event-codec/ids';
import { loadDemo } from '#importers/demo/load-demo';
import { DEMO_PEOPLE } from '#importers/demo/illustrative-year';
import { REFERENCE_PLAN } from '#importers/demo/reference-notice';
import { villageBalances } from '#projections/village-balance/query';
import { openLedger } from '#wiring/ledger';
import { openTokens } from '#application/access/tokens';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { best, reduced, type CpuMeter, type Figure } from './measure.ts';

const CLIENTS = 32;
const GETS = reduced(20_000);
const POSTS = reduced(6_000);

/** A balance and a payment over HTTP, beside bare Fastify in a process of its own, as is the API. */
export const benchHttp = async (): Promise<readonly Figure[]> => {
  const { directory, remove } = temporaryDirectory();
  const ledger = await openLedger({ directory });
  await loadDemo(ledger, () => undefined);
  const village = villageBalances(ledger.views.db).places.at(1);
  const tokens = await openTokens(directory);
  const finance = DEMO_PEOPLE.find(({ role }) => role === 'finance');
  if (village === undefined || finance === undefined) throw new Error('The demo has both.');
  const token = await tokens.issue({ actor: finance, expiresIn: '1 hour' });
  await ledger.close();

  const ours = await start('apps/cli/main.ts', ['serve', '--data', directory, '--port', '0']);
  const path = `/api/v1/balances/${village.placeId}`;
  const authorization = `Bearer ${token}`;
  const answer = await (await fetch(ours.address + path, { headers: { authorization } })).text();
  const bare = await start('test/bench/http-child.ts', [answer]);
  const get = ({ address, cpuUs }: Server, at: string) =>
    best(
      () => drive(address, GETS, () => ({ method: 'GET', path: at, headers: { authorization } })),
      cpuUs,
    );
  const gets = {
    ours: await get(ours, path),
    limit: (await get(bare, '/balance')).perSecond,
  };

  const noticeId = noticeIdOf(REFERENCE_PLAN.notice.issuer, '朔区脱贫巩固组〔2024〕2号');
  const payments = `/api/v1/allocations/${allocationIdOf(noticeId, '2', 1)}/payments`;
  const body = JSON.stringify({
    occurredOn: '2024-12-30',
    amount: '0.01',
    unit: '元',
    payeeId: idOf('demo-payee', '朔州市朔城区青红绿农牧有限公司'),
    from: 'treasury',
    stage: 'progress',
    voucher: 'v-1',
  });
  const post = ({ address, cpuUs }: Server, at: string) =>
    best(
      () =>
        drive(address, POSTS, () => ({
          method: 'POST',
          path: at,
          body,
          headers: {
            authorization,
            'idempotency-key': randomUUID(),
            'content-type': 'application/json',
          },
        })),
      cpuUs,
    );
  const posts = {
    ours: await post(ours, payments),
    limit: (await post(bare, '/payment')).perSecond,
  };
  ours.stop();
  bare.stop();
  remove();
  const unit = 'requests/s';
  return [
    { name: 'GET one balance', ...gets, unit, goal: 0.7 },
    { name: 'POST one payment, durable', ...posts, unit, goal: 0.4 },
  ];
};

/** A program that serves in a process of its own. */
interface Server {
  readonly address: string;
  readonly cpuUs: CpuMeter;
  readonly stop: () => void;
}

const start = async (file: string, parameters: readonly string[]): Promise<Server> => {
  // The API has decorators, which need the build; everything else runs from source.
  const built = file.startsWith('apps/');
  const program = built ? [`dist/${file.replace(/ts$/, 'js')}`] : ['--conditions=source', file];
  const child = spawn(process.execPath, [`--import=${TELL_CPU}`, ...program, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const { stdout } = child;
  if (stdout === null) throw new Error('Its output comes through a pipe.');
  stdout.setEncoding('utf8');
  let text = '';
  while (!/http:\/\/\S+/.test(text)) text += String(await once(stdout, 'data'));
  const cpuUs = async () => {
    child.send('cpu');
    return Number((await once(child, 'message'))[0]);
  };
  return { address: /http:\/\/[^\s]+/.exec(text)?.[0] ?? '', cpuUs, stop: () => child.kill() };
};

const TELL_CPU = new URL('cpu-usage.ts', import.meta.url).href;

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** Keeps a number of requests under way until all are answered; anything but success is an error. */
const drive = async (address: string, count: number, ask: () => Asked): Promise<number> => {
  const { hostname, port } = new URL(address);
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  let started = 0;
  const client = async (): Promise<void> => {
    while (started++ < count) await sendOne(hostname, port, agent, ask());
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  agent.destroy();
  return count;
};

const sendOne = (hostname: string, port: string, agent: Agent, asked: Asked): Promise<void> =>
  new Promise((resolve, reject) => {
    const { body, ...options } = asked;
    const sent = request({ hostname, port, agent, ...options }, (response) => {
      response.resume().once('end', () => {
        const { statusCode = 0 } = response;
        if (statusCode < 300) resolve();
        else reject(new Error(`${asked.method} ${asked.path} was answered ${statusCode}.`));
      });
    });
    sent.once('error', reject).end(body);
  });
