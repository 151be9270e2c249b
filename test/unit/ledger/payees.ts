import { noPayees, type KnownPayees } from '#ledger/payee/known-payee';
import { learnPayee } from '#ledger/payee/learn-payee';
import type { PayeeEvent, PayeeKind } from '#ledger/payee/payee-events';
import { enterprise, payeeRegistered } from './examples.ts';

/** What happened to payees, one day after the other from 2024-02-01 on. */
export const payeesAfter = (...events: readonly PayeeEvent[]): KnownPayees => {
  const payees = noPayees();
  events.forEach((event, index) =>
    learnPayee(payees, {
      ...event,
      id: `event-${index}`,
      position: index + 1,
      occurredOn: `2024-02-${`${index + 1}`.padStart(2, '0')}`,
    }),
  );
  return payees;
};

export const registeredPayee = (
  payeeId: string,
  name: string,
  kind: PayeeKind = 'enterprise',
): PayeeEvent => ({ type: 'PayeeRegistered', data: { payeeId, kind, name } });

export const payeeMergedInto = (payeeId: string, intoPayeeId: string): PayeeEvent => ({
  type: 'PayeeMerged',
  data: { payeeId, intoPayeeId, reason: '重复登记' },
});

/** The enterprise of the examples merged. */
export const payeeMerged = payeeMergedInto(enterprise.payeeId, 'xingzhang');

/** The payees around the examples, registered from 2024-02-01 to 2024-02-04. */
export const PAYEES: readonly PayeeEvent[] = [
  payeeRegistered,
  registeredPayee('xingzhang', '兴张合作社'),
  registeredPayee('beixin', '北辛庄路桥'),
  { type: 'PayeeRegistered', data: { payeeId: 'p-1', kind: 'person' } },
];
