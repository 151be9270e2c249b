import type { AdjustmentCommand } from './adjustment/adjustment-commands.ts';
import type { AdjustmentEvent } from './adjustment/adjustment-events.ts';
import type { AnnouncementCommand } from './announcement/announcement-commands.ts';
import type { AnnouncementEvent } from './announcement/announcement-events.ts';
import type { BusinessDate, Instant } from './calendar.ts';
import type { Actor } from './context.ts';
import type { FundCommand } from './fund/fund-commands.ts';
import type { FundEvent } from './fund/fund-events.ts';
import type { NoticeCommand } from './notice/notice-commands.ts';
import type { NoticeEvent } from './notice/notice-events.ts';
import type { ParameterCommand } from './parameter/parameter-commands.ts';
import type { ParameterEvent } from './parameter/parameter-events.ts';
import type { PayeeCommand } from './payee/payee-commands.ts';
import type { PayeeEvent } from './payee/payee-events.ts';
import type { PlaceCommand } from './place/place-commands.ts';
import type { PlaceEvent } from './place/place-events.ts';
import type { VoucherEvent } from './voucher/voucher-events.ts';

export type LedgerEvent =
  | PlaceEvent
  | PayeeEvent
  | NoticeEvent
  | FundEvent
  | AnnouncementEvent
  | ParameterEvent
  | VoucherEvent
  | AdjustmentEvent;

export type LedgerCommand =
  | PlaceCommand
  | PayeeCommand
  | NoticeCommand
  | FundCommand
  | AnnouncementCommand
  | ParameterCommand
  | AdjustmentCommand;

/** An event as the log holds it, with who, when and why beside what. */
export type RecordedLedgerEvent = LedgerEvent & Recording;

export interface Recording {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  /** Place in the whole log. */
  readonly position: bigint;
  readonly occurredOn: BusinessDate;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly commandId: string;
  readonly correlationId: string;
}
