import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Ledger } from '#wiring/ledger';

export interface Metrics {
  readonly timed: <Result extends { readonly kind: string }>(
    verb: string,
    work: () => Promise<Result>,
  ) => Promise<Result>;
  readonly streams: { inc(): void; dec(): void };
  readonly text: () => Promise<string>;
}

/** What an operator watches: commands by verb and outcome, how long they take, how far views lag. */
export const createMetrics = (ledger: Ledger): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const commands = new Counter({
    name: 'mingzhang_commands_total',
    help: 'Commands by verb and outcome.',
    labelNames: ['verb', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'mingzhang_command_seconds',
    help: 'Time from command to answer.',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2],
    registers,
  });
  const streams = new Gauge({
    name: 'mingzhang_event_streams',
    help: 'Open live streams.',
    registers,
  });
  new Gauge({
    name: 'mingzhang_view_lag_events',
    help: 'Positions between the newest event and what each view holds.',
    labelNames: ['view'],
    registers,
    async collect() {
      const head = Number((await ledger.log.head()) ?? 0n);
      for (const { name, position } of ledger.views.status())
        this.set({ view: name }, head - position);
    },
  });
  new Gauge({
    name: 'mingzhang_log_lag_ms',
    help: 'Milliseconds since this node was known to hold everything that was written anywhere.',
    registers,
    collect() {
      this.set(ledger.replicationLag().lagMs);
    },
  });
  return {
    streams,
    text: () => registry.metrics(),
    timed: async (verb, work) => {
      const stop = seconds.startTimer();
      const result = await work();
      stop();
      commands.inc({ verb, outcome: result.kind });
      return result;
    },
  };
};
