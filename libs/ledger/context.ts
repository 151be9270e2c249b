import type { BusinessDate, Instant } from './calendar.ts';
import type { NoticeState } from './notice/notice-state.ts';
import type { KnownPayees } from './payee/known-payee.ts';
import type { KnownPlaces } from './place/known-places.ts';

/** Permissions are checked before a command reaches the ledger; the ledger records the actor and the role. */
export const ROLES = [
  'clerk', // 衔接办 / 农业农村局: notices, allocations, announcements, requests
  'finance', // 财政局: arrivals, releases, approvals, payments
  'township', // 乡镇 / 村: requests, announcements, project milestones
  'auditor', // 审计局
  'inspector', // 纪检监察
  'viewer', // reads what is public
  'administrator', // places, payees, parameters, tokens
] as const;
export type Role = (typeof ROLES)[number];

export interface Actor {
  readonly id: string;
  readonly organisation: string;
  readonly role: Role;
}

/** Time, ids and the actor are arguments; the ledger never reads a clock or a random source. */
export interface CommandContext {
  /** UUID of the command; a command repeated with the same id is recorded once. */
  readonly commandId: string;
  readonly actor: Actor;
  /** Business date in Asia/Shanghai. */
  readonly occurredOn: BusinessDate;
  /** Instant at which the ledger recorded it. */
  readonly recordedAt: Instant;
  /** The larger operation it belongs to, such as the import of a notice; by default the command itself. */
  readonly correlationId?: string;
  /** All places as the log has them, for a command on a place: its rules read others. */
  readonly places?: KnownPlaces;
  /** All payees as the log has them, for a command on a payee: its rules read others. */
  readonly payees?: KnownPayees;
  /** The notice that an allocation names. */
  readonly notice?: NoticeState;
}

/** A file that supports an event: the event carries its name, SHA-256 and size, not its bytes. */
export interface Attachment {
  readonly name: string;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
}
