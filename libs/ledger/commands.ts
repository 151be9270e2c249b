import { adjustmentDecider } from './adjustment/adjustment-decider.ts';
import { announcementDecider } from './announcement/announcement-decider.ts';
import { fundDecider } from './fund/fund-decider.ts';
import { COMMAND_TABLE } from './command-table.ts';
import type { StreamKind, Subject } from './event-table.ts';
import type { LedgerCommand } from './ledger-events.ts';
import { noticeDecider } from './notice/notice-decider.ts';
import { parameterDecider } from './parameter/parameter-decider.ts';
import { payeeDecider } from './payee/payee-decider.ts';
import { placeDecider } from './place/place-decider.ts';
import { voucherDecider } from './voucher/voucher-decider.ts';

export type CommandType = keyof typeof COMMAND_TABLE;

/** The rules of each kind of stream. */
export const DECIDERS = {
  place: placeDecider,
  payee: payeeDecider,
  notice: noticeDecider,
  fund: fundDecider,
  announcement: announcementDecider,
  parameter: parameterDecider,
  voucher: voucherDecider,
  adjustment: adjustmentDecider,
} as const satisfies Record<StreamKind, unknown>;

/** The stream of a command: its kind and the id it names, such as `fund-<allocationId>`. */
export const streamOf = (command: LedgerCommand): string =>
  `${COMMAND_TABLE[command.type].stream}-${subjectOf(command)}`;

/** Subjects outside its own stream that a command names. */
export const referredToBy = (command: LedgerCommand): readonly Subject[] => {
  // A row's function takes the data of its own command.
  const refersTo = COMMAND_TABLE[command.type].refersTo as (data: never) => readonly Subject[];
  return refersTo(command.data as never);
};

const subjectOf = ({ data }: LedgerCommand): string => {
  // An announcement names allocations and a place too, so the most particular id comes first.
  if ('announcementId' in data) return data.announcementId;
  if ('allocationId' in data) return data.allocationId;
  if ('noticeId' in data) return data.noticeId;
  if ('payeeId' in data) return data.payeeId;
  if ('placeId' in data) return data.placeId;
  return 'adjustmentId' in data ? data.adjustmentId : data.parameterId;
};
