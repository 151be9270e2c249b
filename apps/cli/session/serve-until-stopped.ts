import type { Ledger } from '#wiring/ledger';
import { badInput } from './exit-codes.ts';
import type { Session } from './session.ts';

/** Serves a ledger until the session is asked to stop, then finishes what is under way. */
export const serveUntilStopped = async (
  { terminal, settings, untilStopped }: Session,
  ledger: Ledger,
  portText: string,
  host = '127.0.0.1',
): Promise<void> => {
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : Number.NaN;
  if (!(port <= 65_535)) throw badInput(`“${portText}”不是端口。`, `“${portText}” is no port.`);
  // Nest is loaded by the commands that serve, and by no other.
  const { createApi } = await import('#api/create-api');
  const api = await createApi(ledger, { publishTo: settings.publishTo });
  const address = await api.listen(port, host);
  const stopped = untilStopped();
  terminal.print(`服务地址 ${address}  接口文档 ${address}/docs  停止请按 Ctrl+C`);
  await stopped;
  await api.close();
};
