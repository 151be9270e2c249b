import type { Command } from 'commander';
import type { Session } from '../../session/session.ts';
import { registerLedgerSide } from './ledger-side.ts';
import { registerPolicy } from './policy.ts';
import { registerWitnessSide } from './witness-side.ts';

/** Two sides: a witness (审计局, 纪委监委) that cosigns, and the ledger that asks it to. */
export const registerWitness = (program: Command, session: Session): void => {
  const group = program
    .command('witness')
    .description('见证方联署 witnesses that cosign checkpoints');
  registerWitnessSide(group, session);
  registerLedgerSide(group, session);
  registerPolicy(group, session);
};
