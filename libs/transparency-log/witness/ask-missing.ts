import { formatVkey } from '#integrity/key';
import { Malformed } from '#integrity/malformed';
import {
  newestCheckpoint,
  readLogIdentity,
  type PublishedCheckpoint,
} from '../checkpoints/checkpoint-files.ts';
import type { SignableLedger } from '../ledgers.ts';
import { askWitness } from './cosign.ts';
import { readPolicyFile } from './policy-file.ts';
import { witnessedBy } from './witnessed.ts';

/** A witness of the policy that did not cosign, and why, as it said or as the network did. */
export interface WitnessTrouble {
  readonly witness: string;
  readonly reason: string;
}

/**
 * Asks every witness of the policy that has an address and has not cosigned the newest checkpoint, one
 * after the other, since each adds its line to the same note. Answers the checkpoint as it is then.
 */
export const askMissingWitnesses = async (
  ledger: SignableLedger,
  onTrouble: (trouble: WitnessTrouble) => void,
  signal: AbortSignal,
): Promise<PublishedCheckpoint | undefined> => {
  const { directory } = ledger;
  const policy = readPolicyFile(directory);
  const checkpoint = newestCheckpoint(directory);
  const identity = readLogIdentity(directory);
  if (policy === undefined || checkpoint === undefined || identity === undefined) return checkpoint;
  const cosigned = witnessedBy(checkpoint, identity, policy)?.by ?? [];
  for (const { name, address, key } of policy.witnesses) {
    if (address === undefined || cosigned.includes(name) || signal.aborted) continue;
    const now = newestCheckpoint(directory) ?? checkpoint;
    const reason = await ask(ledger, now, address, { vkey: formatVkey(key), signal });
    if (reason !== undefined) onTrouble({ witness: name, reason });
  }
  return newestCheckpoint(directory);
};

/** Why a witness did not cosign; undefined when it did. */
const ask = async (
  ledger: SignableLedger,
  checkpoint: PublishedCheckpoint,
  address: string,
  how: { readonly vkey: string; readonly signal: AbortSignal },
): Promise<string | undefined> => {
  try {
    const answer = await askWitness(ledger, checkpoint, address, how);
    switch (answer.kind) {
      case 'cosigned':
        return undefined;
      case 'knows':
        return `it has cosigned ${answer.size} events`;
      case 'refused':
        return `${answer.status} ${answer.reason}`;
      case 'unreachable':
        return answer.reason;
    }
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
};
