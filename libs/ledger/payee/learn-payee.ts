import type { BusinessDate } from '../calendar.ts';
import { learnRevocation } from '../mergers/known-mergers.ts';
import type { KnownPayee, KnownPayees } from './known-payee.ts';
import type { PayeeEvent, PayeeIdentity } from './payee-events.ts';

/** An event of a payee, and where it is in the log. */
export type PlacedPayeeEvent = PayeeEvent & {
  readonly id: string;
  readonly position: number;
  readonly occurredOn: BusinessDate;
};

/** Takes in one event, in the order of the log. */
export const learnPayee = (payees: KnownPayees, event: PlacedPayeeEvent): void => {
  const { id: eventId, occurredOn: on, position } = event;
  const payee = payees.byId.get(event.data.payeeId);
  switch (event.type) {
    case 'PayeeRegistered':
    case 'PayeeChanged': {
      const { registeredOn, mergers } = payee ?? { registeredOn: on, mergers: [] };
      return put(payees, { ...described(event.data), registeredOn, mergers });
    }
    case 'PayeeMerged': {
      const { payeeId: from, intoPayeeId: into } = event.data;
      const merger = { eventId, from, into, on, position };
      if (payee !== undefined) put(payees, { ...payee, mergers: [...payee.mergers, merger] });
      return;
    }
    case 'PayeeMergerRevoked':
      if (payee !== undefined) learnRevocation(payee, event.data.reversedEventId, on);
      return;
    default:
      return event satisfies never;
  }
};

const put = ({ byId, everMerged }: KnownPayees, payee: KnownPayee): void => {
  byId.set(payee.payeeId, payee);
  if (payee.mergers.length > 0) everMerged.set(payee.payeeId, payee);
};

const described = ({ commitment: _secret, ...identity }: PayeeIdentity) => identity;
