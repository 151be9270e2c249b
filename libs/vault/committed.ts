import { toLedgerEvent } from '#event-codec/decode';
import type { EventStore } from '#event-store/port';

/** What the log says of a payee: every commitment there was, the one that counts last. */
export interface Committed {
  readonly isRegistered: boolean;
  readonly commitments: readonly string[];
  /** Of the newest event; undefined when that has none. */
  readonly current: string | undefined;
}

export const committedTo = async (
  log: Pick<EventStore, 'readStream'>,
  payeeId: string,
): Promise<Committed> => {
  let found: Committed = { isRegistered: false, commitments: [], current: undefined };
  for await (const recorded of log.readStream(`payee-${payeeId}`)) {
    const { type, data } = toLedgerEvent(recorded);
    if (type !== 'PayeeRegistered' && type !== 'PayeeChanged') continue;
    const { commitment: current } = data;
    const commitments = current === undefined ? found.commitments : [...found.commitments, current];
    found = { isRegistered: true, commitments, current };
  }
  return found;
};
