import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { AuthenticatedRequest } from './authenticated-request.ts';

/** A request and the reply to it, which a write reads and fills. */
export interface Exchange {
  readonly request: AuthenticatedRequest;
  readonly reply: FastifyReply;
}

/** Hands a write its exchange; what the method returns is still the body of the answer. */
export const Exchanged = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Exchange => {
    const http = context.switchToHttp();
    return {
      request: http.getRequest<AuthenticatedRequest>(),
      reply: http.getResponse<FastifyReply>(),
    };
  },
);
