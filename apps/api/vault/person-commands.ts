import { Inject, Injectable } from '@nestjs/common';
import type { PayeeIdentity } from '#ledger/payee/payee-events';
import type { Ledger } from '#wiring/ledger';
import { storePerson } from '#vault/store-person';
import type { PayeeBody } from '../commands/dtos.ts';
import { ProblemException } from '../problems/problem.ts';
import { LEDGER } from '../tokens-of-injection.ts';
import { forgotten } from './forgotten.ts';

/** Where a person's data part from the command: they go to the vault, the command gets the commitment. */
@Injectable()
export class PersonCommands {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** What the event says of a payee. A person's data are on disk in the vault when this returns. */
  identity(payeeId: string, dto: PayeeBody, recordId: string): PayeeIdentity {
    const { occurredOn: _on, person, ...payee } = dto;
    if (person === undefined) return { payeeId, ...payee };
    const kept = storePerson(this.ledger.directory, { recordId, payeeId, person });
    switch (kept.kind) {
      case 'kept':
        return { payeeId, ...payee, commitment: kept.commitment };
      case 'conflicting':
        throw new ProblemException({
          status: 422,
          code: 'same-key-different-content',
          detail: '这个 Idempotency-Key 已用于另一件事,原记录不变。',
          detailEn: 'This Idempotency-Key was used for something else; what was recorded stays.',
        });
      case 'forgotten':
        throw forgotten(kept.tombstone);
    }
  }
}
