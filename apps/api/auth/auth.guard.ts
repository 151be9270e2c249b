import {
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Tokens } from '#application/access/tokens';
import type { AuthenticatedRequest } from '../http/authenticated-request.ts';
import { ProblemException } from '../problems/problem.ts';
import { TOKENS } from '../tokens-of-injection.ts';

const PUBLIC = 'public';

/** Open to everybody: the page, health, and the documentation. */
export const Public = () => SetMetadata(PUBLIC, true);

/** Who asks, by a signed bearer token. Everything that is not marked public needs one. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(TOKENS) private readonly tokens: Tokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, targets) === true) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || token === undefined) throw unauthenticated('missing');
    const verified = await this.tokens.verify(token);
    if (verified.kind === 'rejected') throw unauthenticated(verified.reason);
    request.actor = verified.actor;
    return true;
  }
}

const SENTENCES = {
  missing: ['须出示令牌(Authorization: Bearer …)。', 'A bearer token is required.'],
  expired: ['令牌已过期。', 'The token has expired.'],
  invalid: ['令牌不是这个台账签发的。', 'The token was not issued by this ledger.'],
} as const;

const unauthenticated = (reason: keyof typeof SENTENCES): ProblemException => {
  const [detail, detailEn] = SENTENCES[reason];
  return new ProblemException({
    status: 401,
    code: `token-${reason}`,
    detail,
    detailEn,
    headers: { 'www-authenticate': 'Bearer realm="mingzhang"' },
  });
};
