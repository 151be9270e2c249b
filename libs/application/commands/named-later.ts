import type { LedgerCommand } from '#ledger/ledger-events';

/** What a later command names, such as the request to be approved. */
const NAMED_LATER: ReadonlySet<string> = new Set([
  'requestId',
  'paymentId',
  'announcementId',
  'objectionId',
  'placeId',
  'payeeId',
  'adjustmentId',
]);

/** The ids in a command that a later one will name, by their names. */
export const idsNamedLater = ({ data }: LedgerCommand): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(data).filter(
      (entry): entry is [string, string] =>
        NAMED_LATER.has(entry[0]) && typeof entry[1] === 'string',
    ),
  );
