import type { AnnouncementCommand, AnnouncementEvent } from './announcement/announcement.ts';
import type { BusinessDate, Instant } from './calendar.ts';
import type { Actor } from './context.ts';
import type { FundCommand } from './fund/fund-commands.ts';
import type { FundEvent } from './fund/fund-events.ts';
import type { NoticeCommand, NoticeEvent } from './notice/notice.ts';
import type { ParameterCommand, ParameterEvent } from './parameter/parameter.ts';
import type { PayeeCommand, PayeeEvent } from './payee/payee.ts';
import type { PlaceCommand, PlaceEvent } from './place/place.ts';

export type LedgerEvent =
  PlaceEvent | PayeeEvent | NoticeEvent | FundEvent | AnnouncementEvent | ParameterEvent;

export type LedgerCommand =
  | PlaceCommand
  | PayeeCommand
  | NoticeCommand
  | FundCommand
  | AnnouncementCommand
  | ParameterCommand;

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
