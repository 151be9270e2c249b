import { defineView, type RowsOf } from '../engine/view.ts';
import { table } from '../engine/table.ts';

/** Work over several streams, by the stream of its intent. */
export interface OpenWorkRow {
  readonly stream: string;
  /** What is known to be still to do: rows to be allocated, reservations and an end to be recorded. */
  readonly waits: number;
}

interface NoticeLineRow {
  /** `<noticeId>/<annex>/<row>` */
  readonly line: string;
  /** 1 once it is allocated. */
  readonly allocated: number;
}

/** An allocation that a withdrawal is to void. */
interface VoidingRow {
  readonly allocationId: string;
  /** Of the notice; empty once it is voided. */
  readonly stream: string;
}

const tables = {
  works: table<OpenWorkRow>('open_work', 'stream', { stream: 'TEXT', waits: 'INTEGER' }),
  voids: table<VoidingRow>('open_work_void', 'allocationId', {
    allocationId: 'TEXT',
    stream: 'TEXT',
  }),
  lines: table<NoticeLineRow>('open_work_line', 'line', { line: 'TEXT', allocated: 'INTEGER' }),
};

type Rows = RowsOf<typeof tables>;

/** Which intents are not carried out, so that a start goes on with what a crash left open. */
export const openWorkView = defineView({
  name: 'open-work',
  version: 2,
  tables,
  on: {
    NoticeIssued: (rows, { stream, data: { noticeId, annexes } }) => {
      for (const { annex, lines } of annexes) {
        for (const { row } of lines) {
          const line = `${noticeId}/${annex}/${row}`;
          if (rows.lines.get(line) !== undefined) continue;
          rows.lines.put({ line, allocated: 0 });
          add(rows, stream, 1);
        }
      }
    },
    NoticeWithdrawn: ({ works, voids }, { stream, data }) => {
      works.put({ stream, waits: data.voids.length });
      for (const allocationId of data.voids) voids.put({ allocationId, stream });
    },
    AllocationVoided: (rows, { data: { allocationId } }) => {
      const stream = rows.voids.get(allocationId)?.stream ?? '';
      if (stream === '') return;
      rows.voids.put({ allocationId, stream: '' });
      add(rows, stream, -1);
    },
    FundsAllocated: (rows, { data: { noticeId, annex, row } }) => {
      const line = `${noticeId}/${annex}/${row}`;
      const isWaitedFor = rows.lines.get(line)?.allocated === 0;
      rows.lines.put({ line, allocated: 1 });
      if (isWaitedFor) add(rows, `notice-${noticeId}`, -1);
    },
    AdjustmentApproved: (rows, { stream, data: { doubt } }) => {
      if (doubt === undefined) add(rows, stream, 1);
    },
    AdjustmentReserved: (rows, { data }) => add(rows, `adjustment-${data.adjustmentId}`, 1),
    AdjustmentReservationReleased: (rows, { data }) =>
      add(rows, `adjustment-${data.adjustmentId}`, -1),
    AllocationAdjusted: (rows, { data: { adjustmentId, ordinal } }) => {
      if (ordinal !== undefined) add(rows, `adjustment-${adjustmentId}`, -1);
    },
    AdjustmentCompleted: (rows, { stream }) => add(rows, stream, -1),
    AdjustmentAbandoned: (rows, { stream, data: { ground } }) => {
      if (ground.kind === 'refused') add(rows, stream, -1);
    },
  },
});

const add = ({ works }: Rows, stream: string, count: number): void => {
  const before = works.get(stream)?.waits ?? 0;
  works.put({ stream, waits: before + count });
};
