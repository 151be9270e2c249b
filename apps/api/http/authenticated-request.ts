import type { FastifyRequest } from 'fastify';
import type { Actor } from '#ledger/context';

/** A request whose bearer token was verified; on public routes nobody is known. */
export interface AuthenticatedRequest extends FastifyRequest {
  actor?: Actor;
}

/** Who asks. Throws on a public route, where it is our own mistake to need one. */
export const actorOf = ({ actor }: AuthenticatedRequest): Actor => {
  if (actor === undefined) throw new Error('A route without an actor asked who it is.');
  return actor;
};
