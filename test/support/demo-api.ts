import { createApi, type Api } from '#api/create-api';
import { DEMO_PEOPLE } from '#importers/demo/illustrative-year';
import type { Role } from '#ledger/context';
import { openLedger, type Ledger } from '#wiring/ledger';
import { openTokens } from '#application/access/tokens';
import { copyDemoOfToday } from './shared-ledgers.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export interface DemoApi {
  readonly ledger: Ledger;
  readonly api: Api;
  readonly address: string;
  readonly get: (path: string, role?: Role, headers?: Record<string, string>) => Promise<Response>;
  readonly post: (
    path: string,
    body: unknown,
    role?: Role,
    headers?: Record<string, string>,
  ) => Promise<Response>;
  readonly close: () => Promise<void>;
}

let keys = 0;

/** The demo ledger in a directory of its own, served on a free port, with a token for each role. */
export const startDemoApi = async (): Promise<DemoApi> => {
  const { directory, remove } = temporaryDirectory();
  await copyDemoOfToday(directory);
  const ledger = await openLedger({ directory });
  await ledger.views.waitFor(Number(await ledger.store.head()), 5_000);
  const api = await createApi(ledger);
  const address = await api.listen(0, '127.0.0.1');
  const tokens = await openTokens(directory);
  const tokenOf = new Map<Role, string>();
  for (const actor of DEMO_PEOPLE) {
    tokenOf.set(actor.role, await tokens.issue({ actor, expiresIn: '7 days' }));
  }
  const authorization = (role: Role | undefined): Record<string, string> =>
    role === undefined ? {} : { authorization: `Bearer ${tokenOf.get(role)}` };
  return {
    ledger,
    api,
    address,
    get: (path, role = 'auditor', headers = {}) =>
      fetch(address + path, { headers: { ...authorization(role), ...headers } }),
    post: (path, body, role = 'finance', headers = {}) =>
      fetch(address + path, {
        method: 'POST',
        headers: {
          ...authorization(role),
          'content-type': 'application/json',
          'idempotency-key': `key-${(keys += 1)}`,
          ...headers,
        },
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      }),
    close: async () => {
      await api.close();
      await ledger.close();
      remove();
    },
  };
};
