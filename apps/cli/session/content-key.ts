import type { CommandIds } from '#application/commands/issue-commands';
import { contentHashOf } from '#event-codec/encode';
import type { CommandType } from '#ledger/commands';
import type { LedgerCommand } from '#ledger/ledger-events';

/** Commands that a slip may belong to. */
const ON_SLIPS: ReadonlySet<CommandType> = new Set([
  'ReceiveFunds',
  'ReleaseFunds',
  'DisburseFunds',
  'ReturnFunds',
  'RecallFunds',
]);

/**
 * The key of an entry on a voucher that was given none: it follows from what is entered, so that the same
 * line typed twice is one entry. `turn` counts from 1 and goes on where the entry was taken back since.
 * Undefined for an entry without a voucher. `build` is called for a command of a slip alone.
 */
export const contentKey = (
  type: CommandType,
  occurredOn: string,
  turn: number,
  build: (ids: CommandIds) => readonly LedgerCommand[] | { readonly kind: string },
): string | undefined => {
  if (!ON_SLIPS.has(type)) return undefined;
  const commands = build({ idFor: (what) => what, ownIdFor: (what) => what });
  if ('kind' in commands || !commands.some(({ data }) => isOnVoucher(data))) return undefined;
  const hashes = commands.map((command) => contentHashOf(command, occurredOn));
  return ['content', ...hashes, `${turn}`].join(' ');
};

const isOnVoucher = (data: LedgerCommand['data']): boolean =>
  'voucher' in data && data.voucher !== undefined;
