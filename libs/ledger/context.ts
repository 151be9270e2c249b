import type { BusinessDate, Instant } from './calendar.ts';

/** Who may do what is decided at the door (`apps/api`); the ledger records who did it, in which role. */
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

/** Time, ids and actor of a command are arguments: the ledger asks no clock and throws no dice. */
export interface CommandContext {
  /** UUID of the command; the same id asks for the same thing again. */
  readonly commandId: string;
  readonly actor: Actor;
  /** When it happened in the county. */
  readonly occurredOn: BusinessDate;
  /** When the ledger took it. */
  readonly recordedAt: Instant;
  /** What this command belongs to, such as the import of a notice; by default it stands alone. */
  readonly correlationId?: string;
}

/** A file that supports an event: the ledger keeps its fingerprint, not its bytes. */
export interface Attachment {
  readonly name: string;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
}
