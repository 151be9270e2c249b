import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.ts';

/**
 * A bar on a terminal's standard error; silent where no terminal shows it. With a word for the time
 * that remains it shows that too.
 */
export const progressBar = ({ stderr }: Terminal, label: string, left?: string) => {
  const remaining = left === undefined ? '' : ` ${left} {eta_formatted}`;
  const bar = new SingleBar(
    {
      format: `${label} {bar} {value}/{total}${remaining}`,
      stream: stderr,
      hideCursor: true,
      etaBuffer: 1_000,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update: (done: number, of: number): void => {
      if (stderr.isTTY !== true) return;
      if (!started) bar.start(of, done);
      started = true;
      bar.setTotal(of);
      bar.update(done);
    },
    stop: (): void => {
      if (started) bar.stop();
    },
  };
};
