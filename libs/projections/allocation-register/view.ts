import { moved, NO_SUMS } from '../money/account-sums.ts';
import { defineView } from '../engine/view.ts';
import type { ViewEvent } from '../engine/view-event.ts';
import { foldNotice } from './notices.ts';
import { foldPayment } from './payments.ts';
import { foldRequest } from './requests.ts';
import { tables, type AllocationRow, type Rows } from './tables.ts';

/** The register: every notice, every line of money it issued, every request and payment on it. */
export const allocationRegisterView = defineView({
  name: 'allocation-register',
  version: 2,
  reads: [
    'NoticeIssued',
    'NoticeWithdrawn',
    'FundsAllocated',
    'AllocationClassified',
    'DisbursementRequested',
    'DisbursementApproved',
    'DisbursementRejected',
    'FundsDisbursed',
    'DisbursementReversed',
    'DisbursementRefused',
    'ProjectStarted',
    'ProjectCompleted',
    'ProjectAccepted',
    'AllocationClosed',
  ],
  tables,
  fold: (rows, event) => {
    foldNotice(rows, event);
    foldRequest(rows, event);
    foldPayment(rows, event);
    const before =
      event.type === 'FundsAllocated' ? newAllocation(event) : allocationOf(rows, event);
    if (before === undefined) return;
    const after = withStatus(before, event);
    if (event.transfer !== undefined) rows.allocations.put(moved(after, event.transfer));
    else if (after !== before) rows.allocations.put(after);
  },
});

const newAllocation = (event: Extract<ViewEvent, { type: 'FundsAllocated' }>): AllocationRow => {
  const { data } = event;
  return {
    allocationId: data.allocationId,
    noticeId: data.noticeId,
    annex: data.annex,
    line: data.row,
    placeId: data.placeId,
    programme: data.programme,
    fiscalYear: data.fiscalYear,
    batch: data.batch,
    fundingLevel: data.fundingLevel,
    allocatedOn: event.occurredOn,
    statedText: data.stated === undefined ? null : `${data.stated.text}${data.stated.unit}`,
    projectName: data.project?.name ?? null,
    projectType: data.project?.projectType ?? null,
    implementer: data.project?.implementer ?? null,
    scale: data.project?.scale ?? null,
    taskYear: data.project?.taskYear ?? null,
    status: 'open',
    projectStatus: 'none',
    reservedFen: 0,
    refusals: 0,
    ...NO_SUMS,
  };
};

const allocationOf = (rows: Rows, event: ViewEvent): AllocationRow | undefined => {
  if (!event.stream.startsWith('fund-')) return undefined;
  const allocation = rows.allocations.get(event.stream.slice('fund-'.length));
  if (allocation === undefined) throw new Error(`${event.stream} was never allocated.`);
  return allocation;
};

/** What the event tells of the allocation besides moving its money. */
const withStatus = (allocation: AllocationRow, event: ViewEvent): AllocationRow => {
  switch (event.type) {
    case 'AllocationClassified':
      return { ...allocation, projectType: event.data.projectType };
    case 'ProjectStarted':
      return { ...allocation, projectStatus: 'started' };
    case 'ProjectCompleted':
      return { ...allocation, projectStatus: 'completed' };
    case 'ProjectAccepted':
      return { ...allocation, projectStatus: 'accepted' };
    case 'AllocationClosed':
      return { ...allocation, status: 'closed' };
    case 'DisbursementRefused':
      return { ...allocation, refusals: allocation.refusals + 1 };
    default:
      return allocation;
  }
};
