import { judgeCheckpoint } from '#integrity/judge-checkpoint';
import { parseVkey } from '#integrity/key';
import { parseNote } from '#integrity/note';
import type { Policy } from '#integrity/policy';
import type { LogIdentity, PublishedCheckpoint } from '../checkpoints/checkpoint-files.ts';

/** Who cosigned a checkpoint, of all the witnesses of a policy. */
export interface Witnessed {
  /** How many events the checkpoint holds. */
  readonly size: number;
  readonly by: readonly string[];
  readonly among: number;
  /** Whether the quorum of the policy is there. */
  readonly isEnough: boolean;
}

/**
 * What a policy says of a checkpoint of this log, whose own keys are believed besides those that the
 * policy names. Answers undefined when a signature of a known key is not valid, or the log's is missing.
 */
export const witnessedBy = (
  { note, size }: Pick<PublishedCheckpoint, 'note' | 'size'>,
  { vkeys }: Pick<LogIdentity, 'vkeys'>,
  policy: Policy,
): Witnessed | undefined => {
  const own = vkeys.map(parseVkey);
  const logs = [...own, ...policy.logs.filter(({ id }) => !own.some((key) => key.id === id))];
  const judged = judgeCheckpoint(parseNote(note), { ...policy, logs });
  if (judged.kind === 'invalid-signature' || judged.kind === 'no-log-signature') return undefined;
  return {
    size,
    by: judged.cosigned.map(({ witness }) => witness),
    among: policy.witnesses.length,
    isEnough: judged.kind === 'accepted',
  };
};

/** The newest checkpoint that enough witnesses cosigned; of those before, it vouches for all. */
export const newestWitnessed = (identity: LogIdentity, policy: Policy): Witnessed | undefined => {
  for (const checkpoint of identity.checkpoints.toReversed()) {
    const witnessed = witnessedBy(checkpoint, identity, policy);
    if (witnessed?.isEnough === true) return witnessed;
  }
  return undefined;
};
