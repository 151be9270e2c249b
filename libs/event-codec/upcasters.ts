import type { EVENT_TABLE } from '#ledger/event-table';
import type { JsonObject } from '#event-store/port';

/** Reads data of one version as the next one has them. Pure; the log keeps the bytes as they were written. */
export type Upcaster = (data: JsonObject) => JsonObject;

/** The next version allows more than this one, and what was written means the same. */
const asItIs: Upcaster = (data) => data;

type VersionOf<Type extends keyof typeof EVENT_TABLE> = (typeof EVENT_TABLE)[Type]['version'];

/** One upcaster for each version but the newest: the first reads version 1 as version 2. */
type UpcastersTo<Version extends number, Steps extends readonly Upcaster[] = []> = [
  ...Steps,
  Upcaster,
]['length'] extends Version
  ? Steps
  : UpcastersTo<Version, [...Steps, Upcaster]>;

/**
 * Event types whose version was ever raised. A type that is missing here, or that has one upcaster
 * too few or too many, does not compile.
 */
type Upcasters = {
  readonly [
    Type in keyof typeof EVENT_TABLE as VersionOf<Type> extends 1 ? never : Type
  ]: UpcastersTo<VersionOf<Type>>;
};

export const UPCASTERS: Upcasters = {
  // Every notice of version 1 is a first edition.
  NoticeIssued: [(data) => ({ ...data, edition: 1 })],
  // A withdrawal of version 1 voids nothing.
  NoticeWithdrawn: [(data) => ({ ...data, voids: [] })],
  FundsArrived: [asItIs],
  FundsReleased: [asItIs],
  FundsDisbursed: [asItIs],
  FundsReturned: [asItIs],
  FundsRecalled: [asItIs],
  // Version 1 does not say why money comes back.
  DisbursementReversed: [(data) => ({ ...data, kind: 'unstated' })],
  // Version 1 says it with true and false, which no outside verifier reads.
  ObjectionWithdrawn: [
    ({ wasAnswered, ...data }) => ({
      ...data,
      statusBefore: wasAnswered === true ? 'answered' : 'raised',
    }),
  ],
  // A pair without a document has no ordinal, and its account, when not stated, is the quota.
  AllocationAdjusted: [asItIs],
};
