import { readLogIdentity, type LogIdentity } from '#transparency-log/checkpoints/checkpoint-files';
import { CommandFault, EXIT } from './exit-codes.ts';

/** The log's name, keys and checkpoints. Throws a sentence that says how to begin where there are none. */
export const identityOf = (directory: string): LogIdentity => {
  const identity = readLogIdentity(directory);
  if (identity !== undefined && identity.checkpoints.length > 0) return identity;
  throw new CommandFault(
    EXIT.unavailable,
    '这本台账还没有签过名;先用 mz checkpoint 签名。',
    'This ledger was never signed; sign it with mz checkpoint first.',
  );
};
