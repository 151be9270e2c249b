import { NO_DAY_LIMIT } from '#history/as-of/as-of-request';
import { search } from '#history/trace/search';
import { trace } from '#history/trace/trace';
import type { Ledger } from '#wiring/ledger';
import { ownCpuUs, percentile } from './measure.ts';

export interface TraceFigures {
  readonly payments: number;
  /** Milliseconds to the row of the document and back to every payee of it. */
  readonly medianMs: number;
  readonly worstMs: number;
  /** Milliseconds to find a payment by its voucher. */
  readonly searchMs: number;
  /** µs of CPU for all three questions about a payment. */
  readonly cpuUs: number;
}

const SAMPLES = 500;

/** Payments from all over a province, for ids are spread evenly, traced to the rows of their annexes and from there forward again. */
export const benchTraces = async ({ store, views }: Ledger): Promise<TraceFigures> => {
  const { db } = views;
  const payments = db.get<{ count: number }>('SELECT count(*) AS count FROM payment')?.count ?? 0;
  const sampled = db.all<{ paymentId: string; voucher: string }>(
    'SELECT paymentId, voucher FROM payment ORDER BY paymentId LIMIT ?',
    SAMPLES,
  );
  const asOf = { position: Number.MAX_SAFE_INTEGER, day: NO_DAY_LIMIT };
  const traces: number[] = [];
  const searches: number[] = [];
  const usedBefore = ownCpuUs();
  for (const { paymentId, voucher } of sampled) {
    let start = performance.now();
    const back = await trace(
      store,
      db,
      { kind: 'payment', paymentId },
      {
        direction: 'backward',
        asOf,
      },
    );
    const allocationId = back.chains[0]?.allocationId ?? '';
    const forth = await trace(
      store,
      db,
      { kind: 'allocation', allocationId },
      {
        direction: 'forward',
        asOf,
      },
    );
    traces.push(performance.now() - start);
    const isThere = forth.chains[0]?.hops.some((hop) => hop.paymentId === paymentId) ?? false;
    if (!isThere) throw new Error(`Payment ${paymentId} is not on the way back.`);
    start = performance.now();
    await search({ db, store }, voucher);
    searches.push(performance.now() - start);
  }
  return {
    payments,
    medianMs: percentile(traces, 0.5),
    worstMs: Math.max(...traces),
    searchMs: percentile(searches, 0.5),
    cpuUs: (ownCpuUs() - usedBefore) / sampled.length,
  };
};
