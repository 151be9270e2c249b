import type { LedgerEvent } from './ledger-events.ts';

export type EventType = LedgerEvent['type'];

/** Every event type there is, with the version of its data. Types never change their meaning. */
export const EVENT_SCHEMA_VERSIONS = {
  PlaceRegistered: 1,
  PlaceRenamed: 1,
  PlaceMerged: 1,
  PlaceCodeAssigned: 1,
  PayeeRegistered: 1,
  PayeeChanged: 1,
  NoticeIssued: 1,
  NoticeWithdrawn: 1,
  FundsAllocated: 1,
  AllocationAdjusted: 1,
  AllocationClassified: 1,
  FundsArrived: 1,
  FundsReleased: 1,
  DisbursementRequested: 1,
  DisbursementApproved: 1,
  DisbursementRejected: 1,
  FundsDisbursed: 1,
  DisbursementReversed: 1,
  DisbursementRefused: 1,
  FundsReturned: 1,
  AllocationRecalled: 1,
  ProjectStarted: 1,
  ProjectCompleted: 1,
  ProjectAccepted: 1,
  AssetRegistered: 1,
  BenefitDistributed: 1,
  AllocationClosed: 1,
  AnnouncementPosted: 1,
  AnnouncementEnded: 1,
  AnnouncementWithdrawn: 1,
  ObjectionRaised: 1,
  ObjectionAnswered: 1,
  ParameterSet: 1,
} as const satisfies Record<EventType, number>;

export const isEventType = (type: string): type is EventType =>
  Object.hasOwn(EVENT_SCHEMA_VERSIONS, type);
