import { moved, type Account } from '../verifier/bundle-fixture.ts';

/** An event as `mz export events` prints it. */
export interface ExportedEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly meta: Readonly<Record<string, string>>;
}

export const exportedEvents = (text: string): readonly ExportedEvent[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    // As the command wrote it.
    .map((line) => JSON.parse(line) as ExportedEvent);

/**
 * Every account that was below zero on a past day, at the position at which it was: added up from the
 * events alone, by a table of movements that is not the ledger's. `source` and `advance` are never above.
 */
export const impossibleBalances = (events: readonly ExportedEvent[]): readonly string[] => {
  const funds = new Map<string, Day[]>();
  return events.flatMap(({ type, data, meta: { occurredOn = '' } }, index) => {
    const [from, to] = moved(type, data);
    if (from === undefined || to === undefined) return [];
    const allocationId = String(data['allocationId']);
    const days = funds.get(allocationId) ?? [];
    funds.set(allocationId, days);
    const amountFen = Number(data['amountFen']);
    return daysFrom(days, occurredOn).flatMap(({ on, accounts }) => {
      accounts[from] = (accounts[from] ?? 0) - amountFen;
      accounts[to] = (accounts[to] ?? 0) + amountFen;
      return impossible(accounts).map(
        (account) => `${allocationId} ${account} on ${on} at ${index + 1}: ${accounts[account]}`,
      );
    });
  });
};

interface Day {
  readonly on: string;
  readonly accounts: Partial<Record<Account, number>>;
}

/** The days from one on; it is added where it is new. */
const daysFrom = (days: Day[], on: string): readonly Day[] => {
  if (!days.some((day) => day.on === on)) {
    const before = days.filter((day) => day.on < on).at(-1);
    days.push({ on, accounts: { ...before?.accounts } });
    days.sort((left, right) => (left.on < right.on ? -1 : 1));
  }
  return days.filter((day) => day.on >= on);
};

const impossible = (accounts: Day['accounts']): readonly Account[] =>
  (Object.keys(accounts) as readonly Account[]).filter((account) => {
    const fen = accounts[account] ?? 0;
    return account === 'source' || account === 'advance' ? fen > 0 : fen < 0;
  });

/** How many events of a type had happened by the end of a day. */
export const countBy = (events: readonly ExportedEvent[], type: string, day: string): number =>
  events.filter((event) => event.type === type && (event.meta['occurredOn'] ?? '') <= day).length;
