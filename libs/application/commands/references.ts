import { referredToBy } from '#ledger/commands';
import { STREAM_KINDS, type StreamKind, type Subject } from '#ledger/event-table';
import type { LedgerCommand } from '#ledger/ledger-events';
import type { Refusal } from '#ledger/refusals';

/** Whether a stream has an event. */
export type IsStarted = (kind: StreamKind, id: string) => Promise<boolean>;

/**
 * The first subject outside its own stream that a command names and no event has introduced. Subjects
 * are never deleted, so what is known now stays known: no transaction across streams is needed to
 * rely on it.
 */
export const firstUnknown = async (
  command: LedgerCommand,
  isStarted: IsStarted,
): Promise<Refusal | undefined> => {
  for (const subject of referredToBy(command)) {
    const [kind, id] = partsOf(subject);
    if (!(await isStarted(kind, id))) return unknown(kind, id);
  }
  return undefined;
};

const partsOf = (subject: Subject): readonly [StreamKind, string] => {
  const border = subject.indexOf('-');
  const kind = STREAM_KINDS.find((one) => one === subject.slice(0, border));
  if (kind === undefined) throw new Error(`${subject} is no stream that a command may name.`);
  return [kind, subject.slice(border + 1)];
};

const unknown = (kind: StreamKind, id: string): Refusal => {
  switch (kind) {
    case 'place':
      return { code: 'unknown-place', placeId: id };
    case 'payee':
      return { code: 'unknown-payee', payeeId: id };
    case 'notice':
      return { code: 'unknown-notice', noticeId: id };
    case 'fund':
      return { code: 'unknown-allocation', allocationId: id };
    case 'adjustment':
      return { code: 'unknown-adjustment', adjustmentId: id };
    case 'announcement':
    case 'parameter':
    case 'voucher':
      throw new Error(`No command names the ${kind} of another stream.`);
  }
};
