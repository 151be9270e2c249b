import { BEFORE_MILESTONE } from '#ledger/fund/milestones';
import { moved, NO_SUMS } from '../money/account-sums.ts';
import { defineView } from '../engine/view.ts';
import type { ViewEventOf } from '../engine/view-event.ts';
import { noticeHandlers } from './notices.ts';
import { putPayment, reversePayment } from './payments.ts';
import { requestHandlers, settleRequest } from './requests.ts';
import { tables, type AllocationRow, type Rows } from './tables.ts';

/** The register: every notice, every line of money it issued, every request and payment on it. */
export const allocationRegisterView = defineView({
  name: 'allocation-register',
  version: 3,
  tables,
  on: {
    ...noticeHandlers,
    ...requestHandlers,
    FundsAllocated: ({ allocations }, event) => allocations.put(newAllocation(event)),
    AllocationClassified: (rows, { stream, data: { projectType } }) =>
      change(rows, stream, () => ({ projectType })),
    FundsDisbursed: (rows, event) => {
      settleRequest(rows, event);
      putPayment(rows, event);
    },
    DisbursementReversed: reversePayment,
    DisbursementRefused: (rows, { stream }) =>
      change(rows, stream, ({ refusals }) => ({ refusals: refusals + 1 })),
    ProjectStarted: (rows, { stream }) =>
      change(rows, stream, () => ({ projectStatus: 'started' })),
    ProjectCompleted: (rows, { stream }) =>
      change(rows, stream, () => ({ projectStatus: 'completed' })),
    ProjectAccepted: (rows, { stream }) =>
      change(rows, stream, () => ({ projectStatus: 'accepted' })),
    MilestoneReversed: (rows, { stream, data: { milestone } }) =>
      change(rows, stream, () => ({ projectStatus: BEFORE_MILESTONE[milestone] })),
    AllocationClosed: (rows, { stream }) => change(rows, stream, () => ({ status: 'closed' })),
    AllocationReopened: (rows, { stream }) => change(rows, stream, () => ({ status: 'open' })),
    AllocationVoided: (rows, { stream }) => change(rows, stream, () => ({ status: 'void' })),
  },
  onTransfer: (rows, { stream, transfer }) =>
    rows.allocations.put(moved(allocationOf(rows, stream), transfer)),
});

const newAllocation = (event: ViewEventOf<'FundsAllocated'>): AllocationRow => {
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
    issuedFen: data.amountFen,
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

const change = (
  rows: Rows,
  stream: string,
  changes: (allocation: AllocationRow) => Partial<AllocationRow>,
): void => {
  const allocation = allocationOf(rows, stream);
  rows.allocations.put({ ...allocation, ...changes(allocation) });
};

const allocationOf = ({ allocations }: Rows, stream: string): AllocationRow => {
  const allocation = allocations.get(stream.slice('fund-'.length));
  if (allocation === undefined) throw new Error(`${stream} was never allocated.`);
  return allocation;
};
