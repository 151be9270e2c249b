import { Inject, Injectable } from '@nestjs/common';
import { proveEvent } from '#transparency-log/prove/prove-event';
import type { Signing } from '#transparency-log/sign/signing';
import type { Ledger } from '#wiring/ledger';
import type { Exchange } from '../http/exchange.ts';
import { LEDGER, SIGNING } from '../tokens-of-injection.ts';
import { proofBodyOf, type ProofBody } from './proof-body.ts';

/** How provable an accepted write is by now. */
export interface Provable {
  /** Whether a checkpoint that was signed holds it. */
  readonly included: boolean;
  /** Where its proof is to be had, now or once it is included. */
  readonly proofAt: string;
  /** There when the writer preferred to wait for it. */
  readonly proof?: ProofBody;
}

/** What a write is answered with besides its place in the log. */
@Injectable()
export class Receipts {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(SIGNING) private readonly signing: Signing,
  ) {}

  /** `Prefer: proof` waits until the event is signed, a second at most; a node that does not sign goes on without. */
  async provable(position: number, { request, reply }: Exchange): Promise<Provable> {
    const proofAt = `/api/v1/events/${position}/proof`;
    const prefers = prefersProof(request.headers['prefer']);
    const proof = prefers ? await this.#prove(position) : undefined;
    if (proof === undefined) return { included: position <= this.signing.through(), proofAt };
    void reply.header('preference-applied', 'proof');
    return { included: true, proofAt, proof };
  }

  async #prove(position: number): Promise<ProofBody | undefined> {
    const checkpoint = await this.signing.reach(position);
    if (checkpoint === undefined) return undefined;
    const proved = await proveEvent(this.ledger, { checkpoints: [checkpoint] }, `${position}`);
    return proved.kind === 'proved' ? proofBodyOf(proved) : undefined;
  }
}

/** RFC 7240; a preference that is not known is no fault. */
const prefersProof = (header: string | readonly string[] | undefined): boolean =>
  [header ?? []]
    .flat()
    .flatMap((line) => line.split(','))
    .some((preference) => preference.trim().toLowerCase() === 'proof');
