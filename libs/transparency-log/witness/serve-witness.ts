import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Witness } from './witness.ts';

/** More than a request with the longest proof and a hundred signatures. */
const MOST_BYTES = 64 * 1024;

/** Serves c2sp.org/tlog-witness at `POST /add-checkpoint`. */
export const serveWitness = async (witness: Witness, port: number, host: string) => {
  const server = createServer((request, response) => {
    const isIt = request.method === 'POST' && request.url?.endsWith('/add-checkpoint') === true;
    if (!isIt) return void response.writeHead(404).end();
    readBody(request).then(
      (body) => {
        if (body === undefined) return void response.writeHead(413).end();
        const answer = witness.answer(body, Math.floor(Date.now() / 1_000));
        response.writeHead(answer.status, { 'content-type': answer.contentType });
        response.end(answer.body);
      },
      () => response.destroy(),
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  // A server that listens on TCP has an address of this shape.
  const { port: taken } = server.address() as AddressInfo;
  return {
    address: `http://${host}:${taken}`,
    close: async (): Promise<void> => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
