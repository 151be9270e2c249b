import { once } from 'node:events';
import type { Ledger } from '#wiring/ledger';
import { print } from './output.ts';
import { badInput } from './session.ts';

/** Serves a ledger until the process is asked to stop, then finishes what is under way. */
export const serveUntilStopped = async (
  ledger: Ledger,
  portText: string,
  host = '127.0.0.1',
): Promise<void> => {
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : Number.NaN;
  if (!(port <= 65_535)) throw badInput(`“${portText}”不是端口。`, `“${portText}” is no port.`);
  // Nest is loaded by those who serve, and by nobody else.
  const { createApi } = await import('#api/create-api');
  const api = await createApi(ledger);
  const address = await api.listen(port, host);
  print(`服务地址 ${address}  接口文档 ${address}/docs  停止请按 Ctrl+C`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await api.close();
};
