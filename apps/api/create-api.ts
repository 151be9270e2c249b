import 'reflect-metadata';
import helmet from 'helmet';
import type { Server } from 'node:http';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { StoreUnusable } from '#event-store/store-unusable';
import { openSigning } from '#transparency-log/sign/signing';
import { systemClock } from '#application/commands/clock';
import type { Ledger } from '#wiring/ledger';
import type { WitnessTrouble } from '#transparency-log/witness/ask-missing';
import { openTokens } from '#application/access/tokens';
import { SAID_TWICE } from '#importers/plan/read-json';
import { repeatedKeys } from '#importers/plan/repeated-keys';
import { ApiModule } from './api.module.ts';
import { TIME_LIMITS, type TimeLimits } from './http/time-limits.ts';
import { faulty, type Fault } from './problems/problem.ts';

const BODY_LIMIT_BYTES = 1024 * 1024;

export interface Api {
  /** Starts to serve; answers the address. Port 0 takes any free one. */
  listen(port: number, host: string): Promise<string>;
  readonly openApi: OpenAPIObject;
  /** Takes nothing new, ends live streams, and answers what is under way. */
  close(): Promise<void>;
}

export interface ApiOptions {
  /** Where checkpoints and tiles are published for a web server to offer; nowhere when absent. */
  readonly publishTo?: string | undefined;
  readonly limits?: TimeLimits;
}

/** What is not answered by then is cut off: a body that never ends, a cluster that does not answer. */
const PATIENCE_MS = 20_000;
const LET_GO_EVERY_MS = 50;

/** The HTTP API over an open ledger; closing it leaves the ledger open. */
export const createApi = async (
  ledger: Ledger,
  { publishTo, limits = TIME_LIMITS }: ApiOptions = {},
): Promise<Api> => {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: limits.requestMs,
    // Node takes the longer of the two for the whole request.
    http: {
      headersTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.ceil(limits.requestMs / 6),
    },
  });
  takeStrictJson(adapter);
  sendSecurityHeaders(adapter);
  const tokens = await openTokens(ledger.directory, ledger.keyFiles.tokenKey);
  const signing = await openSigning(ledger, {
    clock: systemClock,
    ...(publishTo === undefined ? {} : { publishTo }),
    onTrouble: tellTrouble,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiModule.over(ledger, tokens, signing, limits),
    adapter,
    { bodyParser: false, logger: ['error', 'warn'] },
  );
  const openApi = describe(app);
  return {
    openApi,
    listen: async (port, host) => {
      await app.init();
      // Not by way of Nest, which logs the stack of a port that is taken.
      return adapter.getInstance().listen({ port, host });
    },
    close: async () => {
      await finishing(adapter.getInstance().server, () => app.close());
      await signing.close();
    },
  };
};

/** Connections are let go as they fall idle; whoever keeps one open would hold up the end. */
const finishing = async (server: Server, close: () => Promise<void>): Promise<void> => {
  const letGo = setInterval(() => server.closeIdleConnections(), LET_GO_EVERY_MS);
  const cutOff = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
  try {
    await close();
  } finally {
    clearInterval(letGo);
    clearTimeout(cutOff);
  }
};

const tellTrouble = (trouble: WitnessTrouble | StoreUnusable): void => {
  const logger = new Logger('Signing');
  if (trouble instanceof StoreUnusable) logger.error(`${trouble.zh} ${trouble.message}`);
  else logger.warn(`${trouble.witness} did not cosign: ${trouble.reason}`);
};

const describe = (app: NestFastifyApplication): OpenAPIObject => {
  const config = new DocumentBuilder()
    .setTitle('明账 Mingzhang')
    .setDescription(
      '衔接资金台账 — a ledger of rural-revitalisation funds. Errors are application/problem+json (RFC 9457).',
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config);
  SwaggerModule.setup('docs', app, document);
  return document;
};

/** The headers are put together once, not for every request as @fastify/helmet does. */
const sendSecurityHeaders = (adapter: FastifyAdapter): void => {
  const secure = helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        upgradeInsecureRequests: null,
      },
    },
    hsts: false,
  });
  adapter.getInstance().addHook('onRequest', (request, reply, done) => {
    secure(request.raw, reply.raw, (error) => done(error instanceof Error ? error : undefined));
  });
};

const saidTwice = (pointer: string): Fault => ({
  pointer,
  detail: SAID_TWICE.zh,
  detailEn: SAID_TWICE.en,
});

/** Bytes that are not UTF-8 are refused, never replaced; so is JSON that is not whole or says a field twice. */
const takeStrictJson = (adapter: FastifyAdapter): void => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  adapter
    .getInstance()
    .addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
      try {
        const bytes = typeof body === 'string' ? Buffer.from(body) : body;
        const text = decoder.decode(bytes);
        const json: unknown = JSON.parse(text);
        const repeated = repeatedKeys(text);
        if (repeated.length > 0) done(faulty(repeated.map(saidTwice)), undefined);
        else done(null, json);
      } catch (error) {
        done(
          Object.assign(new Error('not JSON', { cause: error }), { statusCode: 400 }),
          undefined,
        );
      }
    });
};
